import { db } from '../db/client';
import type { Actor } from '../identity/schema';
import { lastDays } from '../site/calendar';
import { mayReadLog } from './log';
import type { LogGroup } from './log-filter';

export const FIGURE_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Of more that wait, those that came first are measured. */
const MEASURED_MAX = 10_000;

export type DayFigure = { day: string; at: Date } & Record<LogGroup, number>;

export type LogFigures = {
  /** What waits now: half of it for longer than `medianMs`. */
  waiting: { medianMs: number; oldestMs: number; oldest: string } | null;
  /** What people decided on first within FIGURE_DAYS, from coming to that decision. */
  decided: { count: number; medianMs: number; longestMs: number } | null;
  /** Decisions by people on each of the last FIGURE_DAYS days of the blog's calendar, today the last. */
  days: DayFigure[];
};

/** The figures of the log, for moderators and owners; null for anybody else. */
export async function findLogFigures(viewer: Actor, timeZone: string, now: Date): Promise<LogFigures | null> {
  if (!mayReadLog(viewer)) return null;
  const [waiting, decided, days] = await Promise.all([measureWaiting(now), measureDecided(now), countDays(timeZone, now)]);
  return { waiting, decided, days };
}

/** Since when each waits: it came, or came back, to Pending. */
async function measureWaiting(now: Date): Promise<LogFigures['waiting']> {
  const [row] = await db().$queryRaw<{ median: number | null; oldestAt: Date | null; oldest: string | null }[]>`
    SELECT (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM w.since)))::float8 AS median, min(w.since) AS "oldestAt", (array_agg(w."publicId" ORDER BY w.since))[1] AS oldest
    FROM (
      SELECT c."publicId", coalesce((
        SELECT e."createdAt" FROM "ModerationEvent" e
        WHERE e."commentId" = c."id" AND e."toStatus" = 'pending' AND e."fromStatus" IS DISTINCT FROM 'pending' ORDER BY e."createdAt" DESC, e."id" DESC LIMIT 1
      ), c."createdAt") AS since
      FROM "Comment" c WHERE c."status" = 'pending' ORDER BY c."createdAt", c."id" LIMIT ${MEASURED_MAX}
    ) w`;
  if (!row || row.median === null || !row.oldestAt || row.oldest === null) return null;
  const since = (ms: number) => Math.max(0, now.getTime() - ms);
  return { medianMs: since(row.median * 1000), oldestMs: since(row.oldestAt.getTime()), oldest: row.oldest };
}

/** From coming to the first decision of a person, of what was held when it came. Reads the events of those days alone, by an index. */
async function measureDecided(now: Date): Promise<LogFigures['decided']> {
  const since = new Date(now.getTime() - FIGURE_DAYS * DAY_MS).toISOString();
  const [row] = await db().$queryRaw<{ count: number; median: number | null; longest: number | null }[]>`
    SELECT count(*)::int AS count, (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d.at - s."createdAt")))::float8 AS median,
      max(extract(epoch FROM d.at - s."createdAt"))::float8 AS longest
    FROM (
      SELECT e."commentId", min(e."createdAt") AS at FROM "ModerationEvent" e
      WHERE e."createdAt" >= ${since}::timestamptz AND e."actorId" IS NOT NULL AND e."decision" <> 'undo' AND e."fromStatus" = 'pending' AND e."toStatus" <> 'pending' GROUP BY e."commentId"
    ) d JOIN "ModerationEvent" s ON s."commentId" = d."commentId" AND s."decision" = 'submit' AND s."toStatus" = 'pending'
    WHERE NOT EXISTS (
      SELECT FROM "ModerationEvent" b WHERE b."commentId" = d."commentId" AND b."createdAt" < ${since}::timestamptz
        AND b."actorId" IS NOT NULL AND b."decision" <> 'undo' AND b."fromStatus" = 'pending' AND b."toStatus" <> 'pending'
    )`;
  if (!row || row.median === null || row.longest === null) return null;
  return { count: row.count, medianMs: row.median * 1000, longestMs: row.longest * 1000 };
}

async function countDays(timeZone: string, now: Date): Promise<DayFigure[]> {
  const { days, end } = lastDays(FIGURE_DAYS, timeZone, now);
  const edges = [...days.map(({ at }) => at), end].map((at) => at.toISOString());
  const rows = await db().$queryRaw<({ bucket: number } & Record<LogGroup, number>)[]>`
    SELECT width_bucket(e."createdAt", ${edges}::timestamptz[]) AS bucket,
      (count(*) FILTER (WHERE e."decision" = 'approve'))::int AS published,
      (count(*) FILTER (WHERE e."decision" IN ('spam', 'trash', 'decline', 'delete')))::int AS refused,
      (count(*) FILTER (WHERE e."decision" NOT IN ('approve', 'spam', 'trash', 'decline', 'delete')))::int AS other
    FROM "ModerationEvent" e WHERE e."createdAt" >= ${edges[0]}::timestamptz AND e."createdAt" < ${edges.at(-1)}::timestamptz AND e."actorId" IS NOT NULL GROUP BY 1`;
  return days.map(({ day, at }, index) => {
    const { published = 0, refused = 0, other = 0 } = rows.find(({ bucket }) => bucket === index + 1) ?? {};
    return { day, at, published, refused, other };
  });
}
