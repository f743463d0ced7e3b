import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { cache } from 'react';
import { Discussion } from '@/components/comments/discussion';
import { LockedPost } from '@/components/posts/locked-post';
import { PostArticle } from '@/components/posts/post-article';
import { StructuredData } from '@/components/posts/structured-data';
import { findDiscussion } from '@/lib/comments/discussion';
import { currentAnswer } from '@/lib/answer';
import { isBeginning } from '@/lib/comments/rules';
import type { DiscussionPlace } from '@/lib/comments/schema';
import { findLocked, type LockedView } from '@/lib/posts/locked';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { findPage, type PostView } from '@/lib/posts/queries';
import { postPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';
import { t } from '@/lib/words/t';
import { placeFound } from '../discussion-place';
import { foundAs } from '../found-as';
import { machineWords } from '../machine-words';
import { requestTime, site } from '../once';
import { unlockAction } from '../unlock/actions';

/** The page, or the way to where an imported blog's address of one part leads now. `search`: what was asked of the old blog. */
const pageAt = cache(async (segment: string, search: string): Promise<PostView | LockedView> => {
  const slug = parseSlug(segment);
  if (slug === null) notFound();
  const page = (await findPage(slug, requestTime())) ?? (await findLocked('page', slug, requestTime()));
  if (page && search === '') return page;
  const target = await findLegacyTarget(`/${segment}`, Object.fromEntries(new URLSearchParams(search)), requestTime());
  if (target) permanentRedirect(target);
  return page ?? notFound();
});

/** Title, description and canonical address of a page on one page of its discussion. */
export async function pageMetadata(segment: string, place: DiscussionPlace, search = ''): Promise<Metadata> {
  const page = await pageAt(segment, search);
  if ('isForm' in page) return { title: page.title, description: null, robots: { index: false } };
  return foundAs({ ...placeFound(page, place), description: page.excerpt, about: 'post', post: page });
}

/** A page with what was once said below it; nothing new is said below pages. */
export async function PageScreen({ segment, place, search = '' }: { segment: string; place: DiscussionPlace; search?: string }) {
  const page = await pageAt(segment, search);
  if (!('isForm' in page)) return <PageWhole page={page} place={place} />;
  return isBeginning(place) ? <LockedPost action={unlockAction} post={page} /> : notFound();
}

/** A page whole, whoever was let in to it. */
export async function PageWhole({ page, place }: { page: PostView; place: DiscussionPlace }) {
  const { author } = page;
  const [settings, discussion] = await Promise.all([
    site(),
    findDiscussion({ id: page.id, authorId: author.id, authorIsClaimed: author.claimed }, place),
  ]);
  if (!discussion) notFound();
  const isSilent = discussion.threads.length === 0 && discussion.mentions.length === 0;
  return (
    <PostArticle post={page} site={settings} address={currentAnswer().origin + postPath(page)}>
      {page.isListed && <StructuredData data={machineWords(page, discussion, settings)} />}
      {!isSilent && (
        <Discussion post={{ ...page, commentsOpen: false }} discussion={discussion} site={settings}>
          <p className="comments-closed">{t('comments.closing.closed')}</p>
        </Discussion>
      )}
    </PostArticle>
  );
}
