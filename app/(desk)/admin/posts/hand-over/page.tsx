import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { GiveScreen } from '@/components/posts/give-screen';
import { countQueues } from '@/lib/moderation/queries';
import { findGiving } from '@/lib/posts/authors';
import { giveAskedSchema } from '@/lib/posts/hand-over-form';
import { signOutAction } from '../../../sign-in/actions';
import { postsPerson } from '../posts-person';
import { giveAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.handOver'), robots: { index: false } });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where an owner gives a post, or all of an author's, to somebody else. */
export default async function Page({ searchParams }: Props) {
  const person = await postsPerson();
  const asked = giveAskedSchema.safeParse(await searchParams);
  const giving = asked.success ? await findGiving(person, asked.data.post) : null;
  if (!giving) notFound();
  const counts = await countQueues(person);
  const { userId, name, role } = person;
  return <GiveScreen giving={giving} isWrong={asked.data?.wrong === '1'} counts={counts} person={{ userId, name, role }} action={giveAction} signOut={signOutAction} />;
}
