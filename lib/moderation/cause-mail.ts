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
  if (wasOut > 0) return;
  const comment = await tx.comment.findUniqueOrThrow({ where: { id: commentId }, select: { kind: true, email: true, user: { select: { email: true, emailVerified: true } } } });
  if ((await findProvenWriter(tx, comment)) !== null) await causeMail(tx, id, createdAt);
}

type Written = { kind: string; email: string | null; user: { email: string | null; emailVerified: Date | null } | null };

/** The address of whoever wrote a comment, where it is proven: a person's own, or one whose owner has confirmed it. What a guest typed proves nothing by itself. */
export async function findProvenWriter(tx: Tx, { user, email, kind }: Written): Promise<string | null> {
  if (user) return user.emailVerified ? user.email : null;
  if (!email || kind !== 'comment') return null;
  const confirmed = await tx.subscriber.count({ where: { email: email.toLowerCase(), confirmedAt: { not: null }, pausedAt: null } });
  return confirmed > 0 ? email.toLowerCase() : null;
}
