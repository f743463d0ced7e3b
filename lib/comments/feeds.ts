import { showing } from '../answer';
import { postTag } from '../cache-tags';
import { db } from '../db/client';
import { publicAt, titled } from '../posts/queries';
import { storedHtml, type SafeHtml } from '../text/safe-html';

export const FEED_COMMENTS = 20;

/** What a feed shows of a comment: under which name it stands, never who wrote it. */
export type FeedCommentView = { id: string; name: string; createdAt: Date; html: SafeHtml; postTitle: string };

const select = { publicId: true, name: true, createdAt: true, html: true, post: { select: { title: true } } } as const;
const newestFirst = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];

type Row = { publicId: string; name: string; createdAt: Date; html: string; post: { title: string } };
const toView = ({ publicId, name, createdAt, html, post }: Row): FeedCommentView =>
  ({ id: publicId, name, createdAt, html: storedHtml(html), postTitle: titled(post.title) });

/**
 * The newest comments that every reader sees, wherever they stand. Names no tags: a new comment on any post at all makes it
 * stale, so an answer that shows it is not to be kept.
 */
export async function listNewestComments(now: Date): Promise<FeedCommentView[]> {
  const rows = await db().comment.findMany({ where: { status: 'approved', kind: 'comment', post: publicAt(now) }, orderBy: newestFirst, take: FEED_COMMENTS, select });
  return rows.map(toView);
}

/** The newest comments on a post that every reader sees. */
export async function listNewestCommentsOn(postId: string): Promise<FeedCommentView[]> {
  showing(postTag(postId));
  const rows = await db().comment.findMany({ where: { postId, status: 'approved', kind: 'comment' }, orderBy: newestFirst, take: FEED_COMMENTS, select });
  return rows.map(toView);
}
