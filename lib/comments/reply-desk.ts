import { isCommentId } from '../ids';
import { pathWith } from '../query';
import { t } from '../words/t';
import { z } from '../zod';

/** How long ago something came at least, to be marked all at once, in days. */
export const OLDER_THAN = { week: 7, month: 30, quarter: 91, year: 365 } as const;
export type OlderThan = keyof typeof OLDER_THAN;

const DAY_MS = 24 * 60 * 60 * 1000;
const PAGE_MAX = 10_000;

/** What of the unanswered comments is shown, from an address; what is wrong in it is left out. */
export const repliesFilterSchema = z.object({
  /** An owner may look at everybody's posts. */
  posts: z.enum(['mine', 'all']).catch('mine'),
  /** Whether those are shown too that came here with their posts, by an import. */
  old: z.enum(['0', '1']).catch('0').transform((value) => value === '1'),
  page: z.coerce.number().int().min(1).max(PAGE_MAX).catch(1),
});
export type RepliesFilter = z.infer<typeof repliesFilterSchema>;

/** The address of the reply desk as a filter shows it. */
export const repliesPath = ({ posts = 'mine', old = false, page = 1 }: Partial<RepliesFilter> = {}): string =>
  pathWith('/admin/replies', { posts: posts === 'all' ? 'all' : null, old: old ? '1' : null, page: page > 1 ? String(page) : null });

/** That a comment needs no reply; that none needs one that came so long ago, of those that are shown; and that neither stands. */
export const noReplySchema = z.union([
  z.object({ noReply: z.string().refine(isCommentId) }),
  z.object({ olderThan: z.enum(['week', 'month', 'quarter', 'year']), posts: z.enum(['mine', 'all']), old: z.enum(['0', '1']).transform((value) => value === '1') }),
  z.object({ undoNoReply: z.uuid() }),
]);

/** The moment before which something has come so long ago. */
export const momentBefore = (olderThan: OlderThan, now: Date): Date => new Date(now.getTime() - OLDER_THAN[olderThan] * DAY_MS);

/** What was said of how many comments, of whose where it is one, and by which act it is taken back. */
export type NoReplySaid = { count: number; name: string; act: string; isUndo: boolean };

/** What was done last at the reply desk. `undo`: the field of a form that takes it back; `reply`: a reply's own id. */
export type RepliesDone = { what: 'noReply' | 'reply' | 'undone'; count: number; name: string; undo: { field: 'undoNoReply' | 'undoBatch'; value: string } | null; reply: string | null };

/** The reply desk between two acts. */
export type RepliesState = {
  done: RepliesDone | null;
  message: string | null;
  /** A reply that was refused, with what was typed. */
  refused?: { to: string; text: string };
};

const MINUTE_MS = 60_000;
const UNITS = [['year', 365.25 * DAY_MS], ['month', 30.44 * DAY_MS], ['day', DAY_MS], ['hour', 60 * MINUTE_MS], ['minute', MINUTE_MS]] as const;

/** How long ago something was, in the largest unit of which it has two: `3 days`, `26 months`, `under a minute`. */
export function ageWords(ms: number): string {
  if (ms < MINUTE_MS) return t('moderation.age.underAMinute');
  const [unit, length] = UNITS.find(([name, size]) => ms >= (name === 'minute' ? 1 : 2) * size) ?? UNITS[4];
  return t(`moderation.age.${unit}`, { count: Math.floor(ms / length) });
}
