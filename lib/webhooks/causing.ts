import type { Tx } from '../db/client';
import { newId } from '../ids';
import { sendJob } from '../jobs';
import { siteOrigin } from '../site-origin';
import type { Facts, Happened, WebhookEvent } from './schema';

/**
 * Has every webhook told that wants to know of it, inside the transaction that causes it: with it, a delivery and its job are
 * there for each, or none. Without a webhook it is one question. `origin`: where the blog is. A step of commands.
 */
export async function causeWebhooks(tx: Tx, happened: readonly Happened[], now: Date, origin = siteOrigin()): Promise<void> {
  const events = [...new Set(happened.map(({ event }) => event))];
  if (events.length === 0) return;
  // Held, so that one that is deleted at this moment does not make the act fail.
  const webhooks = await tx.$queryRaw<{ id: string; events: string }[]>`
    SELECT id, events::text FROM "Webhook" WHERE "isOn" AND events && ${events}::"WebhookEvent"[] ORDER BY id FOR KEY SHARE`;
  const wants = (webhook: { events: string }, event: WebhookEvent) => webhook.events.slice(1, -1).split(',').includes(event);
  for (const one of happened) {
    for (const webhook of webhooks) if (wants(webhook, one.event)) await causeDelivery(tx, webhook.id, one, now, origin);
  }
}

const factsOf = (one: Happened | { event: 'test' }): Facts => {
  if (one.event === 'commentCreated') return { status: one.status, reasons: one.rules };
  if (one.event === 'commentDecided') return { status: one.status, from: one.from, decision: one.decision, reasons: one.rules };
  return { reasons: [] };
};

/** One delivery with its job, whatever the webhook wants. A step of commands. */
export async function causeDelivery(tx: Tx, webhookId: string, one: Happened | { event: 'test' }, now: Date, origin = siteOrigin()): Promise<string> {
  const id = newId();
  const about = { commentId: 'commentId' in one ? one.commentId : null, postId: 'postId' in one ? one.postId : null };
  const delivery = { id, webhookId, event: one.event, ...about, facts: factsOf(one), origin, createdAt: now, nextTryAt: now };
  await tx.webhookDelivery.create({ data: delivery, select: { id: true } });
  await sendTurn(tx, { id, turn: 0 }, null);
  return id;
}

/** Has the next turn of a delivery taken, at once or then. A step of commands. */
export async function sendTurn(tx: Tx, { id, turn }: { id: string; turn: number }, startAfter: Date | null): Promise<void> {
  await sendJob(tx, 'webhook', { id, turn }, { singletonKey: `${id} ${turn}`, ...(startAfter && { startAfter }) });
}
