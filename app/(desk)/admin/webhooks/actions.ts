'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, formOf } from '@/lib/answer';
import type { Actor } from '@/lib/identity/schema';
import { currentActor } from '@/lib/identity/session';
import { fail, httpStatus, type Result } from '@/lib/result';
import { addWebhook, deleteWebhook, renewSecret, sendAgain, sendTest, switchWebhook } from '@/lib/webhooks/commands';
import { NOTHING_CHANGED, webhookActSchema, type WebhookAct, type WebhooksState } from '@/lib/webhooks/schema';
import { t } from '@/lib/words/t';

type Done = { url: string; secret?: string };

const ACTS: Record<WebhookAct, (actor: Actor, id: string, now: Date) => Promise<Result<Done>>> = {
  newSecret: renewSecret,
  switchOff: (actor, id) => switchWebhook(actor, id, false),
  switchOn: (actor, id) => switchWebhook(actor, id, true),
  test: sendTest,
  delete: deleteWebhook,
  again: sendAgain,
};

/** Adds a webhook, or does what one of the page's buttons says. Anyone may call it with anything. */
export async function webhookAction(_: WebhooksState, sent: FormData): Promise<WebhooksState> {
  const form = formOf(sent);
  const actor = await currentActor();
  if (form.get('act') === 'add') return add(actor, form);
  const read = webhookActSchema.safeParse({ act: form.get('act'), id: form.get('id') });
  const result = read.success ? await ACTS[read.data.act](actor, read.data.id, new Date()) : fail('malformed', t('desk.refusals.incomplete'));
  return stateAfter(result, read.success ? read.data.act : 'test');
}

async function add(actor: Actor, form: FormData): Promise<WebhooksState> {
  const typed = form.get('url');
  const entered = { url: typeof typed === 'string' ? typed : '', events: form.getAll('events').filter((event) => typeof event === 'string') };
  const state = stateAfter(await addWebhook(actor, entered, new Date()), 'added');
  return state.done === null ? { ...state, entered } : state;
}

function stateAfter(result: Result<Done>, act: WebhookAct | 'added'): WebhooksState {
  revalidatePath('/admin/webhooks');
  if (result.ok) {
    const { url, secret } = result.value;
    return { ...NOTHING_CHANGED, done: t(`webhooks.done.${act}`, { url }), secret: secret === undefined ? null : { url, secret } };
  }
  const { code, message, fields = {} } = result;
  answerWith(httpStatus[code]);
  return { ...NOTHING_CHANGED, message: Object.keys(fields).length > 0 ? null : message, fields };
}
