import { distance } from 'fastest-levenshtein';
import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { NEAR, out, searchEras } from './search-eras';
import { type Dictionary, meaningOf, searchLimits } from './searching';

/** Of so many posts at once the words are taken into the list. */
const BATCH = 100;
const WORD_MIN_LETTERS = 3;
const WORD_MAX_LETTERS = 40;
/** A short word has one wrong letter, a longer one two: letters that changed places are two. */
const errorsMax = (letters: number): number => (letters <= 4 ? 1 : 2);
const NEAREST = 20;
/** Of so many words of a search the nearest are looked for. */
const CORRECTED_MAX = 8;

/** Takes the words of public posts that are new or changed into the list by which misspelt ones are corrected; false when nothing is left to do. A step that may be done again. */
async function takeWords(): Promise<boolean> {
  const taken = await db().$executeRaw`
    WITH posts AS MATERIALIZED (SELECT id, revision, title, html FROM "Post" WHERE kind = 'post' AND status = 'published' AND "wordsRevision" IS DISTINCT FROM revision LIMIT ${BATCH} FOR UPDATE SKIP LOCKED),
      said AS (
        SELECT DISTINCT word FROM posts, unnest(tsvector_to_array(to_tsvector('simple', fold_letters("left"(title || ' ' || html, 79000))))) AS word
        WHERE length(word) BETWEEN ${WORD_MIN_LETTERS} AND ${WORD_MAX_LETTERS} AND word !~ '[0-9/@.:_]'
      ),
      kept AS (INSERT INTO "SearchWord" (word) SELECT word FROM said ORDER BY word ON CONFLICT DO NOTHING)
    UPDATE "Post" SET "wordsRevision" = posts.revision FROM posts WHERE "Post".id = posts.id`;
  return taken > 0;
}

/** Has posts be searched in the language that the blog has now, so many at once; false when all are. A step that may be done again. */
async function followLanguage(): Promise<boolean> {
  const changed = await db().$executeRaw`
    UPDATE "Post" SET "searchConfig" = search_config() WHERE id IN (SELECT id FROM "Post" WHERE "searchConfig" IS DISTINCT FROM (SELECT search_config()) LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;
  return changed > 0;
}

/** Has everything that is to be found be found by the words and in the language of now. Ends when the process does; the next goes on. */
export async function tendSearch(signal?: AbortSignal): Promise<void> {
  for (const step of [followLanguage, takeWords]) while (!signal?.aborted && (await step()));
}

const WORD = new RegExp(`[\\p{L}\\p{M}]{${WORD_MIN_LETTERS},${WORD_MAX_LETTERS}}`, 'gu');

/**
 * What was asked with each word that no public post says in place of the nearest that public posts do say; null where every
 * word is known, or nothing is near. What was asked keeps its signs. The list itself tells nothing: it has words of posts
 * that were public once, and a correction is shown to everybody.
 */
async function correctedWords(asked: string, now: Date): Promise<string | null> {
  const words = [...new Set(asked.match(WORD))].slice(0, CORRECTED_MAX);
  if (words.length === 0) return null;
  const rows = await db().$queryRaw<{ asked: string; folded: string; word: string }[]>`
    SELECT given.asked, given.folded, near.word
    FROM (SELECT asked, fold_letters(asked) AS folded FROM unnest(${words}::text[]) AS asked) AS given
    CROSS JOIN LATERAL (SELECT word, similarity(word, given.folded) AS likeness FROM "SearchWord" WHERE word % given.folded ORDER BY likeness DESC, word LIMIT ${NEAREST}) AS near`;
  const near = rows.map((row) => ({ ...row, errors: distance(row.folded, row.word) })).filter(({ asked: word, errors }) => errors <= errorsMax(word.length));
  const isSaid = await saidByPublicPosts(near.map(({ word }) => word), now);
  const corrections = new Map<string, string>();
  for (const word of words) {
    const [best] = near.filter((one) => one.asked === word && isSaid.has(one.word)).sort((one, other) => one.errors - other.errors);
    if (best && best.errors > 0) corrections.set(word, best.word);
  }
  return corrections.size === 0 ? null : asked.replace(WORD, (word) => corrections.get(word) ?? word);
}

/** Of these words those that a public post says, or that say nothing by themselves in the blog's language. */
async function saidByPublicPosts(words: string[], now: Date): Promise<Set<string>> {
  if (words.length === 0) return new Set();
  const posts = Prisma.sql`SELECT FROM "Post" WHERE "searchWords" @@ query AND ${out(now)}`;
  const [, rows] = await db().$transaction([
    db().$queryRaw(searchLimits()),
    // Of a common word one of the newest posts suffices; only of one that none of them says all are asked.
    db().$queryRaw<{ word: string }[]>`WITH ${searchEras(now)}
      SELECT DISTINCT word FROM unnest(${words}::text[]) AS word, LATERAL plainto_tsquery(search_config(), word) AS query
      WHERE numnode(query) = 0 OR CASE WHEN EXISTS (${posts} AND ${NEAR}) THEN true ELSE EXISTS (${posts}) END`,
  ]);
  return new Set(rows.map(({ word }) => word));
}

/** What a search found: the tsquery that it came to mean, the ids, and the words that were looked for in place of those asked. */
export type Found = { query: string; ids: string[]; corrected: string | null };

/**
 * Looks for what was asked by `idsOf`, which is given a tsquery, and where that finds nothing, for the nearest words that
 * posts say. On later pages too: the first said what was looked for.
 */
export async function findOrCorrect(asked: string, dictionary: Dictionary, now: Date, idsOf: (query: string) => Promise<string[]>): Promise<Found | 'no-words'> {
  const find = async (words: string, corrected: string | null): Promise<Found | 'no-words'> => {
    const query = await meaningOf(words, dictionary);
    return query === 'no-words' ? query : { query, ids: query === '' ? [] : await idsOf(query), corrected };
  };
  const first = await find(asked, null);
  if (first === 'no-words' || first.ids.length > 0) return first;
  const nearest = await correctedWords(asked, now);
  const second = nearest === null ? 'no-words' : await find(nearest, nearest);
  return second !== 'no-words' && second.ids.length > 0 ? second : first;
}
