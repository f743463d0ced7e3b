import { db } from '../db/client';
import { NEWEST_FIRST, olderThan } from '../db/paging';
import { hasDesk, isOwner } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { deliveryState } from './rules';
import { LOG_PAGE_DELIVERIES, type DeliveryState, type WebhookEvent, type WebhookFailure, type WebhookStop } from './schema';

/** Webhooks are the owner's; nobody else is told that there are any. */
export const mayHaveWebhooks = (actor: Actor): actor is Person => hasDesk(actor) && isOwner(actor);

export type WebhookView = {
  id: string;
  url: string;
  events: WebhookEvent[];
  isOn: boolean;
  /** Why the blog itself has switched it off. */
  stopped: WebhookStop | null;
  secretMadeAt: Date;
};

export type DeliveryView = {
  id: string;
  url: string;
  event: WebhookEvent;
  at: Date;
  state: DeliveryState;
  /** The status of the last answer. */
  answer: number | null;
  failure: WebhookFailure | null;
  tries: number;
  nextTryAt: Date | null;
  deliveredAt: Date | null;
};

export type WebhooksView = {
  webhooks: WebhookView[];
  deliveries: DeliveryView[];
  /** The cursor of the page after this one. */
  next: string | null;
  /** How many of the log were given up. */
  deadCount: number;
};

/**
 * The webhooks, oldest first, and one page of the log, newest first; for anybody but an owner there are none. `after` is the
 * id of the last delivery of the page before; an unknown one begins anew. No secret is among it.
 */
export async function findWebhooks(viewer: Person, after: string | null, now: Date): Promise<WebhooksView> {
  if (!mayHaveWebhooks(viewer)) return { webhooks: [], deliveries: [], next: null, deadCount: 0 };
  const last = after === null ? null : await db().webhookDelivery.findUnique({ where: { id: after }, select: { id: true, createdAt: true } });
  const [webhooks, rows, deadCount] = await Promise.all([
    db().webhook.findMany({ orderBy: { createdAt: 'asc' }, select: { id: true, url: true, events: true, isOn: true, stopped: true, secretMadeAt: true } }),
    db().webhookDelivery.findMany({
      where: olderThan(last), orderBy: [...NEWEST_FIRST], take: LOG_PAGE_DELIVERIES + 1,
      select: { id: true, event: true, createdAt: true, answer: true, failure: true, tries: true, nextTryAt: true, deliveredAt: true, webhook: { select: { url: true } } },
    }),
    db().webhookDelivery.count({ where: { nextTryAt: null, deliveredAt: null, failure: { notIn: ['off', 'hidden'] } } }),
  ]);
  const deliveries = rows.slice(0, LOG_PAGE_DELIVERIES).map(({ webhook: { url }, createdAt: at, ...row }): DeliveryView => ({ ...row, url, at, state: deliveryState(row, now) }));
  return { webhooks, deliveries, next: rows.length > LOG_PAGE_DELIVERIES ? (deliveries.at(-1)?.id ?? null) : null, deadCount };
}
