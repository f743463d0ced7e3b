import type { Metadata } from 'next';
import { site } from '@/app/(blog)/once';
import { PeopleScreen } from '@/components/people/people-screen';
import { countQueues } from '@/lib/moderation/queries';
import { listOpenInvitations, listPeopleFor } from '@/lib/people/queries';
import { maySeeContacts } from '@/lib/people/rules';
import { peopleSearchSchema } from '@/lib/people/schema';
import { signOutAction } from '../../sign-in/actions';
import { invitationAction } from './actions';
import { peoplePerson } from './people-person';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.people'), robots: { index: false } });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The people of the blog. */
export default async function Page({ searchParams }: Props) {
  const person = await peoplePerson();
  const now = new Date();
  const search = peopleSearchSchema.parse(await searchParams);
  const [view, open, counts, settings] = await Promise.all([listPeopleFor(person, search, now), listOpenInvitations(person, now), countQueues(person), site()]);
  const { userId, name, role } = person;
  const { language, timeZone } = settings;
  return (
    <PeopleScreen
      view={view} search={search} invitations={maySeeContacts(person) ? open : null} counts={counts} site={{ language, timeZone }}
      person={{ userId, name, role }} inviteAction={invitationAction} signOut={signOutAction}
    />
  );
}
