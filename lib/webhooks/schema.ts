import type { CommentStatus, Decision, WebhookEvent, WebhookFailure, WebhookStop } from '../db/generated/enums';
import { t } from '../words/t';
import { z } from '../zod';

export type { WebhookEvent, WebhookFailure, WebhookStop };

/** What a webhook can be told of, in the order in which it is offered. */
export const CHOSEN_EVENTS = ['commentCreated', 'commentDecided', 'postPublished'] as const satisfies readonly WebhookEvent[];
export type ChosenEvent = (typeof CHOSEN_EVENTS)[number];

/** The events as receivers know them: `type` in what is sent. For good. */
export const EVENT_TYPES = {
  commentCreated: 'comment.created',
  commentDecided: 'comment.decided',
  postPublished: 'post.published',
  test: 'webhook.test',
} as const satisfies Record<WebhookEvent, string>;

export const WEBHOOKS_MAX = 10;
export const URL_MAX_CHARACTERS = 2000;
/** So long a delivery stands in the log. */
export const LOG_DAYS = 30;
export const LOG_PAGE_DELIVERIES = 25;
/** After so many deliveries that were given up one after the other a webhook is switched off. */
export const DEAD_IN_A_ROW_MAX = 10;
/** So long the secret before a new one signs, too. */
export const OLD_SECRET_HOURS = 24;

const isWebAddress = (typed: string): boolean => URL.canParse(typed) && new URL(typed).protocol === 'https:';

/** A webhook as the owner's form sends it. */
export const newWebhookSchema = z.object({
  url: z.string().trim()
    .max(URL_MAX_CHARACTERS, { error: () => t('webhooks.refused.tooLong', { max: URL_MAX_CHARACTERS }) })
    .refine(isWebAddress, { error: () => t('webhooks.refused.noAddress') })
    .transform((typed) => new URL(typed).href),
  events: z.array(z.enum(CHOSEN_EVENTS)).min(1, { error: () => t('webhooks.refused.noEvent') }),
});
export type NewWebhook = z.infer<typeof newWebhookSchema>;

/** What can be done to a webhook by one button, and to a delivery. */
export const WEBHOOK_ACTS = ['newSecret', 'switchOff', 'switchOn', 'test', 'delete', 'again'] as const;
export const webhookActSchema = z.object({ act: z.enum(WEBHOOK_ACTS), id: z.uuid() });
export type WebhookAct = (typeof WEBHOOK_ACTS)[number];

/** What is kept of an event besides what it is about: nothing that somebody wrote. */
export const factsSchema = z.object({
  status: z.string().optional(),
  from: z.string().nullable().optional(),
  decision: z.string().optional(),
  reasons: z.array(z.string()).default([]),
});
export type Facts = z.infer<typeof factsSchema>;

/** Something that happened, as it is told of. `rules`: why, by their names (lib/moderation/schema.ts). */
export type Happened =
  | { event: 'commentCreated'; commentId: string; status: CommentStatus; rules: string[] }
  | { event: 'commentDecided'; commentId: string; decision: Decision; from: CommentStatus | null; status: CommentStatus; rules: string[] }
  | { event: 'postPublished'; postId: string };

/** `turn`: the one that is to be taken; a job of an earlier one does nothing. */
export const webhookJobSchema = z.object({ id: z.uuid(), turn: z.int() });
export type WebhookJob = z.infer<typeof webhookJobSchema>;

/** The last delivery of the page before, as it stands in an address. What is none begins anew. */
export const logCursorSchema = z.uuid().nullable().default(null).catch(null);

/** Where a delivery is on its way. `lost`: its time is over and nobody has sent it, as after a backup was restored. */
export type DeliveryState = 'waiting' | 'delivered' | 'dead' | 'lost';

/** The page between two requests. `secret` is shown this once. */
export type WebhooksState = {
  done: string | null;
  message: string | null;
  fields: Partial<Record<string, string>>;
  entered: { url: string; events: string[] } | null;
  secret: { url: string; secret: string } | null;
};

export const NOTHING_CHANGED: WebhooksState = { done: null, message: null, fields: {}, entered: null, secret: null };
