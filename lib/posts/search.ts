import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { storedHtml } from '../text/safe-html';
import { safeText } from '../text/safe-text';
import { cardView, type PostCardView, publicAt, toCard } from './queries';
import { newestThat, searchEras } from './search-eras';
import { findOrCorrect } from './search-words';
import { idsWithin, type NotSearched, searchInTurn, wordsThatMean } from './searching';
import { type Part, partsOf, snippetOf } from '../text/snippets';

/** Of what is found so many are ranked, the newest: a word that stands everywhere must not cost more the more posts there are. */
export const RANKED_MAX = 200;
/** Besides so many that say it in their title, however old. */
const TITLED_MAX = 50;
/** With a phrase so many are compared, the newest that say all of its words: an index knows no places, and each text must be read. */
export const COMPARED_MAX = 1_000;
/** How far into a text what is shown of it is looked for. */
const SNIPPET_FROM_CHARACTERS = 60_000;

/** The ids of posts and pages of every state that say all of these words. */
export const saying = (asked: string) => Prisma.sql`SELECT id FROM "Post" WHERE "searchWords" @@ plainto_tsquery(search_config(), fold_letters(${asked}))`;

/** The ids of what is found, the best first. `query`: a tsquery. `compared`: with a phrase, the newest that say its words, or all. */
export const foundBy = (query: string, now: Date, { offset, limit }: { offset: number; limit: number }, compared: 'newest' | 'all' = 'newest') => Prisma.sql`
  WITH ${searchEras(now)}, ${compared === 'newest' && PHRASE.test(query) ? newestThatSayInOrder(query, now) : newestThat('saying', 'words', asQuery(query), RANKED_MAX, now)}, ${newestThat('titled', 'title', asQuery(query), TITLED_MAX, now)},
    best AS MATERIALIZED (SELECT id FROM saying UNION SELECT id FROM titled)
  SELECT p.id FROM "Post" p JOIN best ON best.id = p.id
  ORDER BY ts_rank(p."searchWords", ${query}::tsquery, 1) DESC, p."publishedAt" DESC, p.id DESC LIMIT ${limit} OFFSET ${offset}`;

const PHRASE = /<(?:-|\d+)>/;

// querytree: what an index can be asked, without what is not to stand there.
const newestThatSayInOrder = (query: string, now: Date) => Prisma.sql`
  ${newestThat('wording', 'words', Prisma.sql`(SELECT regexp_replace(querytree(${query}::tsquery), '<(-|\\d+)>', '&', 'g')::tsquery)`, COMPARED_MAX, now)},
  saying AS MATERIALIZED (
    SELECT p.id FROM wording JOIN "Post" p ON p.id = wording.id WHERE p."searchWords" @@ ${query}::tsquery ORDER BY wording."publishedAt" DESC, wording.id DESC LIMIT ${RANKED_MAX}
  )`;

const asQuery = (query: string) => Prisma.sql`${query}::tsquery`;

/** A post that was found: its title and what stands around the words in it, in parts, those that were asked for marked. */
export type SearchHit = PostCardView & { titleParts: Part[]; snippet: Part[] };
/** One page of what was found. `corrected`: the words that were looked for in place of those asked, which no post says. */
export type SearchView = { hits: SearchHit[]; page: number; hasMore: boolean; corrected: string | null };

/**
 * One page of the public posts that say these words, in the blog's language (another ending is the same word), the best
 * first: as in a search engine, `"in this order"`, `-without`, `or` (PostgreSQL, websearch_to_tsquery); letters are the same
 * large or small, with accents or without. Where no post says them, misspelt words are taken for the nearest that posts
 * say. Null beyond the last page. Its answer is everybody's own and not to be kept.
 */
export const searchPosts = (words: string, page: number, perPage: number, now: Date): Promise<SearchView | NotSearched | null> =>
  searchInTurn(words, (asked) => search(asked, page, perPage, now));

async function search(asked: string, page: number, perPage: number, now: Date): Promise<SearchView | 'no-words' | null> {
  const place = { offset: (page - 1) * perPage, limit: perPage + 1 };
  const found = await findOrCorrect(asked, 'blog', now, (query) => idsOf(query, now, place));
  if (found === 'no-words') return found;
  const { query, ids, corrected } = found;
  if (ids.length === 0 && page > 1) return null;
  return { hits: await hitsOf(ids.slice(0, perPage), query, now), page, hasMore: ids.length > perPage, corrected };
}

async function idsOf(query: string, now: Date, place: { offset: number; limit: number }): Promise<string[]> {
  const ids = await idsWithin(foundBy(query, now, place));
  // That nothing says a phrase is only said when all were compared.
  return ids.length === 0 && PHRASE.test(query) ? idsWithin(foundBy(query, now, place, 'all')) : ids;
}

async function hitsOf(ids: string[], query: string, now: Date): Promise<SearchHit[]> {
  if (ids.length === 0) return [];
  const rows = await db().post.findMany({ where: { id: { in: ids }, ...publicAt(now) }, select: { ...cardView, html: true } });
  const inOrder = ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  const texts = inOrder.map(({ html }) => safeText(storedHtml(html.slice(0, SNIPPET_FROM_CHARACTERS))));
  const isHit = await wordsThatMean(query, [...texts, ...inOrder.map(({ title }) => title)], 'blog');
  return inOrder.map(({ html: _, ...row }, index) => {
    const card = toCard(row);
    return { ...card, titleParts: partsOf(card.title, isHit), snippet: snippetOf(texts[index]!, isHit) ?? [{ text: card.excerpt, isHit: false }] };
  });
}
