import { v5 } from 'uuid';
import type { Tx } from '../db/client';
import { env } from '../env';
import { newId } from '../ids';
import { sendJob } from '../jobs';
import { cleanText } from '../text/clean';
import { subjectLine } from './rules';
import { recipientSchema, type MailHeaders } from './schema';

export type NewMail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** After this it is of no use to anyone, and is not sent: a sign-in link. */
  expires?: Date;
  /** What it tells: a second mail that tells the same is not written. For jobs, which may run twice. */
  once?: string;
  /** Whom it tells what they have asked to be told. */
  subscriberId?: string;
  /** The comment whose words it holds. */
  commentId?: string;
  headers?: MailHeaders;
};

/** The names of mails that are written once are hashed into this space, which is theirs alone. */
const ONCE = '5b0f4a7e-43b2-4cc0-9d0c-2f6f0f6c9a51';

/** The id of a mail that is written once, and by which another one names it. */
export const mailId = (once: string): string => v5(once, ONCE);

/**
 * Writes a mail inside the transaction that causes it: with it, it is there or not. With SMTP_URL it is sent when that
 * commits; without, it stays in the Outbox and nothing leaves this machine. The subject becomes one line.
 * @throws when `to` is not one e-mail address: whoever calls has parsed it
 */
export async function sendMail(tx: Tx, { to, subject, text, html, expires, once, subscriberId, commentId, headers }: NewMail, now: Date): Promise<void> {
  const id = once === undefined ? newId() : mailId(once);
  const mail = { id, to: recipientSchema.parse(to), subject: subjectLine(subject), text: cleanText(text), html: cleanText(html), createdAt: now, expires: expires ?? null, subscriberId: subscriberId ?? null, commentId: commentId ?? null, ...(headers && { headers }) };
  const { count } = await tx.mail.createMany({ data: [mail], skipDuplicates: once !== undefined });
  if (count > 0 && env().SMTP_URL) await sendJob(tx, 'mail', { id }, { singletonKey: id });
}
