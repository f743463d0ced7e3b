'use server';

import { redirect } from 'next/navigation';
import { answerWith, currentAnswer, formOf, textIn } from '@/lib/answer';
import { BOX_FIELDS } from '@/lib/comments/box';
import { askForRemoval, proveRemoval } from '@/lib/privacy/removal-commands';
import { removalPath } from '@/lib/privacy/rules';
import type { EnteredRemoval, PrivacyState } from '@/lib/privacy/schema';
import { httpStatus } from '@/lib/result';
import type { ActState } from '@/lib/subscriptions/schema';

/** Takes a request that something is taken down; its page then says until when it is answered. */
export async function askForRemovalAction(_: PrivacyState<EnteredRemoval>, sent: FormData): Promise<PrivacyState<EnteredRemoval>> {
  const form = formOf(sent);
  const entered = { place: textIn(form, 'place'), words: textIn(form, 'words'), name: textIn(form, 'name'), email: textIn(form, 'email') };
  // Filled in by a machine: it is told nothing.
  if (form.get(BOX_FIELDS.trap)) redirect('/privacy');
  const asked = await askForRemoval(entered, currentAnswer().clientIp, new Date());
  if (asked.ok) redirect(removalPath(asked.value));
  const { code, message, fields = {}, retryAfterSeconds } = asked;
  answerWith(httpStatus[code], retryAfterSeconds);
  return { message, fields, entered };
}

/** Says that the address to which the mail came is theirs. */
export async function proveRemovalAction(_: ActState, sent: FormData): Promise<ActState> {
  const token = textIn(formOf(sent), 'token');
  const proven = await proveRemoval(token, new Date());
  if (proven.ok) redirect(removalPath(token));
  answerWith(httpStatus[proven.code]);
  return { done: null, message: proven.message };
}
