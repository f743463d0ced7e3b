import type { Tx } from '../db/client';
import { textHash } from '../identity/tokens';
import { newId } from '../ids';
import { commentHtml } from '../text/comment-text';
import { HTML_VERSION } from '../text/safe-html';

export type Revisions = { fromRevision: number; toRevision: number };

/** Gives a locked comment another text, as a revision of its own; the present one is kept. A step of a command: the comment's number is raised by it. */
export async function replaceText(tx: Tx, { id, revision }: { id: string; revision: number }, { source, editedAt }: { source: string; editedAt: Date | null }): Promise<Revisions> {
  const { format, ...present } = await tx.comment.findUniqueOrThrow({ where: { id }, select: { source: true, html: true, editedAt: true, format: true } });
  await tx.commentRevision.create({ data: { id: newId(), commentId: id, revision, ...present }, select: { id: true } });
  await tx.comment.update({
    where: { id },
    data: { source, sourceHash: textHash(source), html: commentHtml(source, format), htmlVersion: HTML_VERSION, editedAt },
    select: { id: true },
  });
  return { fromRevision: revision, toRevision: revision + 1 };
}
