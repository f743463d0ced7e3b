import { t } from '../words/t';
import type { DeliveryState, WebhookFailure } from './schema';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * So many seconds lie between one try and the next: at first a moment, in the end hours, all together about a day. Source of
 * the shape: Standard Webhooks, “Deliverability and reliability”.
 */
export const RETRY_SECONDS = [5, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 8 * HOUR, 8 * HOUR] as const;
/** A receiver that asks for more time is given so much at most. */
const PATIENCE_SECONDS = 8 * HOUR;
/** So long after its time a delivery that nobody sends has lost its job. */
const LOST_AFTER_MS = HOUR * 1000;

/** When a delivery is tried again that has been tried so often and failed; null: never. `retryAfterSeconds`: what the receiver asks for. */
export function nextTryAfter(tries: number, retryAfterSeconds: number | null, now: Date): Date | null {
  const seconds = RETRY_SECONDS[tries - 1];
  if (seconds === undefined) return null;
  return new Date(now.getTime() + 1000 * Math.max(seconds, Math.min(retryAfterSeconds ?? 0, PATIENCE_SECONDS)));
}

/** What became of one try. `answer`: the status, where there was one. */
export type Outcome = { failure: WebhookFailure | null; answer: number | null; retryAfterSeconds: number | null };

/** What an answer means: 2xx is a yes, all else is none, a redirect too. */
export const outcomeOf = (status: number, retryAfterSeconds: number | null): Outcome =>
  ({ failure: status >= 200 && status < 300 ? null : 'refused', answer: status, retryAfterSeconds });

export const GONE = 410;

/** Nothing more is tried after these, and nobody's address is to blame. */
export const isNoFault = (failure: WebhookFailure): boolean => failure === 'off' || failure === 'hidden';

type Sent = { deliveredAt: Date | null; nextTryAt: Date | null };

/** Where a delivery is on its way. */
export function deliveryState({ deliveredAt, nextTryAt }: Sent, now: Date): DeliveryState {
  if (deliveredAt) return 'delivered';
  if (!nextTryAt) return 'dead';
  return nextTryAt.getTime() + LOST_AFTER_MS < now.getTime() ? 'lost' : 'waiting';
}

/** Why a delivery was not made, for the owner; null where nothing has failed. */
export function failureSentence(failure: WebhookFailure | null, answer: number | null): string | null {
  if (failure === null) return null;
  return failure === 'refused' ? t('webhooks.failure.refused', { status: String(answer ?? 0) }) : t(`webhooks.failure.${failure}`);
}
