import { createStore, delMany, entries, promisifyRequest, set, type UseStore } from 'idb-keyval';
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

type Dropped = Pick<KeptCopy, 'post' | 'tab'> & { at?: string };

/** Throws copies away; where `at` is said not what its window has kept since. Rejects where a browser keeps nothing. */
export async function dropCopies(person: string, copies: Dropped[]): Promise<void> {
  if (copies.length === 0) return;
  await store()('readwrite', (texts) => {
    for (const copy of copies) {
      const key = keyOf(person, copy);
      const asked: IDBRequest<unknown> = texts.get(key);
      asked.onsuccess = () => {
        if (copy.at === undefined || atOf(asked.result) === copy.at) texts.delete(key);
      };
    }
    return promisifyRequest(texts.transaction);
  });
}

const atOf = (value: unknown): string | null => (typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'string' ? value.at : null);

/** Whether nobody comes for it any more. What this version cannot read stays as long, for one that can. */
function isOver(value: unknown, now: Date): boolean {
  const at = Date.parse(atOf(value) ?? '');
  return Number.isNaN(at) || now.getTime() - at > COPY_DAYS * DAY_MS;
}

/** What this browser keeps for a person, the latest first. What nobody has come for is thrown away, whosever it was. Rejects where a browser keeps nothing. */
export async function listCopies(person: string, now: Date): Promise<KeptCopy[]> {
  const kept = await entries<IDBValidKey, unknown>(store());
  const over = kept.filter(([, value]) => isOver(value, now)).map(([key]) => key);
  if (over.length > 0) await delMany(over, store());
  const theirs = kept.filter(([key]) => typeof key === 'string' && key.startsWith(`${person} `) && !over.includes(key));
  return theirs.flatMap(([, value]) => keptCopySchema.safeParse(value).data ?? []).sort((one, other) => other.at.localeCompare(one.at));
}
