import pLimit from 'p-limit';
import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { storedHtml } from '../text/safe-html';
import { safeText } from '../text/safe-text';
import { cardView, type PostCardView, publicAt, toCard } from './queries';
import { correctedWords } from './search-words';
import { lexemesOf, type Part, partsOf, snippetOf, tokensLike } from './snippets';

/** Longer words are cut: nobody types more. */
export const SEARCH_MAX_CHARACTERS = 200;

// Words that stand everywhere, in quotes, make PostgreSQL read many posts whole.
const TIMEOUT_MS = 3_000;
const TIMED_OUT = '57014';
// So many at once, that searches leave most of the connections to everybody else; more wait a little.
const AT_ONCE = 2;
const PATIENCE_MS = 1_000;
const inTurn = pLimit(AT_ONCE);

/** Of what is found so many are ranked, the newest: a word that stands everywhere must not cost more the more posts there are. */
export const RANKED_MAX = 200;
/** Besides so many that say it in their title, however old. */
const TITLED_MAX = 50;
/** How far into a text what is shown of it is looked for. */
const SNIPPET_FROM_CHARACTERS = 60_000;

/** Whether a search was given up by the time that it may take. */
export const hasTimedOut = (error: unknown): boolean => error instanceof Error && `${error.message} ${JSON.stringify(error)}`.includes(TIMED_OUT);

/** The ids of posts and pages of every state that say all of these words. */
export const saying = (asked: string) => Prisma.sql`SELECT id FROM "Post" WHERE "searchWords" @@ plainto_tsquery(search_config(), fold_letters(${asked}))`;

/** For the transaction of a search. The planner takes reading a post for cheap, and would read all of them one by one. */
export const SEARCH_LIMITS = Prisma.sql`SELECT set_config('statement_timeout', ${String(TIMEOUT_MS)}, true), set_config('enable_seqscan', 'off', true)`;

/** The ids of what is found, the best first: by its words alone to begin with, since by any other index, of dates, each post would be read whole. `query`: a tsquery. */
export const foundBy = (query: string, now: Date, { offset, limit }: { offset: number; limit: number }) => Prisma.sql`
  WITH saying AS MATERIALIZED (SELECT id, kind, status, "publishedAt" FROM "Post" WHERE "searchWords" @@ ${query}::tsquery),
    titled AS MATERIALIZED (SELECT id, kind, status, "publishedAt" FROM "Post" WHERE "searchTitle" @@ ${query}::tsquery),
    best AS MATERIALIZED (
      (SELECT id FROM saying WHERE kind = 'post' AND status = 'published' AND "publishedAt" <= ${now} ORDER BY "publishedAt" DESC, id DESC LIMIT ${RANKED_MAX})
      UNION (SELECT id FROM titled WHERE kind = 'post' AND status = 'published' AND "publishedAt" <= ${now} ORDER BY "publishedAt" DESC, id DESC LIMIT ${TITLED_MAX})
    )
  SELECT p.id FROM "Post" p JOIN best ON best.id = p.id
  ORDER BY ts_rank(p."searchWords", ${query}::tsquery, 1) DESC, p."publishedAt" DESC, p.id DESC LIMIT ${limit} OFFSET ${offset}`;

/** Why there is no list: it would take too long, or others are searching; or there is only said what is not to stand there. */
export type NotSearched = 'too-many' | 'no-words';

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
export function searchPosts(words: string, page: number, perPage: number, now: Date): Promise<SearchView | NotSearched | null> {
  const asked = words.replaceAll('\0', '').toWellFormed().slice(0, SEARCH_MAX_CHARACTERS);
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      resolve('too-many');
    }, PATIENCE_MS);
    inTurn(async () => {
      clearTimeout(timer);
      if (!isLate) resolve(await search(asked, page, perPage, now));
    }).catch(reject);
  });
}

type Meant = { query: string; hasWords: boolean };

/** What is asked, as PostgreSQL understands it. `hasWords`: there is something to look for, not only what is to be missing. */
async function meaningOf(asked: string): Promise<Meant> {
  const [row] = await db().$queryRaw<{ query: string; words: string }[]>`
    SELECT query::text, querytree(query) AS words FROM websearch_to_tsquery(search_config(), fold_letters(${asked})) AS query`;
  // `T`: the index cannot answer it, and every post would be read.
  return { query: row?.query ?? '', hasWords: row?.words !== 'T' };
}

async function search(asked: string, page: number, perPage: number, now: Date): Promise<SearchView | NotSearched | null> {
  try {
    const place = { offset: (page - 1) * perPage, limit: perPage + 1 };
    const first = await find(asked, now, place);
    if (first === 'no-words') return first;
    const nearest = first.ids.length === 0 && page === 1 ? await correctedWords(asked) : null;
    const second = nearest === null ? null : await find(nearest, now, place);
    const isBetter = second !== null && second !== 'no-words' && second.ids.length > 0;
    const found = isBetter ? second : first;
    if (found.ids.length === 0 && page > 1) return null;
    return { hits: await hitsOf(found.ids.slice(0, perPage), found.query, now), page, hasMore: found.ids.length > perPage, corrected: isBetter ? nearest : null };
  } catch (error) {
    if (hasTimedOut(error)) return 'too-many';
    throw error;
  }
}

async function find(asked: string, now: Date, place: { offset: number; limit: number }): Promise<{ query: string; ids: string[] } | 'no-words'> {
  const { query, hasWords } = await meaningOf(asked);
  if (!hasWords) return 'no-words';
  if (query === '') return { query, ids: [] };
  const [, rows] = await db().$transaction([db().$queryRaw(SEARCH_LIMITS), db().$queryRaw<{ id: string }[]>(foundBy(query, now, place))]);
  return { query, ids: rows.map(({ id }) => id) };
}

async function hitsOf(ids: string[], query: string, now: Date): Promise<SearchHit[]> {
  if (ids.length === 0) return [];
  const rows = await db().post.findMany({ where: { id: { in: ids }, ...publicAt(now) }, select: { ...cardView, html: true } });
  const inOrder = ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  const texts = inOrder.map(({ html }) => safeText(storedHtml(html.slice(0, SNIPPET_FROM_CHARACTERS))));
  const isHit = await wordsThatMean(query, [...texts, ...inOrder.map(({ title }) => title)]);
  return inOrder.map(({ html: _, ...row }, index) => {
    const card = toCard(row);
    return { ...card, titleParts: partsOf(card.title, isHit), snippet: snippetOf(texts[index]!, isHit) ?? [{ text: card.excerpt, isHit: false }] };
  });
}

/** Of the words in these texts those that the query means, whatever their endings: PostgreSQL's dictionary says it. */
async function wordsThatMean(query: string, texts: string[]): Promise<(word: string) => boolean> {
  const lexemes = lexemesOf(query);
  const tokens = tokensLike(lexemes, texts);
  if (tokens.length === 0) return () => false;
  const rows = await db().$queryRaw<{ word: string }[]>`
    SELECT word FROM unnest(${tokens}::text[]) AS word WHERE tsvector_to_array(to_tsvector(search_config(), fold_letters(word))) && ${lexemes}::text[]`;
  const meant = new Set(rows.map(({ word }) => word));
  return (word) => meant.has(word.toLowerCase());
}
