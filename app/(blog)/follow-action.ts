'use server';

import { redirect } from 'next/navigation';
import { answerWith, currentAnswer, formOf, textIn } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { httpStatus } from '@/lib/result';
import { siteOrigin } from '@/lib/site-origin';
import { followBlog } from '@/lib/subscriptions/commands';
import type { FollowState } from '@/lib/subscriptions/schema';

/** Takes an address that wants to be told of new posts; what comes next stands on a page of its own. */
export async function followAction(_: FollowState, sent: FormData): Promise<FollowState> {
  const form = formOf(sent);
  const email = textIn(form, 'follow-email');
  // Filled in by a machine: it is told what everybody is.
  if (form.get('subject')) redirect('/subscriptions');
  const followed = await followBlog(await currentActor(), email, { ip: currentAnswer().clientIp, origin: siteOrigin() }, new Date());
  if (followed.ok) redirect(followed.value === 'follows' ? '/subscriptions?follows=1' : '/subscriptions');
  const { code, message, fields = {}, retryAfterSeconds } = followed;
  answerWith(httpStatus[code], retryAfterSeconds);
  return { message, fields, email };
}
