import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { isModerator } from '../identity/rules';
import type { Person } from '../identity/schema';

/**
 * How many of the published comments came between each of these moments and the next, the last of them ending it: of those
 * that this person sees at the desk.
 */
export async function countByDay(viewer: Person, edges: Date[]): Promise<number[]> {
  const [from, to] = [edges[0], edges.at(-1)];
  if (!from || !to) return [];
  const theirs = isModerator(viewer) ? Prisma.sql`true` : Prisma.sql`c."postId" IN (SELECT p."id" FROM "Post" p WHERE p."authorId" = ${viewer.userId}::uuid)`;
  const rows = await db().$queryRaw<{ bucket: number; count: number }[]>`
    SELECT width_bucket(c."createdAt", ${edges.map((at) => at.toISOString())}::timestamptz[]) AS bucket, count(*)::int AS count FROM "Comment" c
    WHERE c."status" = 'approved' AND c."kind" = 'comment' AND c."createdAt" >= ${from.toISOString()}::timestamptz AND c."createdAt" < ${to.toISOString()}::timestamptz AND ${theirs} GROUP BY 1`;
  const counts = new Map(rows.map(({ bucket, count }) => [bucket, count]));
  return edges.slice(0, -1).map((_, index) => counts.get(index + 1) ?? 0);
}
