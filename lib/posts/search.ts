import pLimit from 'p-limit';
import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { cardView, publicAt, toCard } from './queries';
import type { PostListView } from './lists';

/** Longer words are cut: nobody types more. */
export const SEARCH_MAX_CHARACTERS = 200;

// Words that stand everywhere, in quotes, make PostgreSQL read many posts whole.
const TIMEOUT_MS = 3_000;
const TIMED_OUT = '57014';
// So many at once, that searches leave most of the connections to everybody else; more wait a little.
const AT_ONCE = 2;
const PATIENCE_MS = 1_000;
const inTurn = pLimit(AT_ONCE);

/** Whether a search was given up by the time that it may take. */
export const hasTimedOut = (error: unknown): boolean => error instanceof Error && `${error.message} ${JSON.stringify(error)}`.includes(TIMED_OUT);

/** As in its index (migration search_posts), letter by letter. */
const WORDS_OF_POST = Prisma.sql`to_tsvector('simple', fold_letters("left"("title" || ' ' || "html", 80000)))`;

const meant = (asked: string) => Prisma.sql`websearch_to_tsquery('simple', fold_letters(${asked}))`;

/** The ids of posts and pages of every state that say all of these words. */
export const saying = (asked: string) => Prisma.sql`SELECT id FROM "Post" WHERE ${WORDS_OF_POST} @@ plainto_tsquery('simple', fold_letters(${asked}))`;

/** For the transaction of a search. The planner takes reading a post for cheap, and would read all of them one by one. */
export const SEARCH_LIMITS = Prisma.sql`SELECT set_config('statement_timeout', ${String(TIMEOUT_MS)}, true), set_config('enable_seqscan', 'off', true)`;

/** The ids of what is found: by its words alone first, since by any other index, of dates, each post would be read whole. */
export const foundBy = (asked: string, now: Date, { offset, limit }: { offset: number; limit: number }) => Prisma.sql`
  WITH saying AS MATERIALIZED (SELECT id, kind, status, "publishedAt" FROM "Post" WHERE ${WORDS_OF_POST} @@ ${meant(asked)})
  SELECT id FROM saying WHERE kind = 'post' AND status = 'published' AND "publishedAt" <= ${now} ORDER BY "publishedAt" DESC, id DESC LIMIT ${limit} OFFSET ${offset}`;

/** Why there is no list: it would take too long, or others are searching; or there is only said what is not to stand there. */
export type NotSearched = 'too-many' | 'no-words';

/**
 * One page of the public posts that say these words, newest first: as in a search engine, `"in this order"`, `-without`,
 * `or` (PostgreSQL, websearch_to_tsquery); letters are the same large or small, with accents or without. Null beyond the
 * last page. Its answer is everybody's own and not to be kept.
 */
export function searchPosts(words: string, page: number, perPage: number, now: Date): Promise<PostListView | NotSearched | null> {
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

async function search(asked: string, page: number, perPage: number, now: Date): Promise<PostListView | NotSearched | null> {
  try {
    // `T`: the index cannot answer it, and every post would be read.
    const [tree] = await db().$queryRaw<{ words: string }[]>(Prisma.sql`SELECT querytree(${meant(asked)}) AS words`);
    if (tree?.words === 'T') return 'no-words';
    const [, ids] = await db().$transaction([db().$queryRaw(SEARCH_LIMITS), db().$queryRaw<{ id: string }[]>(foundBy(asked, now, { offset: (page - 1) * perPage, limit: perPage + 1 }))]);
    if (ids.length === 0 && page > 1) return null;
    const rows = await db().post.findMany({
      where: { id: { in: ids.slice(0, perPage).map(({ id }) => id) }, ...publicAt(now) }, select: cardView, orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    });
    return { posts: rows.map(toCard), page, hasMore: ids.length > perPage };
  } catch (error) {
    if (hasTimedOut(error)) return 'too-many';
    throw error;
  }
}
