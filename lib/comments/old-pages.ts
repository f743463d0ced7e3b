import { db } from '../db/client';
import { findPageOf } from './discussion';

/** So many threads stood on a page of comments, unless a blog chose otherwise; an export does not say. Source: WordPress, `comments_per_page`. */
export const OLD_PAGE_THREADS = 50;

/**
 * The page of a discussion here that holds the first thread of page `oldPage` of the imported blog's, as well as it can
 * be known: its pages were counted from the oldest, mentions among them (get_page_of_comment). 1 where there is none.
 */
export async function findPageOfOldThread(post: { id: string; authorId: string; authorIsClaimed: boolean }, oldPage: number): Promise<number> {
  if (oldPage <= 1) return 1;
  const [first] = await db().$queryRaw<{ id: string; rootId: string }[]>`
    SELECT id, "rootId" FROM (
      SELECT id, "rootId", kind, row_number() OVER (ORDER BY "createdAt", "legacyNumber") AS place FROM "Comment"
      WHERE "postId" = ${post.id}::uuid AND status = 'approved' AND "parentId" IS NULL AND "legacyNumber" IS NOT NULL
    ) AS old
    WHERE place > ${(oldPage - 1) * OLD_PAGE_THREADS} AND kind = 'comment' ORDER BY place LIMIT 1`;
  return first ? findPageOf(post, first) : 1;
}
