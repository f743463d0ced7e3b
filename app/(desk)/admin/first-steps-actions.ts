'use server';

import { revalidatePath } from 'next/cache';
import { answerWith } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { httpStatus, type Failure } from '@/lib/result';
import { sendTestMail } from '@/lib/site/first-steps';
import { removeSample } from '@/lib/site/sample';
import { setStepsHidden } from '@/lib/site/settings';
import type { StepState } from '@/lib/site/step-views';
import { t } from '@/lib/words/t';

/** Removes the sample posts. */
export async function removeSampleAction(): Promise<StepState> {
  const gone = await removeSample(await currentActor());
  if (!gone.ok) return refused(gone);
  revalidatePath('/admin');
  return { done: gone.value.removed === 0 ? t('desk.done.sampleWasGone') : t('desk.done.sampleGone'), message: null };
}

/** Sends the owner a mail. */
export async function sendTestMailAction(): Promise<StepState> {
  const sent = await sendTestMail(await currentActor(), new Date());
  if (!sent.ok) return refused(sent);
  revalidatePath('/admin');
  return { done: t('desk.done.testMail', { email: sent.value }), message: null };
}

/** Shows the first steps no more. */
export async function hideStepsAction(): Promise<void> {
  await setStepsHidden(await currentActor(), true);
  revalidatePath('/admin');
}

function refused({ code, message, retryAfterSeconds }: Failure): StepState {
  answerWith(httpStatus[code], retryAfterSeconds);
  return { done: null, message };
}
