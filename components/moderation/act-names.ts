import type { Act, Decision } from '@/lib/moderation/schema';

/** The acts as their buttons name them. */
export const ACT_NAMES: Record<Act, string> = { approve: 'Approve', unapprove: 'Unapprove', spam: 'Spam', trash: 'Trash', restore: 'Restore', delete: 'Delete permanently' };

/** What was done, after “Comment by NAME” or “12 comments”. */
export const DONE_WORDS: Record<Decision, string> = {
  submit: 'answered', approve: 'approved', unapprove: 'sent back to Pending', spam: 'moved to Spam', trash: 'moved to Trash', restore: 'restored',
  delete: 'deleted permanently', undo: 'as before', edit: 'edited', decline: 'declined', report: 'reported',
};
