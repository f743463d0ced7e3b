import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { cardView, publicAt, toCard } from './queries';
import type { PostListView } from './lists';

/** Longer words are cut: nobody types more. */
export const SEARCH_MAX_CHARACTERS = 200;

// Words that stand everywhere, in quotes, make PostgreSQL read many posts whole.
const TIMEOUT_MS = 3_000;
const TIMED_OUT = '57014';

const hasTimedOut = (error: unknown): boolean => error instanceof Error && `${error.message} ${JSON.stringify(error)}`.includes(TIMED_OUT);

/** As in its index (migration search_posts), letter by letter. */
const WORDS_OF_POST = Prisma.sql`to_tsvector('simple', fold_letters("left"("title" || ' ' || "html", 80000)))`;

/**
 * One page of the public posts that say these words, newest first: as in a search engine, `"in this order"`, `-without`,
 * `or` (PostgreSQL, websearch_to_tsquery); letters are the same large or small, with accents or without. Null beyond the
 * last page; 'too-many' where it would take too long. Its answer is everybody's own and not to be kept.
 */
export async function searchPosts(words: string, page: number, perPage: number, now: Date): Promise<PostListView | 'too-many' | null> {
  const asked = words.replaceAll('\0', '').toWellFormed().slice(0, SEARCH_MAX_CHARACTERS);
  // Found first, whatever the order: going through all posts by date would read each whole.
  const found = Prisma.sql`
    WITH found AS MATERIALIZED (
      SELECT id, "publishedAt" FROM "Post" WHERE ${WORDS_OF_POST} @@ websearch_to_tsquery('simple', fold_letters(${asked})) AND kind = 'post' AND status = 'published' AND "publishedAt" <= ${now}
    ) SELECT id FROM found ORDER BY "publishedAt" DESC, id DESC LIMIT ${perPage + 1} OFFSET ${(page - 1) * perPage}`;
  try {
    const [, ids] = await db().$transaction([db().$executeRawUnsafe(`SET LOCAL statement_timeout = ${TIMEOUT_MS}`), db().$queryRaw<{ id: string }[]>(found)]);
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
