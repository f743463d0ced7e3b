import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { hasPosts, isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import { dayIn, endOfDay } from '../site/rules';
import { named } from './queries';
import { BY_RULE, chosenClosing, closesAt, closingColumns, closingOf, discussionMark, lastOpenMoment, sensitiveUntil, takesComments, type Closing, type ClosingFacts } from './rules';
import type { Care, ClosingChoice } from './schema';
import { readersPath, stateOf, type PostState } from './states';

export type { PostState };


/** A line of the desk's list of posts. */
export type DeskPost = {
  id: string;
  kind: 'post' | 'page';
  slug: string;
  /** Empty where it has none. */
  title: string;
  author: string;
  state: PostState;
  /** When it came out, or comes out; of a draft, when it was begun. */
  at: Date;
  /** Its day of publication is known. */
  isDated: boolean;
  approved: number;
  waiting: number;
  care: Care;
  commentsOpen: boolean;
  closing: Closing;
};

/** The columns of such a line. */
export const lineView = {
  id: true, kind: true, slug: true, title: true, status: true, createdAt: true, approvedCount: true, care: true, ...closingColumns,
  author: { select: { id: true, name: true, slug: true } },
} as const satisfies Prisma.PostSelect;

export type Line = Prisma.PostGetPayload<{ select: typeof lineView }>;

/** The posts and pages that a person may change: an owner all, an author their own, everybody else none. Those in the trash are among them. */
export const ownPosts = (viewer: Person): Prisma.PostWhereInput => (hasPosts(viewer) ? (isOwner(viewer) ? {} : { authorId: viewer.userId }) : { id: { in: [] } });

/** A line of a row, with how many comments wait below it. */
export function lineOf(row: Line, waiting: number, closeAfterDays: number, now: Date): DeskPost {
  const { id, kind, slug, title, care, approvedCount: approved } = row;
  return {
    id, kind, slug, title: title.trim(), care, approved, waiting,
    author: named(row.author).name,
    state: stateOf(row, now),
    at: row.publishedAt ?? row.createdAt,
    isDated: row.publishedAt !== null,
    commentsOpen: takesComments(row, closeAfterDays, now),
    closing: closingOf(row, closeAfterDays),
  };
}

/** A post's discussion as its form shows it. Days are of the blog's calendar. */
export type DeskDiscussion = DeskPost & {
  /** Where readers find it; null where they do not. */
  path: string | null;
  helpline: string;
  chosen: ClosingChoice;
  /** The day at whose end it closes, or closed, by date; empty where none is chosen. */
  day: string;
  /** When the blog's rule closes it. */
  ruled: Closing;
  /** When it closes once it is made sensitive and closing is left to the rule; null where that sets no date. */
  sensitiveEnd: Date | null;
  mark: string;
};

export type DiscussionRules = { closeAfterDays: number; sensitiveDays: number; timeZone: string };

/**
 * When a post closes that becomes sensitive now and whose closing is left to the blog's rule: at the end of a day. Null
 * where it was sensitive before, or the rule closes it no later.
 */
export function sensitiveEnd(post: ClosingFacts & { care: Care }, { closeAfterDays, sensitiveDays, timeZone }: DiscussionRules, now: Date): Date | null {
  const until = post.care === 'sensitive' ? null : sensitiveUntil(post.publishedAt, sensitiveDays, now);
  const end = until && endOfDay(dayIn(until, timeZone), timeZone);
  const ruled = closesAt({ ...post, ...BY_RULE }, closeAfterDays);
  return end && !(ruled instanceof Date && ruled <= end) ? end : null;
}

/** A post or page with the settings of its discussion; null where it is not there, or not this person's to change. */
export async function findDeskDiscussion(viewer: Person, id: string, rules: DiscussionRules, now: Date): Promise<DeskDiscussion | null> {
  const row = await db().post.findFirst({ where: { status: { not: 'trash' }, AND: [{ id }, ownPosts(viewer)] }, select: { ...lineView, helpline: true } });
  if (!row) return null;
  const waiting = await db().comment.count({ where: { postId: id, status: 'pending' } });
  return {
    ...lineOf(row, waiting, rules.closeAfterDays, now),
    path: readersPath(row, now),
    helpline: row.helpline,
    chosen: chosenClosing(row),
    day: row.commentsCloseAt ? dayIn(lastOpenMoment(row.commentsCloseAt), rules.timeZone) : '',
    ruled: closingOf({ ...row, ...BY_RULE }, rules.closeAfterDays),
    sensitiveEnd: sensitiveEnd(row, rules, now),
    mark: discussionMark(row),
  };
}
