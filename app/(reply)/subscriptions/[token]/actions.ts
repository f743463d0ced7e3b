'use server';

import { redirect } from 'next/navigation';
import { answerWith, formOf, textIn } from '@/lib/answer';
import { httpStatus, type Result } from '@/lib/result';
import { changeSubscription, confirmSubscriptions, leaveSubscriptions, resumeSubscriptions } from '@/lib/subscriptions/commands';
import { subscriptionsPath } from '@/lib/subscriptions/rules';
import { changeSchema, leaveSchema, type ActState } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';

/** Back to the page of the address, which says what was done; a refusal says why here. */
function ended(result: Result, token: string, said: string): ActState {
  if (result.ok) redirect(`${subscriptionsPath(token)}?done=${said}`);
  answerWith(httpStatus[result.code], result.retryAfterSeconds);
  return { done: null, message: result.message };
}

/** Says that the address is whose mail this is. */
export async function confirmAction(_: ActState, sent: FormData): Promise<ActState> {
  const token = textIn(formOf(sent), 'token');
  return ended(await confirmSubscriptions(token, new Date()), token, 'confirmed');
}

/** Leaves everything, new posts, or a thread. */
export async function leaveAction(_: ActState, sent: FormData): Promise<ActState> {
  const form = formOf(sent);
  const token = textIn(form, 'token');
  return leave(form, token);
}

async function leave(form: FormData, token: string): Promise<ActState> {
  const what = leaveSchema.safeParse(textIn(form, 'what'));
  return what.success ? ended(await leaveSubscriptions(token, what.data, new Date()), token, 'left') : incomplete();
}

function incomplete(): ActState {
  answerWith(422);
  return { done: null, message: t('subscriptions.centre.choose') };
}

/** Changes how often, and of what; or sends again to an address whose mail came back. */
export async function changeAction(_: ActState, sent: FormData): Promise<ActState> {
  const form = formOf(sent);
  const token = textIn(form, 'token');
  if (textIn(form, 'intent') === 'resume') return ended(await resumeSubscriptions(token), token, 'resumed');
  if (textIn(form, 'intent') === 'leave') return leave(form, token);
  const change = changeSchema.safeParse({ what: textIn(form, 'what'), frequency: textIn(form, 'frequency'), scope: textIn(form, 'scope') });
  if (!change.success) return incomplete();
  return ended(await changeSubscription(token, change.data, new Date()), token, 'changed');
}
