import type { LookupFunction } from 'node:net';
import { db, type Tx } from '../db/client';
import type { Actor } from '../identity/schema';
import { newId } from '../ids';
import { lockKeys } from '../lock';
import { refusalToAsk } from '../media/guarded-fetch';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { causeDelivery, sendTurn } from './causing';
import { mayHaveWebhooks } from './queries';
import { LOG_DAYS, newWebhookSchema, WEBHOOKS_MAX } from './schema';
import { secretOf } from './signature';

const DAY_MS = 24 * 60 * 60 * 1000;

const notYours = (): Failure => fail('not-found', t('webhooks.refused.gone'));

/** A secret, to be shown this once. */
export type NewSecret = { url: string; secret: string };

function refusedForm(issues: readonly { path: PropertyKey[]; message: string }[]): Failure {
  const fields = Object.fromEntries(issues.toReversed().map((issue) => [String(issue.path[0]), issue.message]));
  return fail('invalid', Object.values(fields).join(' '), { fields });
}

/**
 * Adds a webhook. Its address is looked at now, and again at every sending.
 * Refuses: `not-found` for who is no owner, `invalid` by field (`url`: no https address, or one that is not on the public
 * web; `events`), `conflict` when there are WEBHOOKS_MAX.
 */
export async function addWebhook(actor: Actor, typed: unknown, now: Date, resolve?: LookupFunction): Promise<Result<NewSecret>> {
  if (!mayHaveWebhooks(actor)) return notYours();
  const input = newWebhookSchema.safeParse(typed);
  if (!input.success) return refusedForm(input.error.issues);
  const { url, events } = input.data;
  if (await refusalToAsk(url, ['https:'], resolve)) return refusedForm([{ path: ['url'], message: t('webhooks.refused.inside') }]);
  return db().$transaction(async (tx) => {
    await lockKeys(tx, 'webhooks');
    if ((await tx.webhook.count()) >= WEBHOOKS_MAX) return fail('conflict', t('webhooks.refused.tooMany', { max: WEBHOOKS_MAX }));
    const { id, secretNumber } = await tx.webhook.create({
      data: { id: newId(), url, events: [...new Set(events)], createdAt: now, secretMadeAt: now }, select: { id: true, secretNumber: true },
    });
    return ok({ url, secret: secretOf(id, secretNumber) });
  });
}

/** Does something to a webhook that is held; `not-found` for an unknown one and for who is no owner. */
async function onWebhook<T>(actor: Actor, id: string, act: (tx: Tx, webhook: { url: string }) => Promise<T>): Promise<Result<T>> {
  if (!mayHaveWebhooks(actor)) return notYours();
  return db().$transaction(async (tx) => {
    const [webhook] = await tx.$queryRaw<{ url: string }[]>`SELECT url FROM "Webhook" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    return webhook ? ok(await act(tx, webhook)) : notYours();
  });
}

/** Gives a webhook another secret; for a day the one before signs, too, so that its receiver can be changed in peace. Refuses: as onWebhook. */
export const renewSecret = (actor: Actor, id: string, now: Date): Promise<Result<NewSecret>> => onWebhook(actor, id, async (tx, { url }) => {
  const { secretNumber } = await tx.webhook.update({ where: { id }, data: { secretNumber: { increment: 1 }, secretMadeAt: now }, select: { secretNumber: true } });
  return { url, secret: secretOf(id, secretNumber) };
});

/** Switches a webhook off or on. While it is off it is told of nothing, and what still waits for it is not sent. Refuses: as onWebhook. */
export const switchWebhook = (actor: Actor, id: string, isOn: boolean): Promise<Result<{ url: string }>> => onWebhook(actor, id, async (tx, webhook) => {
  await tx.webhook.update({ where: { id }, data: { isOn, stopped: null, deadInARow: 0 }, select: { id: true } });
  return webhook;
});

/** Deletes a webhook with its log. Refuses: as onWebhook. */
export const deleteWebhook = (actor: Actor, id: string): Promise<Result<{ url: string }>> => onWebhook(actor, id, async (tx, webhook) => {
  await tx.webhook.delete({ where: { id }, select: { id: true } });
  return webhook;
});

/** Sends a message that tells of nothing, once, also to a webhook that is off. Refuses: as onWebhook. */
export const sendTest = (actor: Actor, id: string, now: Date): Promise<Result<{ url: string }>> => onWebhook(actor, id, async (tx, webhook) => {
  await causeDelivery(tx, id, { event: 'test' }, now);
  return webhook;
});

/**
 * Has a delivery sent now, as if for the first time and by the same id: one that was given up, or waits, or was made.
 * Refuses: `not-found` for an unknown one and for who is no owner, `conflict` while it is being sent, or its webhook is off.
 */
export async function sendAgain(actor: Actor, id: string, now: Date): Promise<Result<{ url: string }>> {
  if (!mayHaveWebhooks(actor)) return notYours();
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "WebhookDelivery" WHERE id = ${id}::uuid FOR UPDATE`;
    const delivery = await tx.webhookDelivery.findUnique({ where: { id }, select: { turn: true, event: true, busyUntil: true, webhook: { select: { url: true, isOn: true } } } });
    if (!delivery) return fail('not-found', t('webhooks.refused.deliveryGone'));
    const { event, busyUntil, webhook } = delivery;
    if (busyUntil && busyUntil > now) return fail('conflict', t('webhooks.refused.underWay'));
    if (!webhook.isOn && event !== 'test') return fail('conflict', t('webhooks.refused.isOff'));
    const turn = delivery.turn + 1;
    await tx.webhookDelivery.update({ where: { id }, data: { turn, tries: 0, nextTryAt: now, deliveredAt: null, answer: null, failure: null, busyUntil: null }, select: { id: true } });
    await sendTurn(tx, { id, turn }, null);
    return ok({ url: webhook.url });
  });
}

/** Takes out of the log what is older than LOG_DAYS. Idempotent. */
export async function forgetDeliveries(now: Date): Promise<void> {
  await db().webhookDelivery.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - LOG_DAYS * DAY_MS) } } });
}
