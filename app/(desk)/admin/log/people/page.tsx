import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { PeopleLog } from '@/components/people/people-log';
import { logCursorSchema } from '@/lib/moderation/log-filter';
import { countQueues } from '@/lib/moderation/queries';
import { peopleLogSchema } from '@/lib/people/log-filter';
import { findPeopleLog } from '@/lib/people/people-log';
import { maySeePeople } from '@/lib/people/rules';
import { signOutAction } from '../../../sign-in/actions';
import { deskPerson } from '../../desk-person';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.peopleLog'), robots: { index: false } });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What was done about people, for moderators and owners. */
export default async function Page({ searchParams }: Props) {
  const person = await deskPerson();
  if (!maySeePeople(person)) notFound();
  const asked = await searchParams;
  const filter = peopleLogSchema.parse(asked);
  const before = logCursorSchema.parse(asked.before);
  const { language, timeZone } = await site();
  const [view, counts] = await Promise.all([findPeopleLog(person, filter, timeZone, before), countQueues(person)]);
  const { userId, name, role } = person;
  return <PeopleLog view={view} filter={filter} isFirstPage={before === null} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} signOut={signOutAction} />;
}
