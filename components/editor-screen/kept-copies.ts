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

/** A copy, and whose it is. */
export type OwnedCopy = { person: string; copy: KeptCopy };

const isOver = (at: string, now: Date): boolean => now.getTime() - Date.parse(at) > COPY_DAYS * DAY_MS;

/** What this browser keeps, the latest first, whosever it is. What it cannot read, or nobody has come for, is thrown away. Rejects where a browser keeps nothing. */
export async function listAllCopies(now: Date): Promise<OwnedCopy[]> {
  const read = (await entries<IDBValidKey, unknown>(store())).map(([key, value]) => ({ key, copy: keptCopySchema.safeParse(value) }));
  const useful = read.flatMap(({ key, copy }) => (typeof key === 'string' && copy.success && !isOver(copy.data.at, now) ? [{ key, person: key.slice(0, key.indexOf(' ')), copy: copy.data }] : []));
  const keys = new Set<IDBValidKey>(useful.map(({ key }) => key));
  const useless = read.filter(({ key }) => !keys.has(key)).map(({ key }) => key);
  if (useless.length > 0) await delMany(useless, store());
  return useful.map(({ person, copy }) => ({ person, copy })).sort((one, other) => other.copy.at.localeCompare(one.copy.at));
}

/** The same, of one person alone. */
export async function listCopies(person: string, now: Date): Promise<KeptCopy[]> {
  return (await listAllCopies(now)).filter((one) => one.person === person).map(({ copy }) => copy);
}
