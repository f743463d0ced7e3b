import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { PeopleLog } from '@/components/people/people-log';
import { logCursorSchema } from '@/lib/moderation/log-filter';
import { countQueues } from '@/lib/moderation/queries';
import { listPeopleActs } from '@/lib/people/history';
import { maySeePeople } from '@/lib/people/rules';
import { signOutAction } from '../../../sign-in/actions';
import { deskPerson } from '../../desk-person';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Log of people', robots: { index: false } };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What was done about people, for moderators and owners. */
export default async function Page({ searchParams }: Props) {
  const person = await deskPerson();
  if (!maySeePeople(person)) notFound();
  const before = logCursorSchema.parse((await searchParams).before);
  const [acts, counts, { language, timeZone }] = await Promise.all([listPeopleActs(person, before), countQueues(person), site()]);
  const { name, role } = person;
  return <PeopleLog acts={acts} isFirstPage={before === null} counts={counts} site={{ language, timeZone }} person={{ name, role }} signOut={signOutAction} />;
}
