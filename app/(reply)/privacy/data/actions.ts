'use server';

import { redirect } from 'next/navigation';
import { answerWith, currentAnswer, formOf, textIn } from '@/lib/answer';
import { BOX_FIELDS } from '@/lib/comments/box';
import { askForData, eraseOwnData } from '@/lib/privacy/own-data';
import { ownDataPath } from '@/lib/privacy/rules';
import type { PrivacyState } from '@/lib/privacy/schema';
import { httpStatus } from '@/lib/result';
import { siteOrigin } from '@/lib/site-origin';
import type { ActState } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';

const SENT = `${ownDataPath()}?sent=1`;

/** Sends a link to what is kept of an address; what comes next is the same whatever that is. */
export async function askForDataAction(_: PrivacyState<string>, sent: FormData): Promise<PrivacyState<string>> {
  const form = formOf(sent);
  const email = textIn(form, 'email');
  // Filled in by a machine: it is told what everybody is.
  if (form.get(BOX_FIELDS.trap)) redirect(SENT);
  const asked = await askForData(email, { ip: currentAnswer().clientIp, origin: siteOrigin() }, new Date());
  if (asked.ok) redirect(SENT);
  const { code, message, fields = {}, retryAfterSeconds } = asked;
  answerWith(httpStatus[code], retryAfterSeconds);
  return { message, fields, entered: email };
}

/** Deletes what is kept of an address. */
export async function eraseDataAction(_: ActState, sent: FormData): Promise<ActState> {
  const form = formOf(sent);
  if (textIn(form, 'sure') !== 'on') {
    answerWith(422);
    return { done: null, message: t('privacy.data.sureWanted') };
  }
  const erased = await eraseOwnData(textIn(form, 'token'), textIn(form, 'comments') === 'remove' ? 'remove' : 'anonymise', new Date());
  if (erased.ok) redirect(`${ownDataPath()}?erased=1`);
  answerWith(httpStatus[erased.code]);
  return { done: null, message: erased.message };
}
