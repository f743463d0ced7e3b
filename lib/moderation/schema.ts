import { z } from '../zod';
import { isCommentId } from '../ids';
import { CommentStatus, type Decision } from '../db/generated/enums';

export { CommentStatus };
export type { Decision };

/** Why screening decided as it did; stored with the event, shown to the moderator in words. */
export const reasonSchema = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('staff') }),
  z.object({ rule: z.literal('disallowed-word'), word: z.string() }),
  z.object({ rule: z.literal('always-held') }),
  z.object({ rule: z.literal('hold-all') }),
  z.object({ rule: z.literal('links'), count: z.number(), limit: z.number() }),
  z.object({ rule: z.literal('held-word'), word: z.string() }),
  z.object({ rule: z.literal('pseudonym') }),
  z.object({ rule: z.literal('trusted') }),
  z.object({ rule: z.literal('unproven-identity') }),
  z.object({ rule: z.literal('known-writer') }),
  z.object({ rule: z.literal('first-comment') }),
]);

export type Reason = z.infer<typeof reasonSchema>;

export const reasonsSchema = z.array(reasonSchema);

/** The rules of the owner that screening reads, a part of the Site row. */
export type ModerationSettings = {
  holdAll: boolean;
  /** A comment with this many links or more is held; 0 switches the rule off. */
  maxLinks: number;
  heldWords: string[];
  disallowedWords: string[];
  floodSeconds: number;
};

/** The queues of the desk, in the order in which they stand. */
export const QUEUES = ['pending', 'approved', 'spam', 'trash', 'all'] as const;
export type Queue = (typeof QUEUES)[number];

export const queueSchema = z.enum(QUEUES).catch('pending');

/** What a moderator can do to a comment by one button. */
export const ACTS = ['approve', 'unapprove', 'spam', 'trash', 'restore', 'delete'] as const;
export type Act = (typeof ACTS)[number];

export const decideSchema = z.object({
  comment: z.string().refine(isCommentId),
  revision: z.coerce.number().int(),
  seenStatus: z.enum(CommentStatus),
  decision: z.enum(ACTS),
});

export const undoSchema = z.object({ undo: z.uuid() });

/** A decision made: its event (what an undo names) and where the comment is now. */
export type Decided = { event: string; comment: string; name: string; decision: Decision; from: CommentStatus; to: CommentStatus };

/** A reply written in the queue; `seenStatus` pending means that the comment is approved first. */
export const deskReplySchema = decideSchema.omit({ decision: true }).extend({ post: z.string(), text: z.string() });

/** The desk between two acts: what was done last, and can be taken back, or why it was refused. */
export type DeskState = {
  done: (Decided & { isUndo: boolean }) | null;
  message: string | null;
  /** A reply just sent: to which comment, and its own id. */
  sent?: { to: string; id: string };
  /** A reply that was refused, with what was typed. */
  refused?: { to: string; text: string };
};
