import type { Tx } from '../db/client';
import { eraseSubscriber } from '../subscriptions/subscribing';

/**
 * Takes all that names an address whose owner has proven it and wants everything deleted, but for their account and what they
 * wrote: links, invitations, mails sent there, texts that wait to be sent, what it was told of, and from requests who made
 * them. A step of a command, inside its transaction.
 */
export async function forgetAddress(tx: Tx, email: string, now: Date): Promise<void> {
  await eraseSubscriber(tx, email, now);
  await forgetUnproven(tx, email);
  await tx.removalRequest.updateMany({ where: { email }, data: { email: '', name: '', provenAt: null } });
}

/** The same of an address that was stated, and that nobody has proven: what was sent there, and no wish of whoever it belongs to. */
export async function forgetUnproven(tx: Tx, email: string): Promise<void> {
  await tx.signInLink.deleteMany({ where: { email } });
  await tx.dataRequest.deleteMany({ where: { email } });
  await tx.invitation.deleteMany({ where: { email } });
  await tx.mail.deleteMany({ where: { to: email } });
  await tx.$executeRaw`DELETE FROM "CommentDraft" WHERE lower(entered ->> 'email') = ${email}`;
}
