import { createStore, delMany, entries, set, type UseStore } from 'idb-keyval';
import { keptCopySchema, type KeptCopy } from '@/lib/posts/editor-wire';

const DAY_MS = 24 * 60 * 60 * 1000;
/** After so long nobody comes back for it. */
const COPY_DAYS = 180;

let made: UseStore | undefined;
const store = (): UseStore => (made ??= createStore('soapbox-desk', 'kept-texts'));

const keyOf = (person: string, { post, tab }: Pick<KeptCopy, 'post' | 'tab'>): string => `${person} ${post} ${tab}`;

/** Keeps a copy in this browser, for this person alone, in place of what the same window kept of the same post. Rejects where a browser keeps nothing. */
export async function keepCopy(person: string, copy: KeptCopy): Promise<void> {
  await set(keyOf(person, copy), copy, store());
}

/** Throws copies away. Rejects where a browser keeps nothing. */
export async function dropCopies(person: string, copies: Pick<KeptCopy, 'post' | 'tab'>[]): Promise<void> {
  await delMany(copies.map((copy) => keyOf(person, copy)), store());
}

/** What this browser keeps for a person, the latest first. What it cannot read, or nobody has come for, is thrown away. Rejects where a browser keeps nothing. */
export async function listCopies(person: string, now: Date): Promise<KeptCopy[]> {
  const theirs = (await entries<IDBValidKey, unknown>(store())).filter(([key]) => typeof key === 'string' && key.startsWith(`${person} `));
  const read = theirs.map(([key, value]) => ({ key, copy: keptCopySchema.safeParse(value) }));
  const isOver = (at: string) => now.getTime() - Date.parse(at) > COPY_DAYS * DAY_MS;
  const useless = read.filter(({ copy }) => !copy.success || isOver(copy.data.at)).map(({ key }) => key);
  if (useless.length > 0) await delMany(useless, store());
  return read.flatMap(({ copy }) => (copy.success && !isOver(copy.data.at) ? [copy.data] : [])).sort((one, other) => other.at.localeCompare(one.at));
}
