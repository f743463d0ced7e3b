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
  await tx.post.update({ where: { id: comment.postId }, data: { approvedCount: { increment: delta } }, select: { id: true } });
  if (comment.parentId) {
    await tx.comment.update({ where: { id: comment.parentId }, data: { replyCount: { increment: delta } }, select: { id: true } });
  }
}
