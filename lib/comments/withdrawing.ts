import { changing } from '../db/change';
import type { Tx } from '../db/client';
import { lockedSelect, move, type LockedComment } from '../moderation/decisions';
import { fail, ok, type Failure, type Result } from '../result';
import { readPageToken } from '../page-token';
import { t } from '../words/t';
import { holdComments } from './locks';

export const receiptGone = (): Failure => fail('not-found', t('subscriptions.receipt.gone'));

/** One's own comment by the token of its page, locked with its post; null for a token that is none. */
export async function lockOwn(tx: Tx, token: string): Promise<LockedComment | null> {
  const id = readPageToken('receipt', token);
  const found = id === null ? null : await tx.comment.findFirst({ where: { id, kind: 'comment', editsId: null }, select: { id: true, postId: true } });
  if (!found) return null;
  await holdComments(tx, [found.postId], [found.id]);
  return { ...(await tx.comment.findUniqueOrThrow({ where: { id: found.id }, select: lockedSelect })), actor: null };
}

/**
 * Takes a comment back for good, by the token of its page, whatever its state: its text and whose it was are emptied, and where
 * replies stand a sentence says that its writer did so. Idempotent. Refuses: `not-found`.
 */
export async function withdrawComment(token: string, now: Date): Promise<Result> {
  return changing(async (tx, changed) => {
    const comment = await lockOwn(tx, token);
    if (!comment) return receiptGone();
    if (comment.status !== 'deleted') await move(tx, changed, comment, { decision: 'withdraw', to: 'deleted' }, now);
    return ok();
  });
}
