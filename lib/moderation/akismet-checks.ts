import type { Tx } from '../db/client';
import { sendJob } from '../jobs';
import { siteOrigin } from '../site-origin';
import type { AkismetAnswer } from './akismet';
import { sealTold, type Told } from './akismet-seal';
import { DECISION_MAIL_SECONDS, type CommentStatus, type Decision } from './schema';

// Steps of commands, inside their transactions.

/** What Akismet said of a comment, and what it was told besides what the comment says. */
export type AkismetCheck = AkismetAnswer & { told: Told };

type NewComment = { id: string; status: CommentStatus; createdAt: Date };

/**
 * Keeps what Akismet said of a new comment, until somebody decides on it, to tell it then if it was wrong. What was
 * decided on at once is not kept, nor is silence: there is nothing to correct.
 */
export async function keepAkismetCheck(tx: Tx, { id, status, createdAt }: NewComment, check: AkismetCheck | null): Promise<void> {
  if (check === null || check.answer === 'silent' || (status !== 'pending' && status !== 'spam')) return;
  const { answer, guid, told } = check;
  await tx.akismetCheck.create({ data: { commentId: id, isSpam: answer === 'spam', guid, sealed: sealTold(id, told), askedAt: createdAt }, select: { commentId: true } });
}

type Decided = { id: string; commentId: string; decision: Decision; toStatus: CommentStatus; createdAt: Date };

/** Where a comment stays that is not decided on, or comes back to by an undo: what is kept waits for the next decision. */
const UNDECIDED: readonly Decision[] = ['submit', 'unapprove', 'restore', 'undo', 'edit', 'report'];

/**
 * A person has decided on a comment: what Akismet was told of it is forgotten. Where it was wrong it is told so first, in
 * DECISION_MAIL_SECONDS, if the decision still stands then.
 */
export async function settleAkismet(tx: Tx, { id, commentId, decision, toStatus, createdAt }: Decided): Promise<void> {
  if (UNDECIDED.includes(decision)) return;
  const check = await tx.akismetCheck.findUnique({ where: { commentId }, select: { isSpam: true } });
  if (!check) return;
  const wasWrong = (toStatus === 'approved' && check.isSpam) || (toStatus === 'spam' && !check.isSpam);
  if (!wasWrong) await tx.akismetCheck.deleteMany({ where: { commentId } });
  else await sendJob(tx, 'akismet', { event: id, origin: siteOrigin() }, { startAfter: new Date(createdAt.getTime() + DECISION_MAIL_SECONDS * 1000), singletonKey: id });
}
