import pLimit from 'p-limit';
import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { lexemesOf, tokensLike } from '../text/snippets';

// What all searches of readers share: how long they may take, how many run at once, what the words mean.

/** Longer words are cut: nobody types more. */
export const SEARCH_MAX_CHARACTERS = 200;

// Words that stand everywhere, in quotes, make PostgreSQL read many posts whole.
const TIMEOUT_MS = 3_000;
const TIMED_OUT = '57014';
// So many at once, that searches leave most of the connections to everybody else; more wait a little.
const AT_ONCE = 2;
const PATIENCE_MS = 1_000;
const inTurn = pLimit(AT_ONCE);

/** Why there is no list: it would take too long, or others are searching; or there is only said what is not to stand there. */
export type NotSearched = 'too-many' | 'no-words';

/** By which dictionary words are understood: that of the blog's language, or none, for what is not kept by it. */
export type Dictionary = 'blog' | 'none';
const configOf = (dictionary: Dictionary) => (dictionary === 'blog' ? Prisma.sql`search_config()` : Prisma.sql`'simple'::regconfig`);

/** Whether a search was given up by the time that it may take. */
export const hasTimedOut = (error: unknown): boolean => error instanceof Error && `${error.message} ${JSON.stringify(error)}`.includes(TIMED_OUT);

/** For the transaction of a search. The planner takes reading a post for cheap, and would read all of them one by one. */
export const searchLimits = (timeoutMs = TIMEOUT_MS) => Prisma.sql`SELECT set_config('statement_timeout', ${String(timeoutMs)}, true), set_config('enable_seqscan', 'off', true)`;

/** Searches in its turn, with what was asked as PostgreSQL can take it; `too-many` where the turn or the answer does not come in time. */
export function searchInTurn<T>(words: string, search: (asked: string) => Promise<T>): Promise<T | 'too-many'> {
  const asked = words.replaceAll('\0', '').toWellFormed().slice(0, SEARCH_MAX_CHARACTERS);
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      resolve('too-many');
    }, PATIENCE_MS);
    inTurn(async () => {
      clearTimeout(timer);
      if (isLate) return;
      resolve(await search(asked).catch((error: unknown) => {
        if (hasTimedOut(error)) return 'too-many' as const;
        throw error;
      }));
    }).catch(reject);
  });
}

/** What is asked, as PostgreSQL understands it (websearch_to_tsquery): a tsquery, empty where all words say nothing by themselves. */
export async function meaningOf(asked: string, dictionary: Dictionary): Promise<string | 'no-words'> {
  const [row] = await db().$queryRaw<{ query: string; words: string }[]>(
    Prisma.sql`SELECT query::text, querytree(query) AS words FROM websearch_to_tsquery(${configOf(dictionary)}, fold_letters(${asked})) AS query`);
  // `T`: the index cannot answer it, and everything would be read.
  return row?.words === 'T' ? 'no-words' : (row?.query ?? '');
}

/** The ids that a query gives, within searchLimits. */
export async function idsWithin(query: Prisma.Sql, timeoutMs?: number): Promise<string[]> {
  const [, rows] = await db().$transaction([db().$queryRaw(searchLimits(timeoutMs)), db().$queryRaw<{ id: string }[]>(query)]);
  return rows.map(({ id }) => id);
}

/** Of the words in these texts those that the query means, whatever their endings: PostgreSQL's dictionary says it. */
export async function wordsThatMean(query: string, texts: string[], dictionary: Dictionary): Promise<(word: string) => boolean> {
  const lexemes = lexemesOf(query);
  const tokens = tokensLike(lexemes, texts);
  if (tokens.length === 0) return () => false;
  const rows = await db().$queryRaw<{ word: string }[]>(
    Prisma.sql`SELECT word FROM unnest(${tokens}::text[]) AS word WHERE tsvector_to_array(to_tsvector(${configOf(dictionary)}, fold_letters(word))) && ${lexemes}::text[]`);
  const meant = new Set(rows.map(({ word }) => word));
  return (word) => meant.has(word.toLowerCase());
}
