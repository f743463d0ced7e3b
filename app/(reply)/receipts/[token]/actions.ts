'use server';

import { redirect } from 'next/navigation';
import { answerWith, currentAnswer, formOf, textIn } from '@/lib/answer';
import { editOwnComment } from '@/lib/comments/own-editing';
import { leaveByReceipt, subscribeByReceipt } from '@/lib/comments/receipt-wishes';
import { withdrawComment } from '@/lib/comments/withdrawing';
import { httpStatus, type Failure } from '@/lib/result';
import { receiptPath } from '@/lib/subscriptions/rules';
import { frequencySchema, scopeSchema, type ActState, type EditState } from '@/lib/subscriptions/schema';

function refused({ code, message, retryAfterSeconds }: Failure): ActState {
  answerWith(httpStatus[code], retryAfterSeconds);
  return { done: null, message };
}

const back = (token: string, said: string): never => redirect(`${receiptPath(token)}?done=${said}`);

/** Changes the text of one's own comment. */
export async function editOwnAction(_: EditState, sent: FormData): Promise<EditState> {
  const form = formOf(sent);
  const [token, text] = [textIn(form, 'token'), textIn(form, 'text')];
  const edited = await editOwnComment(token, text, currentAnswer().clientIp, new Date());
  return edited.ok ? back(token, edited.value) : { ...refused(edited), text };
}

/** Takes it back, or changes what its writer is told of by mail. */
export async function changeReceiptAction(_: ActState, sent: FormData): Promise<ActState> {
  const form = formOf(sent);
  const token = textIn(form, 'token');
  if (textIn(form, 'intent') === 'withdraw') {
    const withdrawn = await withdrawComment(token, new Date());
    return withdrawn.ok ? back(token, 'withdrawn') : refused(withdrawn);
  }
  if (textIn(form, 'intent') === 'leave') {
    const left = await leaveByReceipt(token);
    return left.ok ? back(token, 'left') : refused(left);
  }
  const told = await subscribeByReceipt(token, { scope: scopeSchema.parse(textIn(form, 'scope')), frequency: frequencySchema.parse(textIn(form, 'frequency')) }, new Date());
  return told.ok ? back(token, told.value) : refused(told);
}
