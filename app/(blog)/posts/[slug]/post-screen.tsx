import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { cache } from 'react';
import { CommentForm } from '@/components/comments/comment-form';
import { Discussion } from '@/components/comments/discussion';
import { LockedPost } from '@/components/posts/locked-post';
import { PostArticle } from '@/components/posts/post-article';
import { StructuredData } from '@/components/posts/structured-data';
import { FollowForm } from '@/components/subscriptions/follow-form';
import { currentAnswer, keepUntil, offerMentions } from '@/lib/answer';
import { findDiscussion } from '@/lib/comments/discussion';
import { pageFormToken } from '@/lib/comments/form-token';
import { discussionPath, isBeginning } from '@/lib/comments/rules';
import type { DiscussionPlace } from '@/lib/comments/schema';
import { A_GUEST, NOTHING_ENTERED } from '@/lib/comments/box';
import { offeredProviders } from '@/lib/identity/offered';
import { WEBMENTION_PATH } from '@/lib/mentions/schema';
import { findLocked, type LockedView } from '@/lib/posts/locked';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { findPost, type PostView } from '@/lib/posts/queries';
import { findMorePosts } from '@/lib/posts/related';
import { postPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';
import { findAbout, findConduct } from '@/lib/site/identity';
import { siteOrigin } from '@/lib/site-origin';
import { t } from '@/lib/words/t';
import { placeFound } from '../../discussion-place';
import { followAction } from '../../follow-action';
import { foundAs } from '../../found-as';
import { machineWords } from '../../machine-words';
import { requestTime, site } from '../../once';
import { unlockAction } from '../../unlock/actions';
import { submitCommentAction } from './actions';

/** The post, or what asks for its password; an address that it once had leads to the one that it has. */
const postAt = cache(async (segment: string): Promise<PostView | LockedView> => {
  const slug = parseSlug(segment);
  if (slug === null) notFound();
  return (await findPost(slug, requestTime())) ?? (await findLocked('post', slug, requestTime())) ?? leadOn(slug);
});

async function leadOn(slug: string): Promise<never> {
  const target = await findLegacyTarget(postPath({ kind: 'post', slug }), {}, requestTime());
  return target ? permanentRedirect(target) : notFound();
}

/** Title, description and canonical address of a post on one page of its discussion. */
export async function postMetadata(segment: string, place: DiscussionPlace): Promise<Metadata> {
  const post = await postAt(segment);
  if ('isForm' in post) return { title: post.title, description: null, robots: { index: false } };
  const feeds = post.isListed ? [{ base: postPath(post), title: t('posts.feed.commentsOn', { title: post.title }) }] : [];
  return foundAs({ ...placeFound(post, place), description: post.excerpt, about: 'post', feeds, post, mentionsAt: await mentionsAt(post) });
}

/** A post with one page of its discussion and the box of a guest: the same for every reader. */
export async function PostScreen({ segment, place }: { segment: string; place: DiscussionPlace }) {
  const post = await postAt(segment);
  if (!('isForm' in post)) return <PostWhole post={post} place={place} />;
  return isBeginning(place) ? <LockedPost action={unlockAction} post={post} /> : notFound();
}

/** Where other sites tell of pages that link here, said in a header too, for machines that read no page. */
async function mentionsAt(post: PostView): Promise<string | undefined> {
  const { acceptsMentions } = await site();
  if (!acceptsMentions || !post.commentsOpen) return undefined;
  const endpoint = siteOrigin() + WEBMENTION_PATH;
  offerMentions(endpoint);
  return endpoint;
}

/** A post whole, whoever was let in to it. */
export async function PostWhole({ post, place }: { post: PostView; place: DiscussionPlace }) {
  const { author, slug, commentsOpen, closing, care, helpline } = post;
  const [settings, about, conduct, more, discussion] = await Promise.all([
    site(),
    findAbout(),
    findConduct(),
    post.isLocked ? undefined : findMorePosts(post, requestTime()),
    findDiscussion({ id: post.id, authorId: author.id, authorIsClaimed: author.claimed }, place),
  ]);
  if (!discussion) notFound();
  const form = pageFormToken(post.id, requestTime());
  if (commentsOpen) keepUntil(form.keepUntil);
  return (
    <PostArticle post={post} site={settings} more={more} about={about} follow={<FollowForm place="post" action={followAction} />} address={currentAnswer().origin + postPath(post)}>
      {post.isListed && <StructuredData data={machineWords(post, discussion, settings)} />}
      <Discussion post={post} discussion={discussion} site={settings}>
        <CommentForm
          action={submitCommentAction}
          initial={{ message: null, fields: {}, entered: NOTHING_ENTERED, parent: null }}
          post={{ slug, href: discussionPath(post, place.page, place.order), commentsOpen, closing, care, helpline }}
          token={form.token}
          identity={A_GUEST}
          offered={offeredProviders()}
          site={{ language: settings.language, timeZone: settings.timeZone }}
          conduct={conduct}
        />
      </Discussion>
    </PostArticle>
  );
}
