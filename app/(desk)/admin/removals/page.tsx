import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { RemovalsScreen } from '@/components/privacy/removals-screen';
import { countQueues } from '@/lib/moderation/queries';
import { listRemovals } from '@/lib/privacy/removals';
import { t } from '@/lib/words/t';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { answerRemovalAction } from './actions';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.removals'), robots: { index: false } });

/** What people who are written about want taken down. */
export default async function Page() {
  const person = await deskPerson();
  const removals = await listRemovals(person, new Date());
  if (!removals) notFound();
  const [counts, settings] = await Promise.all([countQueues(person), site()]);
  const { userId, name, role } = person;
  return <RemovalsScreen removals={removals} site={settings} counts={counts} person={{ userId, name, role }} signOut={signOutAction} answer={answerRemovalAction} />;
}
