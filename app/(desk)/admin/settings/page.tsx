import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { SettingsScreen } from '@/components/site/settings-screen';
import { siteOrigin } from '@/lib/site-origin';
import { readLoginSettings } from '@/lib/identity/login-settings';
import { isOwner } from '@/lib/identity/rules';
import { countQueues } from '@/lib/moderation/queries';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { reportsAction } from './actions';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Settings', robots: { index: false } };

/** How the blog is set up, for its owner. */
export default async function Page() {
  const person = await deskPerson();
  if (!isOwner(person)) notFound();
  const [counts, settings, logins] = await Promise.all([countQueues(person), site(), readLoginSettings(siteOrigin())]);
  return (
    <SettingsScreen
      logins={logins} counts={counts} site={settings} person={person} signOut={signOutAction}
      reportsToHold={settings.reportsToHold} reportsAction={reportsAction}
    />
  );
}
