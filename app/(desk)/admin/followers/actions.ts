'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, formOf } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { httpStatus, type Failure } from '@/lib/result';
import { NOTHING_SET, type SettingsState } from '@/lib/site/schema';
import { importFollowers, sendTestPost, setMailsWholePosts } from '@/lib/subscriptions/followers-commands';
import { LIST_MAX_BYTES } from '@/lib/subscriptions/lists';
import type { BringState } from '@/lib/subscriptions/bringing';
import { t } from '@/lib/words/t';

function refused({ code, message, retryAfterSeconds }: Failure): string {
  answerWith(httpStatus[code], retryAfterSeconds);
  return message;
}

/** Saves whether a mail holds the whole post. */
export async function wholePostsAction(_: SettingsState, form: FormData): Promise<SettingsState> {
  const saved = await setMailsWholePosts(await currentActor(), formOf(form).get('whole') === 'on');
  if (!saved.ok) return { ...NOTHING_SET, message: refused(saved) };
  revalidatePath('/admin/followers');
  return { ...NOTHING_SET, done: t('desk.done.saved') };
}

/** Sends the newest post to the owner. */
export async function testPostAction(_: SettingsState): Promise<SettingsState> {
  const sent = await sendTestPost(await currentActor(), new Date());
  return sent.ok ? { ...NOTHING_SET, done: t('subscriptions.followers.testSent', { address: sent.value }) } : { ...NOTHING_SET, message: refused(sent) };
}

/** Brings a list along. */
export async function importFollowersAction(_: BringState, sent: FormData): Promise<BringState> {
  const form = formOf(sent);
  const file = form.get('list');
  const text = file instanceof File && file.size <= LIST_MAX_BYTES ? await file.text() : '';
  const brought = await importFollowers(await currentActor(), { text, haveAsked: form.get('asked') === 'on' }, new Date());
  if (!brought.ok) return { message: refused(brought), report: null };
  revalidatePath('/admin/followers');
  return { message: null, report: brought.value };
}
