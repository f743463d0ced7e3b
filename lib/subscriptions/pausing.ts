import { db, type Tx } from '../db/client';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { readMailEvents, type MailEvent } from './mail-events';
import { holdAddress } from './subscribing';
import { isMailEventsToken } from './tokens';

/**
 * Writes no more to an address whose mail came back for good, or was called spam, until its owner says that it works
 * (lib/subscriptions/commands.ts). A step of a command. Idempotent; a complaint says more than mail that came back.
 */
export async function pauseAddress(tx: Tx, { email, reason }: MailEvent, now: Date): Promise<void> {
  const held = await holdAddress(tx, email);
  if (!held || held.pauseReason === 'complained' || held.pauseReason === reason) return;
  await tx.subscriber.update({ where: { id: held.id }, data: { pausedAt: now, pauseReason: reason }, select: { id: true } });
}

/** Takes what a mail service tells. Refuses: `not-found` without the secret, `malformed` what is no JSON. Value: of how many addresses. */
export async function receiveMailEvents(token: string, body: string, now: Date): Promise<Result<number>> {
  if (!isMailEventsToken(token)) return fail('not-found', t('subscriptions.centre.gone'));
  const events = readMailEvents(body);
  if (!events) return fail('malformed', t('subscriptions.lists.unreadable'));
  for (const event of events) await db().$transaction((tx) => pauseAddress(tx, event, now));
  return ok(events.length);
}
