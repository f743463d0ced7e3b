import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInLinkForm } from '@/components/identity/sign-in-link-form';
import { answerWith } from '@/lib/answer';
import { hasDraft } from '@/lib/comments/drafts';
import { findSignInLink } from '@/lib/identity/queries';
import { withQuery } from '@/lib/identity/rules';
import { browserHashes } from '@/lib/identity/session';
import { redeemSignInLinkAction } from '../actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';
// The token goes to no other site; with `no-referrer` a form without script would be sent from `null`, and refused.
export const generateMetadata = (): Metadata => ({ title: t('desk.titles.signIn'), robots: { index: false }, referrer: 'same-origin' });

type Props = { searchParams: Promise<{ token?: string | string[] }> };

/** What a sign-in link opens: a page with a button. Opening it, as a mail scanner does, signs nobody in. One that opens no more leads its reader back to their text. */
export default async function Page({ searchParams }: Props) {
  const { token } = await searchParams;
  const now = new Date();
  const link = typeof token === 'string' ? await findSignInLink(token, now) : null;
  if (link?.isOpen && typeof token === 'string') return <SignInLinkForm action={redeemSignInLinkAction} link={{ token, email: link.email }} />;
  if (link && (await hasDraft(await browserHashes(), link.returnTo, now))) redirect(withQuery(link.returnTo, { login: 'expired' }));
  answerWith(404);
  return <SignInLinkForm action={redeemSignInLinkAction} link={null} />;
}
