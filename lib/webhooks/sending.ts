import type { LookupFunction } from 'node:net';
import { db, type Tx } from '../db/client';
import { guardedFetch, refusalOf } from '../media/guarded-fetch';
import { isPublished, isReachable } from '../posts/rules';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { sendTurn } from './causing';
import { payloadOf, type ToldPost } from './payload';
import { GONE, isNoFault, nextTryAfter, outcomeOf, type Outcome } from './rules';
import { DEAD_IN_A_ROW_MAX, factsSchema, type WebhookEvent, type WebhookJob } from './schema';
import { secretsNow, signedHeaders } from './signature';

/** For all of it; a receiver answers first and works afterwards. */
const SEND_MS = 15_000;
const IDLE_MS = 10_000;
/** So much of an answer is read, and nothing of it kept. */
const ANSWER_MAX_BYTES = 16 * 1024;
/** Longer than a try takes, shorter than its job may. */
const BUSY_MS = 45_000;

/** Only in tests is anything inside our own network told. */
export type SendTo = { trustedOrigin: string | null; resolve?: LookupFunction };
const TO_THE_WEB: SendTo = { trustedOrigin: null };

const postSelect = { kind: true, slug: true, title: true, excerpt: true, status: true, publishedAt: true } as const;

const claimedSelect = {
  id: true, turn: true, tries: true, event: true, facts: true, origin: true, createdAt: true, busyUntil: true, webhookId: true,
  webhook: { select: { id: true, url: true, isOn: true, secretNumber: true, secretMadeAt: true } },
  comment: { select: { publicId: true, kind: true, name: true, html: true, createdAt: true, parent: { select: { publicId: true } }, edits: { select: { publicId: true } }, post: { select: postSelect } } },
  post: { select: postSelect },
} as const;

/** Takes a turn of a delivery in hand: of two at once one does. */
async function claim({ id, turn }: WebhookJob, now: Date) {
  const busyUntil = new Date(now.getTime() + BUSY_MS);
  const { count } = await db().webhookDelivery.updateMany({
    where: { id, turn, nextTryAt: { not: null }, OR: [{ busyUntil: null }, { busyUntil: { lte: now } }] }, data: { busyUntil },
  });
  return count === 0 ? null : db().webhookDelivery.findFirst({ where: { id, turn, busyUntil }, select: claimedSelect });
}

type Claimed = NonNullable<Awaited<ReturnType<typeof claim>>>;

/**
 * Takes one turn of a delivery: sends it, and notes what came of it; after a failure another turn follows, until it is given
 * up. Idempotent: a turn that is over is not taken again; who dies in the middle sends it again, by the same id.
 * Refuses: `conflict` while another worker has it in hand.
 */
export async function deliverWebhook(job: WebhookJob, now: Date, to = TO_THE_WEB): Promise<Result> {
  const claimed = await claim(job, now);
  if (claimed) {
    const outcome = await attempt(claimed, to, now);
    await db().$transaction((tx) => note(tx, claimed, outcome, now));
    return ok();
  }
  const isBusy = (await db().webhookDelivery.count({ where: { ...job, nextTryAt: { not: null } } })) > 0;
  return isBusy ? fail('conflict', t('webhooks.refused.underWay')) : ok();
}

type PostRow = NonNullable<Claimed['post']>;
const toldPost = ({ status, ...post }: PostRow, now: Date): ToldPost => ({ ...post, isOpen: isReachable({ status, publishedAt: post.publishedAt }, now) });

const without = (failure: Outcome['failure']): Outcome => ({ failure, answer: null, retryAfterSeconds: null });

async function attempt(claimed: Claimed, to: SendTo, now: Date): Promise<Outcome> {
  const { id, event, webhook, comment, post, origin, createdAt: at } = claimed;
  if (!webhook.isOn && event !== 'test') return without('off');
  if (post && !isPublished(post, now)) return without('hidden');
  const about = comment ? { comment: { ...comment, post: toldPost(comment.post, now) } } : post ? { post: toldPost(post, now) } : null;
  const body = payloadOf({ event, at, origin, facts: factsSchema.parse(claimed.facts) }, about);
  return send(webhook.url, body, signedHeaders(id, body, secretsNow(webhook, now), now), to);
}

/** Sends a message, through the one guard. */
async function send(url: string, body: string, signed: Record<string, string>, to: SendTo): Promise<Outcome> {
  const sent = await guardedFetch(url, {
    protocols: ['https:'], headers: { 'content-type': 'application/json', 'user-agent': 'Soapbox Webhooks', ...signed }, body,
    redirectsMax: 0, maxBytes: ANSWER_MAX_BYTES, wholeMs: SEND_MS, idleMs: IDLE_MS, ...to,
  });
  if (!sent.ok) return without(sent.code === 'forbidden' ? 'inside' : 'silent');
  const { status, retryAfterSeconds, body: answer, close } = sent.value;
  // To its end where that is near: who is hung up on may think that it was not heard.
  try {
    for await (const chunk of answer) void chunk;
  } catch (error) {
    refusalOf(error);
  } finally {
    close();
  }
  return outcomeOf(status, retryAfterSeconds);
}

const isTest = (event: WebhookEvent): boolean => event === 'test';

async function note(tx: Tx, claimed: Claimed, { failure, answer, retryAfterSeconds }: Outcome, now: Date): Promise<void> {
  const { id, turn, busyUntil, event, webhookId } = claimed;
  const tries = claimed.tries + 1;
  // Before the delivery, as who deletes it does.
  await tx.$queryRaw`SELECT 1 FROM "Webhook" WHERE id = ${webhookId}::uuid FOR NO KEY UPDATE`;
  const isOver = failure === null || isNoFault(failure) || answer === GONE || isTest(event);
  const nextTryAt = isOver ? null : nextTryAfter(tries, retryAfterSeconds, now);
  const { count } = await tx.webhookDelivery.updateMany({
    where: { id, turn, busyUntil }, data: { turn: turn + 1, tries, busyUntil: null, triedAt: now, nextTryAt, answer, failure, deliveredAt: failure === null ? now : null },
  });
  // Deleted meanwhile, sent again, or taken up by another after this one was thought dead.
  if (count === 0) return;
  if (nextTryAt) return sendTurn(tx, { id, turn: turn + 1 }, nextTryAt);
  if (failure === null) await tx.webhook.updateMany({ where: { id: webhookId, deadInARow: { gt: 0 } }, data: { deadInARow: 0 } });
  else if (!isNoFault(failure) && !isTest(event)) await countDead(tx, webhookId, answer === GONE);
}

/** One more delivery is given up; after so many the webhook is switched off, and at once where its address is gone for good. */
async function countDead(tx: Tx, id: string, isGone: boolean): Promise<void> {
  const { deadInARow } = await tx.webhook.update({ where: { id }, data: { deadInARow: { increment: 1 } }, select: { deadInARow: true } });
  if (isGone || deadInARow >= DEAD_IN_A_ROW_MAX) await tx.webhook.updateMany({ where: { id, isOn: true }, data: { isOn: false, stopped: isGone ? 'gone' : 'dead' } });
}
