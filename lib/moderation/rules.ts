import { pathWith } from '../query';
import { t } from '../words/t';
import {
  ACTS, COUNTED_MAX, UNDO_DAYS, type Act, type CommentStatus, type DeclineReason, type Decision, type Queue, type QueueFilter, type ReportReason, type Sort, type Writer,
} from './schema';

/** The statuses in which readers see a comment. */
export const VISIBLE_STATUSES: readonly CommentStatus[] = ['approved'];

/** Where a decision leads from each status; what is absent cannot be decided. `before` is the status it had before. */
export const nextStatus: Record<CommentStatus, Partial<Record<Act, CommentStatus | 'before'>>> = {
  pending: { approve: 'approved', spam: 'spam', trash: 'trash' },
  approved: { unapprove: 'pending', spam: 'spam', trash: 'trash' },
  spam: { approve: 'approved', restore: 'before', trash: 'trash', delete: 'deleted' },
  trash: { restore: 'before', spam: 'spam', delete: 'deleted' },
  deleted: {},
};

/** The acts that a comment of this status offers, in the order of its buttons. */
export function actsFor(status: CommentStatus): Act[] {
  return ACTS.filter((act) => nextStatus[status][act] !== undefined);
}

/**
 * The status after an act, or null when the act does not apply.
 * `before` is the status from which the comment came to where it is; what never was anywhere else goes to pending.
 */
export function statusAfter(status: CommentStatus, act: Act, before: CommentStatus | null): CommentStatus | null {
  const next = nextStatus[status][act];
  if (next !== 'before') return next ?? null;
  return before === null || before === status || before === 'deleted' ? 'pending' : before;
}

/** By how much a move changes the number of visible comments: -1, 0 or 1. */
export function visibleDelta(from: CommentStatus | null, to: CommentStatus): number {
  const seen = (status: CommentStatus | null) => Number(status !== null && VISIBLE_STATUSES.includes(status));
  return seen(to) - seen(from);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether a decision can be taken back at this moment: any for thirty days, but a permanent deletion and an undo. */
export function isUndoable({ decision, createdAt }: { decision: Decision; createdAt: Date }, now: Date): boolean {
  return !['delete', 'undo', 'report', 'withdraw'].includes(decision) && now.getTime() - createdAt.getTime() < UNDO_DAYS * DAY_MS;
}

/** Of a comment's events, oldest first, those that stand: each that is no undo, and was not undone. */
export function standingEvents<E extends { id: string; decision: Decision; undoesId: string | null }>(events: readonly E[]): E[] {
  const undone = new Set(events.map(({ undoesId }) => undoesId));
  return events.filter(({ id, decision }) => decision !== 'undo' && !undone.has(id));
}

type Undoable = { id: string; decision: Decision; fromStatus: CommentStatus | null; undoesId: string | null; createdAt: Date };

/** Which of a comment's events, oldest first, can be taken back now: the latest that stands, if any. */
export function undoableEvent<E extends Undoable>(events: readonly E[], now: Date): E | null {
  const latest = standingEvents(events).at(-1);
  return latest && latest.fromStatus !== null && isUndoable(latest, now) ? latest : null;
}

/** A status as the desk names it. */
export const statusName = (status: CommentStatus): string => t(`decisions.status.${status}`);

/** A decision as a history says it: `approved by NAME`. */
export const decisionName = (decision: Decision): string => t(`decisions.decision.${decision}`);

/** Why a comment was declined, as a moderator chooses it. */
export const declineName = (reason: DeclineReason): string => t(`decisions.decline.${reason}`);

/** The same as a sentence goes on with it. */
export const declineInside = (reason: DeclineReason): string => t(`decisions.declineInside.${reason}`);

/** Why a comment is reported, as a reader chooses it. */
export const reportName = (reason: ReportReason): string => t(`decisions.report.${reason}`);

/** The statuses that a queue holds. */
export const statusesIn = (queue: Queue): CommentStatus[] => (queue === 'all' ? ['pending', 'approved'] : [queue]);

/** The queue in which a comment of this status stands. */
export const queueOf = (status: CommentStatus): Queue => (status === 'deleted' ? 'all' : status);

export const queueName = (queue: Queue): string => t(`decisions.queue.${queue}`);
export const sortName = (sort: Sort): string => t(`decisions.sort.${sort}`);

/** Of a network's mark, so much is read. */
export const NETWORK_CHARACTERS_SHOWN = 4;

/** A number that was counted up to COUNTED_MAX and no further. */
export const countedText = (count: number): string => (count > COUNTED_MAX ? `${COUNTED_MAX}+` : String(count));

/** A queue whole. */
export const wholeQueue = (queue: Queue): QueueFilter => ({ queue, q: '', post: null, person: null, network: null, rule: null, from: null, to: null });

/** Whether a filter leaves anything of its queue out. */
export const isNarrowed = (filter: QueueFilter): boolean => queuePath(filter) !== queuePath(wholeQueue(filter.queue));

/** The address of a queue as a filter narrows it, of one page of it, or of one comment. */
export function queuePath(filter: Partial<QueueFilter> & { queue: Queue }, sort: Sort = 'newest', { after, comment }: { after?: string | null; comment?: string } = {}): string {
  const { queue, q, post, person, network, rule, from, to } = filter;
  return pathWith('/admin/comments', { queue, q, post, person, network, rule, from, to, sort: sort === 'newest' ? null : sort, after, comment });
}

type Named = { publicId: string; userId: string | null; pseudonymId: string | null; email: string | null };

/** Whose comment it is. A name on one post is a person of its own, whoever uses it. */
export function writerOf({ publicId, userId, pseudonymId, email }: Named): Writer {
  if (pseudonymId !== null) return { kind: 'pseudonym', key: pseudonymId };
  if (userId !== null) return { kind: 'user', key: userId };
  return email ? { kind: 'email', key: email } : { kind: 'comment', key: publicId };
}

/** A query of PostgreSQL's, made of what was typed, whose last word may go on; not after a quote, and not of a word that must not be there. */
export function prefixQuery(typed: string, query: string): string {
  const last = /(^|[^!'])'((?:[^']|'')+)'$/.exec(query)?.[2] ?? '';
  return last.length > 1 && /[\p{L}\p{N}]$/u.test(typed) ? `${query}:*` : query;
}
