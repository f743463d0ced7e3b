'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, formOf, textIn } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { answerRemoval } from '@/lib/privacy/removal-commands';
import { NOTHING_ANSWERED, type AnswerState } from '@/lib/privacy/schema';
import { httpStatus } from '@/lib/result';

/** Answers a request. */
export async function answerRemovalAction(_: AnswerState, sent: FormData): Promise<AnswerState> {
  const form = formOf(sent);
  const [id, outcome, answer] = [textIn(form, 'id'), textIn(form, 'outcome'), textIn(form, 'answer')];
  const answered = await answerRemoval(await currentActor(), { id, outcome, answer }, new Date());
  if (!answered.ok) {
    answerWith(httpStatus[answered.code]);
    return { message: answered.message, outcome, answer };
  }
  revalidatePath('/admin/removals');
  return NOTHING_ANSWERED;
}
