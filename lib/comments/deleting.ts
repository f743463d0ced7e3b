import type { Tx } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { newId } from '../ids';
import { causeWebhooks } from '../webhooks/causing';
import { countGone } from './counts';
import { emptyComments } from './erase';

/** What deleting a comment needs to know of it. */
export const goneSelect = { id: true, postId: true, parentId: true, kind: true, status: true } as const satisfies Prisma.CommentSelect;
export type GoneComment = Prisma.CommentGetPayload<{ select: typeof goneSelect }>;

/**
 * Deletes comments for good, by the blog itself: their texts and who wrote them go, events say that it was done. A step of a
 * command, inside its transaction, which holds their posts and them (locks.ts) and names what readers saw of them.
 */
export async function deleteComments(tx: Tx, comments: GoneComment[], now: Date): Promise<void> {
  const ids = comments.map(({ id }) => id);
  await tx.comment.updateMany({ where: { id: { in: ids } }, data: { status: 'deleted' } });
  await emptyComments(tx, ids);
  await tx.moderationEvent.createMany({
    data: comments.map(({ id, status }) => ({ id: newId(), commentId: id, actorId: null, decision: 'delete' as const, fromStatus: status, toStatus: 'deleted' as const, createdAt: now })),
  });
  await causeWebhooks(tx, comments.map(({ id, status }) => ({ event: 'commentDecided', commentId: id, decision: 'delete', from: status, status: 'deleted', rules: [] })), now);
  await countGone(tx, comments);
}
