'use server';

import { redirect } from 'next/navigation';
import { answerWith, formOf } from '@/lib/answer';
import { redeemSignInLink } from '@/lib/identity/sign-in-links';
import { beginSession, endSession } from '@/lib/identity/session';
import { httpStatus } from '@/lib/result';

/** Uses up a sign-in link; the state is the sentence of a refusal. */
export async function redeemSignInLinkAction(_: string | null, form: FormData): Promise<string | null> {
  const redeemed = await redeemSignInLink(String(formOf(form).get('token') ?? ''), new Date());
  if (!redeemed.ok) {
    answerWith(httpStatus[redeemed.code]);
    return redeemed.message;
  }
  await beginSession(redeemed.value.sessionToken, redeemed.value.expires);
  redirect('/admin/comments');
}

/** Ends the session of this browser. */
export async function signOutAction(): Promise<void> {
  await endSession();
  redirect('/');
}
