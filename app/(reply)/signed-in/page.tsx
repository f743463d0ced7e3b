import type { Metadata } from 'next';
import { SignedIn } from '@/components/identity/signed-in';
import { pathHere, sentenceOfSignIn } from '@/lib/identity/rules';
import { NOT_JOINED } from '@/lib/identity/schema';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';
export const generateMetadata = (): Metadata => ({ title: t('layout.pages.signIn'), robots: { index: false } });

type Props = { searchParams: Promise<Record<'popup' | 'to' | 'login' | 'way', string | string[] | undefined>> };

/** The last page of a sign-in in a window of its own: it tells the page with the box, and closes. */
export default async function Page({ searchParams }: Props) {
  const { popup, to, login, way } = await searchParams;
  const nonce = typeof popup === 'string' && /^[\w-]{16,64}$/.test(popup) ? popup : null;
  return <SignedIn popup={nonce} back={pathHere(to)} isSignedIn={login === undefined || login === NOT_JOINED} sentence={sentenceOfSignIn(login, way)} />;
}
