import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { site } from '@/app/(blog)/once';
import { FollowersScreen } from '@/components/subscriptions/followers-screen';
import { countQueues } from '@/lib/moderation/queries';
import { findFollowers } from '@/lib/subscriptions/followers';
import { t } from '@/lib/words/t';
import { signOutAction } from '../../sign-in/actions';
import { deskPerson } from '../desk-person';
import { importFollowersAction, testPostAction, wholePostsAction } from './actions';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('desk.titles.followers'), robots: { index: false } });

/** Who follows the blog, in numbers; what they are sent; a list to bring along. */
export default async function Page() {
  const person = await deskPerson();
  const followers = await findFollowers(person);
  if (!followers) notFound();
  const [counts, { language }] = await Promise.all([countQueues(person), site()]);
  const { userId, name, role } = person;
  return (
    <FollowersScreen
      followers={followers} language={language} counts={counts} person={{ userId, name, role }} signOut={signOutAction}
      saveWhole={wholePostsAction} test={testPostAction} bring={importFollowersAction}
    />
  );
}
