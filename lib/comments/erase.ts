import type { Tx } from '../db/client';

/** The name under which a comment stands whose writer has deleted their account and kept what they wrote. */
export const ANONYMOUS = 'Anonymous';

const NOBODY = { email: null, website: null, ipHash: null, writerHash: null, userId: null, pseudonymId: null };

/**
 * Empties comments for good. Their rows stay as the anchors of their replies, and so that an import does not bring them
 * back. A step of a command, inside its transaction, which holds their posts; status, event and counts are the command's.
 */
export async function emptyComments(tx: Tx, ids: string[]): Promise<void> {
  await tx.commentRevision.deleteMany({ where: { commentId: { in: ids } } });
  // Who reports private details may repeat them.
  await tx.report.updateMany({ where: { commentId: { in: ids } }, data: { words: '' } });
  await tx.comment.updateMany({ where: { id: { in: ids } }, data: { ...NOBODY, name: '', source: '', html: '', sourceHash: '' } });
}

/**
 * Takes from comments who wrote them, for good, and keeps what they say. A name used on one post only stays: it names
 * nobody any more, and to become `Anonymous` in one moment with others would tell that they were one person. Earlier texts
 * go: their writer took them back.
 * A step of a command, like `emptyComments`; it touches neither status nor counts.
 */
export async function anonymiseComments(tx: Tx, ids: string[]): Promise<void> {
  await tx.commentRevision.deleteMany({ where: { commentId: { in: ids } } });
  await tx.comment.updateMany({ where: { id: { in: ids }, pseudonymId: null }, data: { ...NOBODY, name: ANONYMOUS } });
  await tx.comment.updateMany({ where: { id: { in: ids } }, data: NOBODY });
}
