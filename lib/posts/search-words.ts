import { distance } from 'fastest-levenshtein';
import { db } from '../db/client';

/** Of so many posts at once the words are taken into the list. */
const BATCH = 100;
const WORD_MIN_LETTERS = 3;
const WORD_MAX_LETTERS = 40;
/** A short word has one wrong letter, a longer one two: letters that changed places are two. */
const errorsMax = (letters: number): number => (letters <= 4 ? 1 : 2);
const NEAREST = 20;

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
 * What was asked with each word that no post says in place of the nearest that posts do say; null where every word is
 * known, or nothing is near. What was asked keeps its signs.
 */
export async function correctedWords(asked: string): Promise<string | null> {
  const words = [...new Set(asked.match(WORD))];
  if (words.length === 0) return null;
  const rows = await db().$queryRaw<{ asked: string; folded: string; word: string }[]>`
    SELECT unknown.asked, unknown.folded, near.word
    FROM (SELECT asked, fold_letters(asked) AS folded FROM unnest(${words}::text[]) AS asked) AS unknown
    CROSS JOIN LATERAL (SELECT word, similarity(word, unknown.folded) AS likeness FROM "SearchWord" WHERE word % unknown.folded ORDER BY likeness DESC, word LIMIT ${NEAREST}) AS near
    WHERE NOT EXISTS (SELECT FROM "SearchWord" known WHERE known.word = unknown.folded)`;
  const corrections = new Map<string, string>();
  for (const word of new Set(rows.map((row) => row.asked))) {
    const near = rows.filter((row) => row.asked === word).map((row) => ({ word: row.word, errors: distance(row.folded, row.word) }));
    const best = near.filter(({ errors }) => errors <= errorsMax(word.length)).sort((one, other) => one.errors - other.errors)[0];
    if (best) corrections.set(word, best.word);
  }
  return corrections.size === 0 ? null : asked.replace(WORD, (word) => corrections.get(word) ?? word);
}
