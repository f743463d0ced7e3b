import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/identity/sign-in-form';
import { offeredProviders } from '@/lib/identity/offered';
import { hasDesk, pathHere, sentenceOfSignIn, withQuery } from '@/lib/identity/rules';
import { currentActor } from '@/lib/identity/session';
import { signInAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';
export const generateMetadata = (): Metadata => ({ title: t('desk.titles.signIn'), robots: { index: false } });

type Props = { searchParams: Promise<Record<'to' | 'login' | 'way', string | string[] | undefined>> };

/** The ways to sign in; who is signed in already goes on to where they were going, or belong. */
export default async function Page({ searchParams }: Props) {
  const { to, login, way } = await searchParams;
  const actor = await currentActor();
  const wish = to === undefined ? null : pathHere(to);
  const sentence = sentenceOfSignIn(login, way);
  if (actor.kind === 'person' && sentence !== null) redirect(withQuery('/account', { login: String(login), way: String(way) }));
  if (actor.kind === 'person') redirect(wish ?? (hasDesk(actor) ? '/admin' : '/account'));
  const initial = { message: sentence, email: '', sentTo: null };
  return <SignInForm action={signInAction} initial={initial} offered={offeredProviders()} to={wish} />;
}
