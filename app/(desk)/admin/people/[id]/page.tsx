import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { site } from '@/app/(blog)/once';
import { PersonScreen } from '@/components/people/person-screen';
import { countQueues } from '@/lib/moderation/queries';
import { findPersonView } from '@/lib/people/history';
import { historySchema, personIdSchema } from '@/lib/people/schema';
import { signOutAction } from '../../../sign-in/actions';
import { peoplePerson } from '../people-person';
import { changeRoleAction, changeStandingAction, endSessionsAction, noteAction, warnAction } from './actions';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

// By words, so that the title and the page ask once.
const read = cache(async (id: string, asked: string) => {
  const person = await peoplePerson();
  const known = personIdSchema.safeParse(id);
  const search = historySchema.parse(JSON.parse(asked));
  const view = known.success ? await findPersonView(person, known.data.toLowerCase(), search, new Date()) : null;
  return view ? { person, search, view } : notFound();
});

const readFor = async ({ params, searchParams }: Props) => read((await params).id, JSON.stringify(await searchParams));

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { view } = await readFor(props);
  return { title: view.name, robots: { index: false } };
}

/** A person, or a name on one post. */
export default async function Page(props: Props) {
  const { person, search, view } = await readFor(props);
  const [counts, settings] = await Promise.all([countQueues(person), site()]);
  const { userId, name, role } = person;
  const { language, timeZone } = settings;
  return (
    <PersonScreen
      view={view} search={search} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }}
      actions={{ role: changeRoleAction, sessions: endSessionsAction, standing: changeStandingAction, warning: warnAction, note: noteAction }} signOut={signOutAction}
    />
  );
}
