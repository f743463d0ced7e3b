import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { HealthScreen } from '@/components/site/health-screen';
import { readBackupState } from '@/lib/backup/files';
import { isOwner } from '@/lib/identity/rules';
import { readAkismetState } from '@/lib/moderation/akismet-state';
import { countQueues } from '@/lib/moderation/queries';
import { FAILURES_SHOWN_DAYS } from '@/lib/notifications/schema';
import { LOW_DISK_BYTES, readHealth } from '@/lib/site/health';
import { freeOnDisk, readHealthFacts } from '@/lib/site/health-facts';
import { orLastKnown } from '../../last-known';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { knownOwner } from '../known-owner';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.health'), robots: { index: false } });

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How the blog itself is, for its owner; while the database is away, what the process knows by itself. */
export default async function Page() {
  const person = await knownOwner(deskPerson);
  if (!isOwner(person)) notFound();
  const now = new Date();
  const facts = await readHealthFacts(person, new Date(now.getTime() - FAILURES_SHOWN_DAYS * DAY_MS));
  const ofDatabase = facts && (await Promise.all([countQueues(person), readAkismetState(now)]).catch(() => null));
  const [settings, backups, free] = await Promise.all([orLastKnown('site', site), readBackupState(), freeOnDisk()]);
  const [counts, akismet] = ofDatabase ?? [null, null];
  const disk = free === null ? null : { bytes: free, isLow: free < LOW_DISK_BYTES };
  return <HealthScreen health={readHealth(now)} facts={ofDatabase && facts} disk={disk} backups={backups} akismet={akismet} counts={counts} site={settings} person={person} signOut={signOutAction} />;
}
