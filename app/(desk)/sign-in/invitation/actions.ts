'use server';

import { redirect } from 'next/navigation';
import { answerWith, formOf } from '@/lib/answer';
import { beginSession } from '@/lib/identity/session';
import { logSignIn } from '@/lib/identity/sign-in-log';
import { acceptInvitation } from '@/lib/people/invitations';
import { httpStatus } from '@/lib/result';

/** Accepts an invitation and signs its person in, or sends them to do so where they have an account of their own; the state is the sentence of a refusal. */
export async function acceptInvitationAction(_: string | null, form: FormData): Promise<string | null> {
  const accepted = await acceptInvitation(String(formOf(form).get('token') ?? ''), new Date());
  if (!accepted.ok) {
    logSignIn('invitation', accepted.code);
    answerWith(httpStatus[accepted.code]);
    return accepted.message;
  }
  const { session, hasDesk } = accepted.value;
  const path = hasDesk ? '/admin' : '/';
  if (!session) redirect(`/sign-in?to=${encodeURIComponent(path)}`);
  logSignIn('invitation');
  await beginSession(session.sessionToken, session.expires);
  redirect(path);
}
