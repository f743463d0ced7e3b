import type pg from 'pg';
import { newId } from '../../lib/ids';
import { slugOf } from '../../lib/text/slug';
import { chance, commonWords } from './words';

/** How many posts the two blogs that are searched have. */
export const FEW = 1_000;
export const MANY = 100_000;

// As many words as people use in a hundred thousand texts; most of them stand in one or two.
const VOCABULARY = 200_000;
const WORDS_MIN = 100;
const WORDS_MAX = 500;
const TITLE_WORDS = 5;
const TAGS = 200;
const BATCH = 1_000;
const NEWEST = Date.UTC(2025, 11, 1);
const APART_MS = 2 * 3_600_000;
// Enough of them that made words are no more like one another than real ones are: that is what a misspelt one is looked for by.
const SYLLABLES = [...'bcdfghjklmnprstvwz'].flatMap((consonant) => [...'aeiou'].map((vowel) => consonant + vowel));

/** The words by how often they are used: those of the sample blog, then made ones. */
const VOCABULARY_WORDS = [...commonWords, ...Array.from({ length: VOCABULARY - commonWords.length }, (_, n) => madeWord(n))];

function madeWord(number: number): string {
  let word = '';
  for (let rest = number + SYLLABLES.length ** 2; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) word += SYLLABLES[rest % SYLLABLES.length]!;
  return word;
}

/** The word of this rank among all, from 0, the most common. */
export const wordOfRank = (rank: number): string => VOCABULARY_WORDS[rank]!;

/** So many words as often as people use them: the second half as often as the first (Zipf). */
const zipf = (words: number, random: () => number): string =>
  Array.from({ length: words }, () => VOCABULARY_WORDS[Math.floor(VOCABULARY ** random()) - 1]!).join(' ');

/** The post of this number, from 0, the newest: the same in every blog. */
function numbered(number: number, authorId: string) {
  const random = chance(number + 1);
  const title = `${zipf(TITLE_WORDS, random)} ${number}`;
  // One paragraph, as it would be kept: making the HTML anew would take longer than all else.
  const html = `<p>${zipf(WORDS_MIN + Math.floor(random() * (WORDS_MAX - WORDS_MIN)), random)}</p>`;
  const when = new Date(NEWEST - number * APART_MS);
  return { id: newId(), slug: `${slugOf(title).slice(0, 60)}-${number}`, title, source: html, html, excerpt: html.slice(3, 150), status: 'published', publishedAt: when, createdAt: when, updatedAt: when, authorId };
}

/** Fills a blog with so many posts, the newest the same however many there are; their words are not yet in `SearchWord`. */
export const fillPosts = (count: number) => async (sql: pg.Pool): Promise<void> => {
  const authorId = newId();
  await sql.query(`INSERT INTO "Site" (id, title, tagline) VALUES (1, 'Small Hours', '')`);
  await sql.query(`INSERT INTO "User" (id, name, slug, email, role, standing, about, "createdAt", "updatedAt") VALUES ($1, 'Marlene', 'marlene', 'owner@example.com', 'owner', 'normal', '', now(), now())`, [authorId]);
  await sql.query(`INSERT INTO "Tag" (id, slug, name) SELECT gen_random_uuid(), 'tag-' || n, 'tag ' || n FROM generate_series(1, $1::int) n`, [TAGS]);
  const { rows: indexes } = await sql.query<{ name: string; definition: string }>(`SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = 'Post' AND indexdef LIKE '%USING gin%'`);
  for (const { name } of indexes) await sql.query(`DROP INDEX "${name}"`);
  for (let at = count; at > 0; at -= BATCH) {
    // The oldest first, as they were written.
    const posts = Array.from({ length: Math.min(BATCH, at) }, (_, index) => numbered(at - 1 - index, authorId));
    const columns = Object.keys(posts[0]!).map((name) => `"${name}"`).join(', ');
    await sql.query(`INSERT INTO "Post" (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::"Post", $1::json)`, [JSON.stringify(posts)]);
  }
  for (const { definition } of indexes) await sql.query(definition);
  await sql.query(`INSERT INTO "PostTag" ("postId", "tagId") SELECT p.id, t.id FROM "Post" p, LATERAL (SELECT id FROM "Tag" ORDER BY md5(p.id::text || id::text) LIMIT 2) t`);
};
