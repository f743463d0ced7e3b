import type { Tx } from '../db/client';
import { env } from '../env';
import { newId } from '../ids';
import { sendJob } from '../jobs';
import { cleanText } from '../text/clean';
import { subjectLine } from './rules';
import { recipientSchema } from './schema';

export type NewMail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** After this it is of no use to anyone, and is not sent: a sign-in link. */
  expires?: Date;
};

/**
 * Writes a mail inside the transaction that causes it: with it, it is there or not. With SMTP_URL it is sent when that
 * commits; without, it stays in the Outbox and nothing leaves this machine. The subject becomes one line.
 * @throws when `to` is not one e-mail address: whoever calls has parsed it
 */
export async function sendMail(tx: Tx, { to, subject, text, html, expires }: NewMail, now: Date): Promise<void> {
  const id = newId();
  const mail = { id, to: recipientSchema.parse(to), subject: subjectLine(subject), text: cleanText(text), html: cleanText(html), createdAt: now, expires: expires ?? null };
  await tx.mail.create({ data: mail, select: { id: true } });
  if (env().SMTP_URL) await sendJob(tx, 'mail', { id }, { singletonKey: id });
}
