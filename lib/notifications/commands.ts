import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { db, type Tx } from '../db/client';
import { env } from '../env';
import { fail, ok, type Result } from '../result';
import { tally } from '../tally';
import { t } from '../words/t';
import { failureSentence, isExpired, isRefusedForGood, mailServerOf, senderOf, subjectLine, type MailError } from './rules';
import { mailHeadersSchema, recipientSchema } from './schema';

/** For each step of the conversation with the mail server; SMTP_URL may say otherwise. */
const STEP_PATIENCE_MS = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
/** For all of it. The mail's row is locked so long, so the transaction must last longer, and the job longer still. */
const SEND_PATIENCE_MS = 45_000;
const TRANSACTION_MS = 60_000;

type MailRow = { id: string; to: string; subject: string; text: string; html: string; createdAt: Date; expires: Date | null; sentAt: Date | null; headers: unknown; subscriberId: string | null };

/**
 * Sends a mail of the Outbox by SMTP_URL. Idempotent: two workers at once send it once; only a process that dies between
 * the server's “accepted” and our note of it sends it again, under the same Message-ID. Does nothing for a mail that is
 * gone, sent or expired, or while no server is set. Of a mail with an end the words are emptied once it is sent or
 * expired: a secret does not lie around. What the server refuses for good keeps its reason, and is done with.
 * Refuses: `conflict` while another worker has it in hand, `unavailable` when it was not taken; both may be tried again.
 */
export async function deliverMail(id: string, now: Date): Promise<Result> {
  const { SMTP_URL } = env();
  if (!SMTP_URL) return ok();
  return db().$transaction(
    async (tx) => {
      const [mail] = await tx.$queryRaw<MailRow[]>`
        SELECT id, "to", subject, text, html, "createdAt", expires, "sentAt", headers, "subscriberId" FROM "Mail" WHERE id = ${id}::uuid FOR UPDATE SKIP LOCKED`;
      if (!mail) return (await tx.mail.count({ where: { id } })) > 0 ? fail('conflict', t('notifications.failure.underWay')) : ok();
      if (mail.sentAt) return ok();
      if (isExpired(mail, now)) return endOf(tx, mail, {});
      if (!(await isStillWanted(tx, mail))) return drop(tx, mail);
      const error = await hand(mail, SMTP_URL).then(() => null, (reason: MailError) => reason);
      if (!error) {
        // It is on its way, whatever the database says to our note of it.
        tally('mail', 'sent');
        return endOf(tx, mail, { sentAt: now, failure: null, failedAt: null });
      }
      tally('mail', isRefusedForGood(error) ? 'refused' : 'failed');
      const failure = failureSentence(error);
      await tx.mail.update({ where: { id }, data: { failure, failedAt: now }, select: { id: true } });
      return isRefusedForGood(error) ? ok() : fail('unavailable', failure);
    },
    { timeout: TRANSACTION_MS },
  );
}

/** Whether whoever asked to be told has not left meanwhile, and their address takes mail. */
async function isStillWanted(tx: Tx, { subscriberId }: MailRow): Promise<boolean> {
  return subscriberId === null || (await tx.subscriber.count({ where: { id: subscriberId, confirmedAt: { not: null }, pausedAt: null } })) > 0;
}

async function drop(tx: Tx, { id }: MailRow): Promise<Result> {
  await tx.mail.delete({ where: { id }, select: { id: true } });
  return ok();
}

async function endOf(tx: Tx, { id, expires }: MailRow, data: { sentAt?: Date; failure?: null; failedAt?: null }): Promise<Result> {
  await tx.mail.update({ where: { id }, data: { ...data, ...(expires && { text: '', html: '' }) }, select: { id: true } });
  return ok();
}

/** Hands one mail to the server; throws nodemailer's error when it is not taken. Never `raw`, never a file or an address to fetch. */
async function hand({ id, to, subject, text, html, createdAt, headers }: MailRow, server: string): Promise<void> {
  const from = senderOf(env().MAIL_FROM ?? env().OWNER_EMAIL);
  const domain = from.address.split('@').at(-1);
  const idOf = (mail: string) => `<${mail}@${domain}>`;
  const { list, inReplyTo, references } = mailHeadersSchema.parse(headers ?? {});
  const transport = createTransport(mailServerOf(server, STEP_PATIENCE_MS).href);
  const sending = transport.sendMail({
    from,
    to: { name: '', address: recipientSchema.parse(to) },
    subject: subjectLine(subject),
    text,
    html,
    date: createdAt,
    messageId: idOf(id),
    references: references.map(idOf),
    ...(inReplyTo && { inReplyTo: idOf(inReplyTo) }),
    ...(list && { list: { id: { url: `${list.id}.${domain}`, comment: list.name }, unsubscribe: list.leave } }),
    // So that nobody's holiday notice answers (RFC 3834), and a mail program leaves at one press (RFC 8058).
    headers: { 'Auto-Submitted': 'auto-generated', ...(list && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }) },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const late = sleep(SEND_PATIENCE_MS, undefined, { ref: false }).then(() => { throw Object.assign(new Error('It took too long.'), { code: 'ETIMEDOUT' }); });
  await Promise.race([sending, late]).finally(() => transport.close());
}

/** Empties the words of mails that have expired unsent, once a mail server is set; without one they are what the Outbox is for. Idempotent. */
export async function emptyMail(now: Date): Promise<void> {
  if (!env().SMTP_URL) return;
  await db().mail.updateMany({ where: { expires: { lte: now }, NOT: { text: '', html: '' } }, data: { text: '', html: '' } });
}
