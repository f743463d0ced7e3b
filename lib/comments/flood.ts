import { db, type Tx } from '../db/client';
import { Prisma } from '../db/generated/client';
import { isModerator } from '../identity/rules';
import type { Person } from '../identity/schema';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** Within so many minutes are strangers' comments counted. */
export const FLOOD_MINUTES = 10;
/** From so many on the whole blog on it is a flood, unless as many are usual here. */
export const FLOOD_COMMENTS = 30;
/** From so many times the usual number on. */
export const FLOOD_TIMES_USUAL = 10;
/** From so many under one post on. */
export const POST_FLOOD_COMMENTS = 20;
/** More are not counted for every comment that comes: it is a flood by then. */
const COUNTED_MAX = 5_000;

export type Flood = { comments: number; minutes: number };

// Whom no check of screening knew: strangers. An imported comment has no rule.
const BY_STRANGERS = Prisma.sql`c.kind = 'comment' AND c."editsId" IS NULL AND c.rule IS NOT NULL AND c.rule NOT IN ('staff', 'trusted', 'known-writer', 'reported')`;

const since = (now: Date): Date => new Date(now.getTime() - FLOOD_MINUTES * MINUTE_MS);

// What was usual before a full hour is the same for every process that asks within it, so each keeps it for the hour.
let usual: { before: number; comments: number } | undefined;

/** How many comments by strangers came in ten minutes on average, in the seven days before this hour; what became spam does not count. */
async function usualComments(tx: Tx, now: Date): Promise<number> {
  const before = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  if (usual?.before !== before) {
    const [row] = await tx.$queryRaw<{ comments: number }[]>`
      SELECT count(*)::int AS comments FROM "Comment" c
      WHERE c."createdAt" >= ${new Date(before - WEEK_MS).toISOString()}::timestamptz AND c."createdAt" < ${new Date(before).toISOString()}::timestamptz AND c.status NOT IN ('spam', 'trash') AND ${BY_STRANGERS}`;
    usual = { before, comments: ((row?.comments ?? 0) * FLOOD_MINUTES * MINUTE_MS) / WEEK_MS };
  }
  return usual.comments;
}

/** The flood that is on as a comment comes to this post: of the whole blog, else of the post. Null: none. A step of a command. */
export async function findFlood(tx: Tx, postId: string, now: Date): Promise<Flood | null> {
  const [row] = await tx.$queryRaw<{ all: number; here: number }[]>`
    SELECT count(*)::int AS "all", (count(*) FILTER (WHERE "postId" = ${postId}::uuid))::int AS here FROM (
      SELECT c."postId" FROM "Comment" c WHERE c."createdAt" > ${since(now).toISOString()}::timestamptz AND ${BY_STRANGERS} ORDER BY c."createdAt" DESC LIMIT ${COUNTED_MAX}
    ) latest`;
  const { all, here } = row!;
  if (await isFlood(tx, all, now)) return { comments: all, minutes: FLOOD_MINUTES };
  return here >= POST_FLOOD_COMMENTS ? { comments: here, minutes: FLOOD_MINUTES } : null;
}

const isFlood = async (tx: Tx, comments: number, now: Date): Promise<boolean> =>
  comments >= FLOOD_COMMENTS && comments >= FLOOD_TIMES_USUAL * (await usualComments(tx, now));

/** A flood as the desk names it: from how many places on the network it comes. */
export type NamedFlood = Flood & { places: number };

/** The flood that is on under the posts whose comments this person decides on, or null. Ends by itself as it is over. */
export async function findFloodForDesk(viewer: Person, now: Date): Promise<NamedFlood | null> {
  const isWhole = isModerator(viewer);
  const [row] = await db().$queryRaw<{ comments: number; places: number; most: number }[]>`
    WITH latest AS (
      SELECT c."postId", c."ipHash" FROM "Comment" c JOIN "Post" p ON p.id = c."postId"
      WHERE c."createdAt" > ${since(now).toISOString()}::timestamptz AND ${BY_STRANGERS} AND (${isWhole} OR p."authorId" = ${viewer.userId}::uuid)
    ) SELECT count(*)::int AS comments, count(DISTINCT "ipHash")::int AS places,
        coalesce((SELECT max(n) FROM (SELECT count(*) AS n FROM latest GROUP BY "postId") posts), 0)::int AS most FROM latest`;
  const { comments, places, most } = row!;
  const isOn = (isWhole && (await isFlood(db(), comments, now))) || most >= POST_FLOOD_COMMENTS;
  return isOn ? { comments, places, minutes: FLOOD_MINUTES } : null;
}
