import type { Metadata } from 'next';
import { SignInLinkForm } from '@/components/identity/sign-in-link-form';
import { answerWith } from '@/lib/answer';
import { isOpenSignInLink } from '@/lib/identity/queries';
import { tokenHash } from '@/lib/identity/tokens';
import { redeemSignInLinkAction } from '../actions';

export const dynamic = 'force-dynamic';
// The token goes nowhere else. `no-referrer` would take the origin from the form as well, and the gate refuses such a one.
export const metadata: Metadata = { title: 'Sign in', robots: { index: false }, referrer: 'same-origin' };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

/** What a sign-in link opens: a page with a button. Opening it, as a mail scanner does, signs nobody in. */
export default async function Page({ searchParams }: Props) {
  const { token } = await searchParams;
  const isOpen = typeof token === 'string' && (await isOpenSignInLink(tokenHash(token), new Date()));
  if (!isOpen) answerWith(404);
  return <SignInLinkForm action={redeemSignInLinkAction} token={isOpen ? token : null} />;
}
