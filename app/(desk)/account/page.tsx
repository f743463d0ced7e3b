import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { AccountFrame } from '@/components/account/account-frame';
import { AccountScreen } from '@/components/account/account-screen';
import { findAccount, findOwnNotice, listOwnComments, listSessions } from '@/lib/account/queries';
import { offeredProviders } from '@/lib/identity/offered';
import { hasPosts, isFresh, sentenceOfSignIn } from '@/lib/identity/rules';
import { PROVIDERS, WAY_NAMES } from '@/lib/identity/schema';
import { currentSessionHash } from '@/lib/identity/session';
import { linkProviderAction, signOutAction } from '../sign-in/actions';
import { accountPerson } from './account-person';
import { changeProfileAction, endSessionAction, keepAccountAction, noticesAction, readWarningAction, signOutEverywhereAction, unlinkAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';
export const generateMetadata = (): Metadata => ({ title: t('desk.titles.account'), robots: { index: false } });

const LATEST_COMMENTS = 3;

type Asked = Record<'kept' | 'login' | 'way' | 'added', string | string[] | undefined>;
type Props = { searchParams: Promise<Asked> };

/** What has just happened, where this page was come back to; null where nothing has. */
function noticeOf({ kept, login, way, added }: Asked, isLeaving: boolean): string | null {
  const provider = PROVIDERS.find((one) => one === added);
  if (provider) return t('desk.account.loginAdded', { provider: WAY_NAMES[provider] });
  return kept && !isLeaving ? t('desk.account.kept') : sentenceOfSignIn(login, way);
}

/** A person's own account. */
export default async function Page({ searchParams }: Props) {
  const asked = await searchParams;
  const person = await accountPerson('/account');
  const now = new Date();
  const [account, standing, sessions, latest, { language, timeZone }] = await Promise.all([
    findAccount(person), findOwnNotice(person, now), listSessions(person, await currentSessionHash(), now), listOwnComments(person, null, now, LATEST_COMMENTS), site(),
  ]);
  if (!account) redirect('/');
  const here = sessions.find(({ isHere }) => isHere);
  return (
    <AccountFrame here="account" title={t('desk.titles.account')} person={person} signOut={signOutAction}>
      <AccountScreen
        account={account} standing={standing} sessions={sessions} latest={latest} site={{ language, timeZone }} notice={noticeOf(asked, account.deletion !== null)} offered={offeredProviders()} link={linkProviderAction} mayChangeLogins={here !== undefined && isFresh(here.since, now)}
        changeProfile={changeProfileAction} unlink={unlinkAction} endSession={endSessionAction} signOutEverywhere={signOutEverywhereAction} writer={hasPosts(person) ? person.userId : null} keep={keepAccountAction}
        setNotices={noticesAction} readWarning={readWarningAction}
      />
    </AccountFrame>
  );
}
