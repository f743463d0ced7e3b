import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { HealthScreen } from '@/components/site/health-screen';
import { readBackupState } from '@/lib/backup/files';
import { isOwner } from '@/lib/identity/rules';
import { readAkismetState } from '@/lib/moderation/akismet-state';
import { countQueues } from '@/lib/moderation/queries';
import { readHealth } from '@/lib/site/health';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.health'), robots: { index: false } });

/** How the blog itself is, for its owner. */
export default async function Page() {
  const person = await deskPerson();
  if (!isOwner(person)) notFound();
  const now = new Date();
  const [counts, settings, akismet, backups] = await Promise.all([countQueues(person), site(), readAkismetState(now), readBackupState()]);
  return <HealthScreen health={readHealth(now)} backups={backups} akismet={akismet} counts={counts} site={settings} person={person} signOut={signOutAction} />;
}
