import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { requestTime, site } from '@/app/(blog)/once';
import { DetailsNote } from '@/components/posts/details-note';
import { DiscussionScreen } from '@/components/posts/discussion-screen';
import { titleOf } from '@/components/posts/post-words';
import { countQueues } from '@/lib/moderation/queries';
import { findScreeningRules } from '@/lib/moderation/screening-rules';
import { findDeskDiscussion } from '@/lib/posts/desk';
import { listDetailsOfPost } from '@/lib/posts/private-details';
import { postIdSchema } from '@/lib/posts/schema';
import { signOutAction } from '../../../../sign-in/actions';
import { postsPerson } from '../../posts-person';
import { discussionAction } from './actions';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ id: string }> };

/** The post, asked for by title and page alike, read once in a request. */
const read = cache(async (segment: string) => {
  const person = await postsPerson();
  const id = postIdSchema.safeParse(segment);
  const [{ closeAfterDays, timeZone }, { rules }] = await Promise.all([site(), findScreeningRules()]);
  const post = id.success ? await findDeskDiscussion(person, id.data, { closeAfterDays, timeZone, sensitiveDays: rules.sensitiveDays }, requestTime()) : null;
  return post ? { person, post, rules: { closeAfterDays, sensitiveFloodSeconds: rules.sensitiveFloodSeconds } } : notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { post } = await read((await params).id);
  return { title: t('desk.titles.discussion', { title: titleOf(post) }), robots: { index: false } };
}

/** How one post is discussed. */
export default async function Page({ params }: Props) {
  const { person, post, rules } = await read((await params).id);
  const [counts, { language, timeZone }, details] = await Promise.all([countQueues(person), site(), listDetailsOfPost(post.id, person)]);
  const { userId, name, role } = person;
  return (
    <DiscussionScreen post={post} rules={rules} counts={counts} site={{ language, timeZone }} person={{ userId, name, role }} action={discussionAction.bind(null, post.id)} signOut={signOutAction}>
      <DetailsNote details={details} isPublished={post.state === 'published'} />
    </DiscussionScreen>
  );
}
