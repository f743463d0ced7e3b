import { OLD_QUERY_NAMES } from '@/lib/posts/schema';
import type { OldQuery } from '@/lib/posts/legacy-ask';

/** What Next gives a page of the query. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** What an old blog's address asks by its query: of each name the first. `search`: the same as one text, to remember by. */
export async function oldQueryOf(searchParams: SearchParams): Promise<{ query: OldQuery; search: string }> {
  const sent = await searchParams;
  const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
  const pairs = OLD_QUERY_NAMES.flatMap((name) => {
    const value = one(sent[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { query: Object.fromEntries(pairs), search: new URLSearchParams(pairs.map((pair) => [...pair])).toString() };
}
