import { currentAnswer } from '@/lib/answer';
import { commentsFeed, type FeedAsked, type ListOfTerm, listFeed, postCommentsFeed, postsFeed } from '@/lib/posts/feed-documents';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { postPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';
import type { FeedForm } from '@/lib/text/feed';
import { KEPT } from './kept-answer';

type Props = { params: Promise<{ slug: string }> };

const TYPES: Record<FeedForm, string> = { xml: 'application/rss+xml; charset=utf-8', json: 'application/feed+json; charset=utf-8' };
// A kept one names what it shows, until that changes; of the other readers ask again, and are told when it is the same.
const CACHE_CONTROL = { kept: KEPT, asked: 'public, no-cache' };

const answer = (document: string, form: FeedForm, isKept = true): Response =>
  new Response(document, { headers: { 'Content-Type': TYPES[form], 'Cache-Control': isKept ? CACHE_CONTROL.kept : CACHE_CONTROL.asked } });

const askedFor = (form: FeedForm): FeedAsked => ({ form, origin: currentAnswer().origin });

/** The feed of the blog: its newest posts, whole. */
export const answerPosts = (form: FeedForm) => async (): Promise<Response> => answer(await postsFeed(askedFor(form), new Date()), form);

/** That of all comments. */
export const answerComments = (form: FeedForm) => async (): Promise<Response> => answer(await commentsFeed(askedFor(form), new Date()), form, false);

/** That of a category's, tag's or author's posts. */
export const answerList = (of: ListOfTerm['of'], form: FeedForm) => async (_: Request, { params }: Props): Promise<Response> => {
  const slug = parseSlug((await params).slug);
  const feed = slug === null ? null : await listFeed({ of, slug }, askedFor(form), new Date());
  return feed === null ? new Response(null, { status: 404 }) : answer(feed, form);
};

/** That of the comments on one post. */
export const answerPostComments = (form: FeedForm) => async (_: Request, { params }: Props): Promise<Response> => {
  const slug = parseSlug((await params).slug);
  const feed = slug === null ? null : await postCommentsFeed(slug, askedFor(form), new Date());
  if (feed !== null) return answer(feed, form);
  // Of a post that had this address once: where its feed is now.
  const target = slug === null ? null : await findLegacyTarget(postPath({ kind: 'post', slug }), { feed: 'rss2' }, new Date());
  return target === null ? new Response(null, { status: 404 }) : new Response(null, { status: 308, headers: { Location: target.replace(/\.xml$/, `.${form}`) } });
};
