import { type FeedCommentView, listNewestComments, listNewestCommentsOn } from '../comments/feeds';
import { findSite } from '../site/queries';
import { beginningOf, plainText } from '../text/plain';
import { rss, type RssItem } from '../text/rss';
import { withWholeAddresses } from '../text/whole-addresses';
import { t } from '../words/t';
import { type FeedPostView, listFeedPosts } from './feeds';
import { findPost, keepUntilNextPublication } from './queries';
import { COMMENTS_FEED_PATH, FEED_PATH, postFeedPath, postPath } from './rules';

const EXCERPT_CHARACTERS = 280;

function postItem(post: FeedPostView, origin: string): RssItem {
  const link = origin + postPath(post);
  const { title, publishedAt, author, categories, excerpt, approvedCount } = post;
  return {
    title, link, guid: link, at: publishedAt, author: author.name, categories, excerpt, html: withWholeAddresses(post.html, link),
    comments: { link: `${link}#comments`, feed: origin + postFeedPath(post.slug), count: approvedCount },
  };
}

function commentItem({ id, name, createdAt, html, postTitle }: FeedCommentView, origin: string): RssItem {
  // Its page may change as others come: only this address is for good.
  const link = `${origin}/comments/${id}`;
  const excerpt = beginningOf(plainText(html), EXCERPT_CHARACTERS);
  return { title: t('posts.feed.comment', { name, title: postTitle }), link, guid: link, at: createdAt, author: name, categories: [], excerpt, html: withWholeAddresses(html, link) };
}

/** The newest public posts as RSS 2.0, whole, newest first. `origin`: of the addresses in it. */
export async function postsFeed(origin: string, now: Date): Promise<string> {
  const [site, posts] = await Promise.all([findSite(), listFeedPosts(now), keepUntilNextPublication(now)]);
  const { title, tagline, language } = site;
  return rss({ title, link: `${origin}/`, self: origin + FEED_PATH, description: tagline, language, items: posts.map((post) => postItem(post, origin)) });
}

/** The newest comments on all public posts and pages as RSS 2.0. Not to be kept (listNewestComments). */
export async function commentsFeed(origin: string, now: Date): Promise<string> {
  const [{ title, language }, comments] = await Promise.all([findSite(), listNewestComments(now)]);
  return rss({
    title: t('posts.feed.comments', { blog: title }), link: `${origin}/`, self: origin + COMMENTS_FEED_PATH, description: t('posts.feed.commentsAbout', { blog: title }), language,
    items: comments.map((comment) => commentItem(comment, origin)),
  });
}

/** The newest comments on the listed post at `/posts/SLUG` as RSS 2.0; null where there is none: what stands in no list has no feed. */
export async function postCommentsFeed(slug: string, origin: string, now: Date): Promise<string | null> {
  const [site, post] = await Promise.all([findSite(), findPost(slug, now), keepUntilNextPublication(now)]);
  if (!post?.isListed) return null;
  const link = origin + postPath(post);
  return rss({
    title: t('posts.feed.commentsOn', { title: post.title }), link, self: origin + postFeedPath(slug), description: t('posts.feed.commentsOnAbout', { title: post.title, blog: site.title }), language: site.language,
    items: (await listNewestCommentsOn(post.id)).map((comment) => commentItem(comment, origin)),
  });
}
