import { db, type Tx } from '../db/client';
import { env } from '../env';
import { findGivenUpKeys, forgetGivenUp, sendGivenUp } from '../given-up-jobs';
import { isOwner } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { findWaitingJobs, sendJob } from '../jobs';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { mailState, maySendAgain } from './rules';

type MailRow = { text: string; expires: Date | null; sentAt: Date | null; failure: string | null };

/**
 * Has a mail sent again that could not be sent and is not tried any more. Why it failed stays beside it until it is sent.
 * Idempotent: of two at once, or of one that is under way, it goes out once.
 * Refuses: `not-found` for everybody but the owner and for what is no mail, `conflict` while no mail server is set, and for
 * a mail that is too old or whose words are not kept.
 */
export async function sendMailAgain(actor: Actor, id: string, now: Date): Promise<Result> {
  if (!isOwner(actor)) return fail('not-found', t('notifications.again.gone'));
  if (!env().SMTP_URL) return fail('conflict', t('notifications.again.noServer'));
  return db().$transaction(async (tx) => {
    // Whoever has it in hand, a worker or another press of the button, holds the row: it is being sent.
    const [mail] = await tx.$queryRaw<MailRow[]>`SELECT text, expires, "sentAt", failure FROM "Mail" WHERE id = ${id}::uuid FOR UPDATE SKIP LOCKED`;
    if (!mail) return (await tx.mail.count({ where: { id } })) > 0 ? ok() : fail('not-found', t('notifications.again.gone'));
    return sendLocked(tx, id, mail, now);
  });
}

async function sendLocked(tx: Tx, id: string, { text, ...mail }: MailRow, now: Date): Promise<Result> {
  const isQueued = (await findWaitingJobs('mail', [id], tx)).has(id);
  const failure = mail.failure ?? ((await findGivenUpKeys('mail', [id], tx)).has(id) ? t('notifications.failure.gaveUp') : null);
  const state = mailState({ ...mail, failure }, isQueued, now);
  if (state === 'sent' || state === 'waiting') return ok();
  if (!maySendAgain({ state, text })) return fail('conflict', t('notifications.again.notAny'));
  if (mail.failure === null) await tx.mail.update({ where: { id }, data: { failure, failedAt: now }, select: { id: true } });
  await forgetGivenUp(tx, 'mail', id);
  await sendJob(tx, 'mail', { id }, { singletonKey: id });
  return ok();
}

/**
 * Has a job of another kind that was given up done after all. Idempotent: what is tried already is not tried twice.
 * Refuses: `not-found` for everybody but the owner.
 */
export async function tryJobAgain(actor: Actor, id: string): Promise<Result> {
  if (!isOwner(actor)) return fail('not-found', t('notifications.again.gone'));
  await db().$transaction((tx) => sendGivenUp(tx, id));
  return ok();
}
