'use server';

import { redirect } from 'next/navigation';
import { answerWith, currentAnswer, formOf } from '@/lib/answer';
import { keepPostKey } from '@/lib/identity/session';
import type { UnlockState } from '@/lib/posts/unlock-form';
import { unlockPost } from '@/lib/posts/unlocking';
import { httpStatus } from '@/lib/result';

/** Opens a post with a password for this browser, and leads to where it is read. */
export async function unlockAction(_: UnlockState, form: FormData): Promise<UnlockState> {
  const opened = await unlockPost(Object.fromEntries(formOf(form)), currentAnswer().clientIp, new Date());
  if (!opened.ok) {
    answerWith(httpStatus[opened.code], opened.retryAfterSeconds);
    return { message: opened.message };
  }
  if (opened.value.given) await keepPostKey(opened.value.given);
  redirect(opened.value.readAt);
}
