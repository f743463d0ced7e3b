import { t } from '../words/t';
import { standingEvents } from './rules';
import type { CommentStatus, DeclineReason, Decision } from './schema';

/** A draft of what its writer reads, for each reason: the moderator changes it as they like. */
export const declineDraft = (reason: DeclineReason): string => t(`decisions.declineDraft.${reason}`);

/** Whether a comment can be declined: what is in Trash or deleted is not there to be, and a mention has no writer to tell. */
export const mayBeDeclined = ({ status, isMention }: { status: CommentStatus; isMention: boolean }): boolean =>
  !isMention && (status === 'pending' || status === 'approved' || status === 'spam');

type PastEvent = { id: string; decision: Decision; fromStatus: CommentStatus | null; toStatus: CommentStatus; undoesId: string | null };

/** The event by which a comment is where it is: the latest that stands and moved it. `events` oldest first. */
export function standingMove<E extends PastEvent>(events: readonly E[]): E | null {
  return standingEvents(events).findLast(({ fromStatus, toStatus }) => fromStatus !== toStatus) ?? null;
}

const inOrder = [{ createdAt: 'asc' }, { id: 'asc' }] satisfies Record<string, 'asc'>[];

/** Of a comment, the columns by which `declineOf` tells. */
export const declinedColumns = {
  status: true,
  events: { select: { id: true, decision: true, fromStatus: true, toStatus: true, undoesId: true }, orderBy: inOrder },
  declines: { select: { eventId: true, reason: true, words: true } },
} as const;

type MaybeDeclined = { status: CommentStatus; events: readonly PastEvent[]; declines: readonly { eventId: string; reason: DeclineReason; words: string }[] };

/** What the writer of a comment is told, while the decision that stands declined it; null else. */
export function declineOf({ status, events, declines }: MaybeDeclined): { reason: DeclineReason; words: string } | null {
  const latest = status === 'trash' ? standingMove(events) : null;
  const decline = latest?.decision === 'decline' ? declines.find(({ eventId }) => eventId === latest.id) : undefined;
  return decline ? { reason: decline.reason, words: decline.words } : null;
}
