'use server';

import { redirect } from 'next/navigation';
import { answerWith, formOf } from '@/lib/answer';
import { forgetDrafts } from '@/lib/comments/drafts';
import { offeredProviders } from '@/lib/identity/offered';
import { pathHere, sentenceOfSignIn } from '@/lib/identity/rules';
import { PROVIDERS, type Provider, type SignInState } from '@/lib/identity/schema';
import { logSignIn } from '@/lib/identity/sign-in-log';
import { redeemSignInLink } from '@/lib/identity/sign-in-links';
import { beginSession, browserHashes, currentActor, currentUserAgent, endSession, isSessionFresh } from '@/lib/identity/session';
import { beginSignIn, mailSignInLink, signInByCode } from '@/lib/identity/signing-in';
import { httpStatus, type Failure } from '@/lib/result';

/** One button of the sign-in page: to a provider, for a link by e-mail, or its short code. */
export async function signInAction(_: SignInState, sent: FormData): Promise<SignInState> {
  const form = formOf(sent);
  const text = (name: string) => String(form.get(name) ?? '');
  const provider = PROVIDERS.find((one) => one === text('intent'));
  const returnTo = pathHere(text('to') || '/sign-in');
  if (provider) return goTo(provider, returnTo, false);
  const isCode = text('intent') === 'code' || (text('intent') !== 'email' && text('code').trim() !== '');
  return isCode ? enterCode(text('code'), text('email'), returnTo) : sendLink(text('email'), returnTo);
}

/** Adds a provider to the account of whoever has signed in just now. */
export async function linkProviderAction(sent: FormData): Promise<void> {
  const actor = await currentActor();
  if (actor.kind === 'guest') redirect('/sign-in?to=%2Faccount');
  const provider = PROVIDERS.find((one) => one === formOf(sent).get('intent'));
  // Their page says why, and where to do so.
  if (provider && await isSessionFresh()) await goTo(provider, '/account', true);
  redirect('/account');
}

async function goTo(provider: Provider, returnTo: string, isLinking: boolean): Promise<SignInState> {
  const address = offeredProviders().includes(provider) ? await beginSignIn(provider, returnTo, { isLinking }) : null;
  if (address !== null) redirect(address);
  return { message: sentenceOfSignIn('failed', provider), email: '', sentTo: null };
}

async function sendLink(email: string, returnTo: string): Promise<SignInState> {
  const asked = await mailSignInLink(email, returnTo);
  return asked.ok ? { message: null, email, sentTo: asked.value.email } : refused(asked, { email, sentTo: null });
}

async function enterCode(code: string, email: string, returnTo: string): Promise<SignInState> {
  const begun = await signInByCode(code);
  if (!begun.ok) return refused(begun, { email, sentTo: email });
  redirect(returnTo);
}

function refused({ code, message, retryAfterSeconds }: Failure, state: Omit<SignInState, 'message'>): SignInState {
  answerWith(httpStatus[code], retryAfterSeconds);
  return { ...state, message };
}

/** Uses up a sign-in link; the state is the sentence of a refusal. */
export async function redeemSignInLinkAction(_: string | null, form: FormData): Promise<string | null> {
  const redeemed = await redeemSignInLink(String(formOf(form).get('token') ?? ''), new Date(), await currentUserAgent());
  logSignIn('link', redeemed.ok ? null : redeemed.code);
  if (!redeemed.ok) {
    answerWith(httpStatus[redeemed.code]);
    return redeemed.message;
  }
  await beginSession(redeemed.value.sessionToken, redeemed.value.expires);
  redirect(pathHere(redeemed.value.returnTo));
}

/** Ends the session of this browser, and forgets what was being written in it. */
export async function signOutAction(): Promise<void> {
  await forgetDrafts(await browserHashes());
  await endSession();
  redirect('/');
}
