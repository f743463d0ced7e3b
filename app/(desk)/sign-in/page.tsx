import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/identity/sign-in-form';
import { offeredProviders } from '@/lib/identity/offered';
import { findOwnWays } from '@/lib/identity/queries';
import { hasDesk, pathHere, sentenceOfSignIn, withQuery } from '@/lib/identity/rules';
import type { Person } from '@/lib/identity/schema';
import { currentActor, isSessionFresh } from '@/lib/identity/session';
import { signInAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';
export const generateMetadata = (): Metadata => ({ title: t('desk.titles.signIn'), robots: { index: false } });

type Props = { searchParams: Promise<Record<'to' | 'login' | 'way' | 'again', string | string[] | undefined>> };

/** The ways to sign in; who is signed in already goes on to where they were going, or belong, unless they have to sign in once more. */
export default async function Page({ searchParams }: Props) {
  const { to, login, way, again } = await searchParams;
  const actor = await currentActor();
  const wish = to === undefined ? null : pathHere(to);
  const sentence = sentenceOfSignIn(login, way);
  if (actor.kind === 'person' && sentence !== null) redirect(withQuery('/account', { login: String(login), way: String(way) }));
  if (actor.kind === 'person' && again !== undefined && !(await isSessionFresh())) return <SignInForm isAgain action={signInAction} to={wish} {...await ownWays(actor)} />;
  if (actor.kind === 'person') redirect(wish ?? (hasDesk(actor) ? '/admin' : '/account'));
  const initial = { message: sentence, email: '', sentTo: null };
  return <SignInForm action={signInAction} initial={initial} offered={offeredProviders()} to={wish} />;
}

/** Of the ways to sign in those by which they come back as themselves, and not as somebody new. */
async function ownWays(person: Person) {
  const { logins, email } = await findOwnWays(person);
  return { initial: { message: null, email: email ?? '', sentTo: null }, offered: offeredProviders().filter((provider) => logins.includes(provider)) };
}
