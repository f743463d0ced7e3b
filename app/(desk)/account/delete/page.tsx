import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { AccountFrame } from '@/components/account/account-frame';
import { DeletionForm } from '@/components/account/deletion-form';
import { DeletionHelp } from '@/components/account/deletion-help';
import { KeepAccountForm } from '@/components/account/keep-account-form';
import { findAccount, findOwnRefusalToDelete } from '@/lib/account/queries';
import type { Person } from '@/lib/identity/schema';
import { currentActor } from '@/lib/identity/session';
import { signOutAction } from '../../sign-in/actions';
import { keepAccountAction, requestDeletionAction } from '../actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';
export const generateMetadata = (): Metadata => ({ title: t('desk.titles.deleteAccount'), robots: { index: false } });

/** How an account is deleted: the form for whoever is signed in, the way there for everybody else. */
export default async function Page() {
  const actor = await currentActor();
  const person = actor.kind === 'person' ? actor : null;
  return (
    <AccountFrame here="delete" title={t('desk.titles.deleteAccount')} person={person} signOut={signOutAction}>
      {person ? <Deletion person={person} /> : <DeletionHelp />}
    </AccountFrame>
  );
}

async function Deletion({ person }: { person: Person }) {
  const [account, refusal, { language, timeZone }] = await Promise.all([findAccount(person), findOwnRefusalToDelete(person), site()]);
  if (!account) redirect('/');
  if (account.deletion) return <KeepAccountForm deletion={account.deletion} site={{ language, timeZone }} keep={keepAccountAction} />;
  if (refusal !== null) return <p className="form-alert">{refusal}</p>;
  return <DeletionForm action={requestDeletionAction} />;
}
