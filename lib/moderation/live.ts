import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { isModerator, mayModerate } from '../identity/rules';
import type { Person } from '../identity/schema';
import { OVERLAP_MS, type DeskNews, type LiveEvent, type LiveStart } from './live-queue';
import { countQueues } from './queries';
import type { CommentStatus, Decision } from './schema';

/** The channel of NOTIFY on which a trigger tells of every event: ids with commas between, or `many`. */
export const DESK_CHANNEL = 'soapbox_desk';

/** More than this is not told event by event. */
const TOLD_MAX = 200;
/** Nor is what happened longer ago than this. */
const TOLD_HOURS = 24;

/** An event with what decides about who may see it. */
export type DeskEvent = {
  id: string; at: Date; comment: string; postAuthorId: string; decision: Decision; from: CommentStatus | null; to: CommentStatus; byId: string | null; byName: string | null; isEdit: boolean;
};

const eventSelect = {
  id: true, createdAt: true, decision: true, fromStatus: true, toStatus: true, toRevision: true, actorId: true,
  actor: { select: { name: true } },
  comment: { select: { publicId: true, post: { select: { authorId: true } } } },
} as const satisfies Prisma.ModerationEventSelect;

type EventRow = Prisma.ModerationEventGetPayload<{ select: typeof eventSelect }>;

function eventOf({ id, createdAt, decision, fromStatus, toStatus, toRevision, actorId, actor, comment }: EventRow): DeskEvent {
  // Who wrote or reported a comment is not told here, whatever an event says.
  const isOfDesk = decision !== 'submit' && decision !== 'report' && decision !== 'withdraw';
  return {
    id, at: createdAt, comment: comment.publicId, postAuthorId: comment.post.authorId, decision, from: fromStatus, to: toStatus,
    byId: isOfDesk ? actorId : null, byName: isOfDesk ? (actor?.name ?? null) : null, isEdit: toRevision !== null,
  };
}

/** These events, for a process that tells many people of them. Who may see which: `seenBy`. */
export async function readDeskEvents(ids: readonly string[]): Promise<DeskEvent[]> {
  const rows = await db().moderationEvent.findMany({ where: { id: { in: [...ids] } }, select: eventSelect, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return rows.map(eventOf);
}

/** What this person is told of these events: of those on comments that are theirs to decide on, without who anybody is but by name. */
export function seenBy(viewer: Person, events: readonly DeskEvent[]): LiveEvent[] {
  return events
    .filter(({ postAuthorId }) => mayModerate(viewer, postAuthorId))
    .map(({ id, at, comment, decision, from, to, byId, byName, isEdit }) => ({ id, at: at.getTime(), comment, decision, from, to, by: byName, isOwn: byId === viewer.userId, isEdit }));
}

const visibleTo = (viewer: Person): Prisma.ModerationEventWhereInput => (isModerator(viewer) ? {} : { comment: { post: { authorId: viewer.userId } } });
const since = (at: number): Prisma.ModerationEventWhereInput => ({ createdAt: { gte: new Date(at - OVERLAP_MS) } });

/** What this person may know of what has happened since a moment, a little before it included, and the counts as they are. */
export async function findNews(viewer: Person, at: number | null, now: Date): Promise<DeskNews> {
  const isLongAgo = at !== null && now.getTime() - at > TOLD_HOURS * 60 * 60 * 1000;
  const [rows, counts] = await Promise.all([
    at === null || isLongAgo
      ? []
      : db().moderationEvent.findMany({ where: { AND: [visibleTo(viewer), since(at)] }, select: eventSelect, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: TOLD_MAX + 1 }),
    countQueues(viewer),
  ]);
  const isMany = isLongAgo || rows.length > TOLD_MAX;
  return { at: now.getTime(), events: isMany ? [] : seenBy(viewer, rows.map(eventOf)), counts, isMany };
}

/** The present moment for this person, to be taken before a list is read: what happens later is news to that list. */
export async function findLiveStart(viewer: Person, now: Date): Promise<LiveStart> {
  const latest = await db().moderationEvent.findMany({
    where: { AND: [visibleTo(viewer), since(now.getTime())] }, select: { id: true }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: TOLD_MAX,
  });
  return { at: now.getTime(), whose: viewer.userId, known: latest.map(({ id }) => id) };
}
