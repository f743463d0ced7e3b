import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { AccountFrame } from '@/components/account/account-frame';
import { AccountScreen } from '@/components/account/account-screen';
import { findAccount, listOwnComments, listSessions } from '@/lib/account/queries';
import { hasDesk } from '@/lib/identity/rules';
import { currentSessionHash } from '@/lib/identity/session';
import { signOutAction } from '../sign-in/actions';
import { accountPerson } from './account-person';
import { changeProfileAction, endSessionAction, keepAccountAction, signOutEverywhereAction, unlinkAction } from './actions';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Your account', robots: { index: false } };

const LATEST_COMMENTS = 3;

type Props = { searchParams: Promise<{ kept?: string | string[] }> };

/** A person's own account. */
export default async function Page({ searchParams }: Props) {
  const { kept } = await searchParams;
  const person = await accountPerson('/account');
  const now = new Date();
  const [account, sessions, latest, { language, timeZone }] = await Promise.all([
    findAccount(person), listSessions(person, await currentSessionHash(), now), listOwnComments(person, null, now, LATEST_COMMENTS), site(),
  ]);
  if (!account) redirect('/');
  return (
    <AccountFrame here="account" title="Your account" person={{ hasDesk: hasDesk(person) }} signOut={signOutAction}>
      <AccountScreen
        account={account} sessions={sessions} latest={latest} site={{ language, timeZone }} notice={kept && !account.deletion ? 'Your account stays.' : null} offered={[]} link={null}
        changeProfile={changeProfileAction} unlink={unlinkAction} endSession={endSessionAction} signOutEverywhere={signOutEverywhereAction} keep={keepAccountAction}
      />
    </AccountFrame>
  );
}
