import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { hasPosts, isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';

/** From the first day of the blog's calendar to the last, both included, as `2026-12-05`. */
export type Days = { first: string; last: string };

/** Of which posts a person sees how often they are read: an owner of all, an author of their own. */
const theirs = (viewer: Person): Prisma.Sql => (isOwner(viewer) ? Prisma.sql`true` : Prisma.sql`p."authorId" = ${viewer.userId}::uuid`);

/** How many readers the posts had on each day; a day without any is left out. Who has no posts sees none. */
export async function listReadDays(viewer: Person, { first, last }: Days): Promise<{ day: string; count: number }[]> {
  if (!hasPosts(viewer)) return [];
  return db().$queryRaw<{ day: string; count: number }[]>`
    SELECT r."day"::text AS day, sum(r."count")::int AS count FROM "ReadCount" r JOIN "Post" p ON p."id" = r."postId"
    WHERE r."day" BETWEEN ${first}::date AND ${last}::date AND ${theirs(viewer)} GROUP BY r."day" ORDER BY r."day"`;
}

export type PostReads = { id: string; slug: string; title: string; count: number };

/** The posts with most readers in these days, most first, of those that readers can get to. Who has no posts sees none. */
export async function listMostRead(viewer: Person, { first, last }: Days, max: number): Promise<PostReads[]> {
  if (!hasPosts(viewer)) return [];
  return db().$queryRaw<PostReads[]>`
    SELECT p."id", p."slug", p."title", r.count FROM (
      SELECT r."postId", sum(r."count")::int AS count FROM "ReadCount" r WHERE r."day" BETWEEN ${first}::date AND ${last}::date GROUP BY r."postId"
    ) r JOIN "Post" p ON p."id" = r."postId"
    WHERE p."status" IN ('published', 'unlisted', 'password') AND ${theirs(viewer)} ORDER BY r.count DESC, p."publishedAt" DESC NULLS LAST, p."id" LIMIT ${max}`;
}
