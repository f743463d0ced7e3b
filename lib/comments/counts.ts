import type { Tx } from '../db/client';
import type { CommentStatus } from '../db/generated/enums';
import { visibleDelta } from '../moderation/rules';

type CountedComment = { postId: string; parentId: string | null; kind: string };

/**
 * Adds to the numbers kept on the post and on the parent when a comment appears or disappears.
 * A step of a command, inside its transaction. The post is locked before the parent, everywhere, or two acts could wait for one another.
 */
export async function countVisible(tx: Tx, comment: CountedComment, from: CommentStatus | null, to: CommentStatus): Promise<void> {
  const delta = visibleDelta(from, to);
  if (delta === 0 || comment.kind !== 'comment') return;
  // Not by Prisma's update, which would say that the post's text has changed now.
  await tx.$executeRaw`UPDATE "Post" SET "approvedCount" = "approvedCount" + ${delta} WHERE id = ${comment.postId}::uuid`;
  if (comment.parentId) {
    await tx.comment.update({ where: { id: comment.parentId }, data: { replyCount: { increment: delta } }, select: { id: true } });
  }
}

/**
 * The same for many comments at once that leave the page. A step of a command, inside its transaction, which holds all
 * their posts already.
 */
export async function countGone(tx: Tx, comments: readonly (CountedComment & { status: CommentStatus })[]): Promise<void> {
  const gone = comments.filter(({ kind, status }) => kind === 'comment' && visibleDelta(status, 'deleted') !== 0);
  const posts = tally(gone.map(({ postId }) => postId));
  const parents = tally(gone.flatMap(({ parentId }) => parentId ?? []));
  await tx.$executeRaw`
    UPDATE "Post" SET "approvedCount" = "approvedCount" - gone.count
    FROM unnest(${[...posts.keys()]}::uuid[], ${[...posts.values()]}::int[]) AS gone (id, count) WHERE "Post".id = gone.id`;
  await tx.$executeRaw`
    UPDATE "Comment" SET "replyCount" = "replyCount" - gone.count
    FROM unnest(${[...parents.keys()]}::uuid[], ${[...parents.values()]}::int[]) AS gone (id, count) WHERE "Comment".id = gone.id`;
}

function tally(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
