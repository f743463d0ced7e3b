import type { Tx } from '../db/client';
import { siteOrigin } from '../site-origin';
import { sendJob } from '../jobs';
import { DECISION_MAIL_SECONDS } from './schema';

/**
 * Has the mails that a decision brings written in DECISION_MAIL_SECONDS, if it still stands then: an undo stops them. A
 * step of the deciding command, inside its transaction. Once for an event, however often it is called.
 */
export async function causeMail(tx: Tx, eventId: string, now: Date): Promise<void> {
  // A job runs outside of any request: the address of the blog goes with it.
  const origin = siteOrigin();
  await sendJob(tx, 'decision-mail', { event: eventId, origin }, { startAfter: new Date(now.getTime() + DECISION_MAIL_SECONDS * 1000), singletonKey: eventId });
}

/**
 * The same for a comment that a person has let for the first time, where its writer has proven an address: they are told that
 * it is published. Once it was to be read before, that is no news to them.
 */
export async function causeApprovalMail(tx: Tx, { id, commentId, createdAt }: { id: string; commentId: string; createdAt: Date }): Promise<void> {
  const wasOut = await tx.moderationEvent.count({ where: { commentId, id: { not: id }, OR: [{ toStatus: 'approved' }, { fromStatus: 'approved' }] } });
  if (wasOut === 0 && (await hasProvenWriter(tx, commentId))) await causeMail(tx, id, createdAt);
}

async function hasProvenWriter(tx: Tx, commentId: string): Promise<boolean> {
  const { email, user } = await tx.comment.findUniqueOrThrow({ where: { id: commentId }, select: { email: true, user: { select: { emailVerified: true } } } });
  if (user) return user.emailVerified !== null;
  return email !== null && (await tx.subscriber.count({ where: { email: email.toLowerCase(), confirmedAt: { not: null }, pausedAt: null } })) > 0;
}
