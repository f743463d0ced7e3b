import { ACTS, type Act, type CommentStatus, type Reason } from './schema';

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

/** A reason in one sentence for the moderator. */
export function sentenceFor(reason: Reason): string {
  switch (reason.rule) {
    case 'staff':
      return 'Written by someone who runs this blog.';
    case 'disallowed-word':
      return `Contains “${reason.word}”, a word that is not allowed here.`;
    case 'always-held':
      return 'Comments by this person are always held.';
    case 'hold-all':
      return 'Every comment is held.';
    case 'links':
      return `${reason.count} links, your limit is ${reason.limit}.`;
    case 'held-word':
      return `Contains “${reason.word}”, a word that is held.`;
    case 'pseudonym':
      return 'Written under a name used on this post only; a person reads each of these.';
    case 'trusted':
      return 'Written by a person you trust.';
    case 'unproven-identity':
      return 'An approved reader uses this name or address; this writer has not signed in to confirm it.';
    case 'known-writer':
      return 'This person has an approved comment.';
    case 'first-comment':
      return 'First comment by this person.';
  }
}
