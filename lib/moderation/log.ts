import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { hasDesk, isModerator, isOwner } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { OUT } from '../posts/rules';
import { momentsOf } from '../site/rules';
import { t } from '../words/t';
import { decisionsOf, type LogFilter } from './log-filter';
import { wordlessFor } from './reasons';
import { reasonsSchema, type CommentStatus, type Decision, type Reason } from './schema';

export const LOG_PAGE = 50;
const POSTS_OFFERED = 100;

/** One decision. No text of a comment is in it, no address, and nothing of who uses a name on one post. */
export type LogEntry = {
  id: string;
  at: Date;
  /** Null: the blog itself, or somebody who is gone. */
  who: { id: string; name: string } | null;
  decision: Decision;
  comment: { id: string; name: string; isThere: boolean };
  post: { title: string; slug: string };
  from: CommentStatus | null;
  to: CommentStatus;
  reasons: Reason[];
};

export type LogView = { entries: LogEntry[]; next: string | null; people: { id: string; name: string }[]; posts: { slug: string; title: string }[] };

/** Whether the actor may read the log: it is about everybody's decisions. */
export const mayReadLog = (actor: Actor): boolean => hasDesk(actor) && isModerator(actor);

const moment = (at: Date): Prisma.Sql => Prisma.sql`${at.toISOString()}::timestamptz`;

export type LogCursor = { at: Date; id: string };

function conditionsOf({ who, decision, post, from, to }: LogFilter, timeZone: string): Prisma.Sql[] {
  const decisions = decisionsOf(decision);
  const { first, end } = momentsOf({ from, to }, timeZone);
  return [
    ...(who === null ? [] : [who === 'blog' ? Prisma.sql`e."actorId" IS NULL` : who === 'people' ? Prisma.sql`e."actorId" IS NOT NULL` : Prisma.sql`e."actorId" = ${who}::uuid`]),
    ...(decisions === null ? [] : [Prisma.sql`e."decision"::text = ANY(${[...decisions]}::text[])`]),
    ...(post === null ? [] : [Prisma.sql`p."slug" = ${post}`]),
    ...(first ? [Prisma.sql`e."createdAt" >= ${moment(first)}`] : []),
    ...(end ? [Prisma.sql`e."createdAt" < ${moment(end)}`] : []),
  ];
}

type Row = {
  id: string; at: Date; whoId: string | null; whoName: string | null; decision: Decision; commentId: string; commentName: string; commentStatus: CommentStatus;
  title: string; slug: string; from: CommentStatus | null; to: CommentStatus; reasons: unknown;
};

/**
 * The entries of the log that match a filter, newest first, `take` after `last`; none for anybody but moderators and
 * owners. By an index in that order: a page costs no more in a long log than in a short one.
 */
export async function listEntries(viewer: Actor, filter: LogFilter, timeZone: string, last: LogCursor | null, take: number): Promise<LogEntry[]> {
  if (!mayReadLog(viewer)) return [];
  const conditions = [...conditionsOf(filter, timeZone), ...(last ? [Prisma.sql`(e."createdAt", e."id") < (${moment(last.at)}, ${last.id}::uuid)`] : [])];
  const rows = await db().$queryRaw<Row[]>`
    SELECT e."id", e."createdAt" AS at, u."id" AS "whoId", u."name" AS "whoName", e."decision"::text AS decision, c."publicId" AS "commentId", c."name" AS "commentName",
      c."status"::text AS "commentStatus", p."title", p."slug", e."fromStatus"::text AS "from", e."toStatus"::text AS "to", e."reasons"
    FROM "ModerationEvent" e JOIN "Comment" c ON c."id" = e."commentId" JOIN "Post" p ON p."id" = c."postId" LEFT JOIN "User" u ON u."id" = e."actorId"
    ${conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty}
    ORDER BY e."createdAt" DESC, e."id" DESC LIMIT ${take}`;
  return rows.map(({ whoId, whoName, commentId, commentName, commentStatus, title, slug, reasons, ...rest }) => ({
    ...rest,
    who: whoId === null ? null : { id: whoId, name: whoName ?? t('decisions.log.someone') },
    comment: { id: commentId, name: commentName, isThere: commentStatus !== 'deleted' },
    post: { title, slug },
    reasons: reasonsSchema.catch([]).parse(reasons).map((reason) => wordlessFor(isOwner(viewer), reason)),
  }));
}

/**
 * One page of the log as a filter narrows it, with who and what posts it can be narrowed by. Nothing for anybody but
 * moderators and owners. `after` is the id of the last entry of the page before; an unknown one begins anew.
 */
export async function findLog(viewer: Actor, filter: LogFilter, timeZone: string, after: string | null): Promise<LogView> {
  if (!mayReadLog(viewer)) return { entries: [], next: null, people: [], posts: [] };
  const cursor = after === null ? null : await db().moderationEvent.findUnique({ where: { id: after }, select: { id: true, createdAt: true } });
  const [entries, people, posts] = await Promise.all([
    listEntries(viewer, filter, timeZone, cursor && { at: cursor.createdAt, id: cursor.id }, LOG_PAGE + 1),
    // Whoever decides now, and whom the log is narrowed to.
    db().user.findMany({ where: { OR: [{ role: { not: 'reader' } }, ...(isId(filter.who) ? [{ id: filter.who, decisions: { some: {} } }] : [])] }, select: { id: true, name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    db().post.findMany({ where: { status: { in: [...OUT] } }, select: { slug: true, title: true }, orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }], take: POSTS_OFFERED }),
  ]);
  const shown = entries.slice(0, LOG_PAGE);
  return { entries: shown, next: entries.length > LOG_PAGE ? (shown.at(-1)?.id ?? null) : null, people: people.map(({ id, name }) => ({ id, name: name ?? t('decisions.log.someone') })), posts };
}

const isId = (who: LogFilter['who']): who is string => who !== null && who !== 'people' && who !== 'blog';
