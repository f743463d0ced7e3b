import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { hasPosts, isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import type { RepliesFilter } from './reply-desk';

/**
 * FROM and WHERE of the comments `c` under posts `p` that wait for an answer of whoever looks: published, not theirs nor the
 * post's author's, answered directly by neither where readers see it, and not marked as needing none. Of posts that readers
 * can get to.
 */
export function unanswered(viewer: Person, { posts, old }: Pick<RepliesFilter, 'posts' | 'old'>): Prisma.Sql {
  const me = Prisma.sql`${viewer.userId}::uuid`;
  const isOwners = isOwner(viewer);
  // As everywhere, what somebody wrote who has not claimed their name is the owner's.
  const mine = isOwners ? Prisma.sql`(p."authorId" = ${me} OR EXISTS (SELECT FROM "User" u WHERE u."id" = p."authorId" AND u."emailVerified" IS NULL))` : Prisma.sql`p."authorId" = ${me}`;
  const isAnsweredBy = (userId: Prisma.Sql) => Prisma.sql`EXISTS (SELECT FROM "Comment" r WHERE r."parentId" = c."id" AND r."status" = 'approved' AND r."parentId" IS NOT NULL AND r."userId" = ${userId})`;
  // The words of the indexes Comment_unanswered_idx and Comment_answers_idx.
  return Prisma.sql`FROM "Post" p JOIN "Comment" c ON c."postId" = p."id"
    WHERE p."kind" = 'post' AND p."status" IN ('published', 'unlisted', 'password') AND ${isOwners && posts === 'all' ? Prisma.sql`true` : mine}
      AND c."status" = 'approved' AND c."kind" = 'comment' AND NOT c."needsNoReply" AND ${old ? Prisma.sql`true` : Prisma.sql`c."rule" IS NOT NULL`}
      AND c."userId" IS DISTINCT FROM ${me} AND NOT ${isAnsweredBy(me)}
      AND ${isOwners ? Prisma.sql`c."userId" IS DISTINCT FROM p."authorId" AND NOT ${isAnsweredBy(Prisma.sql`p."authorId"`)}` : Prisma.sql`true`}`;
}

/** How many comments under a person's own posts wait for their answer, without what came here by an import. Null for who has no posts. */
export async function countUnanswered(viewer: Person): Promise<number | null> {
  if (!hasPosts(viewer)) return null;
  const [row] = await db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count ${unanswered(viewer, { posts: 'mine', old: false })}`;
  return row?.count ?? 0;
}
