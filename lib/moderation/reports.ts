import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { isBy, writerHashes } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { isCommentId } from '../ids';
import { discussionPath } from '../comments/rules';
import { lockColumns, mayRead } from '../posts/keys';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { VISIBLE_STATUSES } from './rules';
import type { CommentStatus } from './schema';

/** What became of a report: nobody has looked yet; somebody has, and the comment stays or is gone; or its writer took it away. */
export type ReportOutcome = 'waiting' | 'stays' | 'gone' | 'withdrawn';

/** The page of a report as one reader sees it. */
export type ReportPageView = {
  id: string;
  post: { title: string; href: string };
  /** Null where it is not shown any more: then only whoever reported it has a page. */
  comment: { name: string; html: SafeHtml; createdAt: Date } | null;
  /** Of the reader's own report; null where they have sent none. */
  outcome: ReportOutcome | null;
  /** It is known whose report that is: they find what becomes of it here. */
  isKnown: boolean;
  isByViewer: boolean;
  /** They have proven an address to which the outcome can be written. */
  mayBeTold: boolean;
};

const pageSelect = {
  id: true, name: true, html: true, createdAt: true, status: true, userId: true, writerHash: true,
  post: { select: { ...lockColumns, title: true, slug: true, kind: true } },
} as const satisfies Prisma.CommentSelect;

/**
 * A comment that may be reported, or that this viewer has reported, with what became of that; null for any other. Nobody
 * else's report, ever. `isJustSent`: whose browser keeps no cookie is told that it arrived, and not that nothing is here.
 */
export async function findReportPage(id: string, viewer: Actor, now: Date, isJustSent = false): Promise<ReportPageView | null> {
  if (!isCommentId(id)) return null;
  const found = await db().comment.findFirst({ where: { publicId: id, kind: 'comment' }, select: pageSelect });
  if (!found || !mayRead(viewer, found.post, now)) return null;
  const [own, mayBeTold] = await Promise.all([findOwnReport(found.id, viewer), hasProvenAddress(viewer)]);
  const isVisible = VISIBLE_STATUSES.includes(found.status);
  const outcome = own ? outcomeOf(own.answeredAt, found.status) : isJustSent && (await isReported(found.id)) ? 'waiting' : null;
  if (!isVisible && outcome === null) return null;
  const { name, html, createdAt, post } = found;
  return {
    id,
    post: { title: post.title, href: discussionPath({ ...post, isLocked: post.status === 'password' }, 1) },
    comment: isVisible ? { name, html: storedHtml(html), createdAt } : null,
    outcome,
    isKnown: own !== null,
    isByViewer: isBy(viewer, found),
    mayBeTold,
  };
}

function outcomeOf(answeredAt: Date | null, status: CommentStatus): ReportOutcome {
  // Nobody decided on it: it went with its writer's account.
  if (answeredAt === null) return status === 'deleted' ? 'withdrawn' : 'waiting';
  return VISIBLE_STATUSES.includes(status) ? 'stays' : 'gone';
}

const isReported = async (commentId: string): Promise<boolean> => (await db().report.count({ where: { commentId, answeredAt: null } })) > 0;

async function findOwnReport(commentId: string, viewer: Actor) {
  const mine = [
    ...(viewer.kind === 'person' ? [{ userId: viewer.userId }] : []),
    ...(viewer.writerHash !== null ? [{ reporterHash: { in: writerHashes(viewer) } }] : []),
  ];
  if (mine.length === 0) return null;
  return db().report.findFirst({ where: { commentId, OR: mine }, orderBy: { createdAt: 'desc' }, select: { answeredAt: true } });
}

async function hasProvenAddress(viewer: Actor): Promise<boolean> {
  if (viewer.kind === 'guest') return false;
  return (await db().user.count({ where: { id: viewer.userId, email: { not: null }, emailVerified: { not: null } } })) > 0;
}
