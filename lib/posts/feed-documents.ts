import { type FeedCommentView, listNewestComments, listNewestCommentsOn } from '../comments/feeds';
import { TOUCH_ICON_SIDE_PX, sitePicturePath } from '../media/site-picture-names';
import { findSiteLook } from '../site/identity';
import { findSite } from '../site/queries';
import { type Feed, type FeedForm, type FeedItem, printFeed } from '../text/feed';
import { beginningOf, plainText } from '../text/plain';
import { withWholeAddresses } from '../text/whole-addresses';
import { t } from '../words/t';
import { commentsFeedPath, feedPath, postFeedPath } from './feed-paths';
import { type FeedPostView, listFeedPosts } from './feeds';
import { findAuthor, findCategory, findTag, type PostFilter } from './lists';
import { findPost, keepUntilNextPublication } from './queries';
import { authorPath, categoryPath, postPath, tagPath } from './rules';

const EXCERPT_CHARACTERS = 280;

/** Which form of a feed is asked for, and under which origin its addresses stand. */
export type FeedAsked = { form: FeedForm; origin: string };
/** A list that has a feed, besides that of the blog. */
export type ListOfTerm = { of: 'category' | 'tag' | 'author'; slug: string };

function postItem(post: FeedPostView, origin: string): FeedItem {
  const link = origin + postPath(post);
  const { id, title, publishedAt, updatedAt, author, categories, excerpt, approvedCount, cover } = post;
  return {
    // Its address is its author's to change, and its readers have read it.
    id: `urn:uuid:${id}`, title, link, at: publishedAt, changedAt: updatedAt, author: { name: author.name, link: author.slug && origin + authorPath(author.slug) },
    categories, excerpt, html: withWholeAddresses(post.html, link), picture: cover && origin + cover.path,
    comments: { link: `${link}#comments`, feed: origin + postFeedPath(post.slug), count: approvedCount },
  };
}

function commentItem({ id, name, createdAt, html, postTitle }: FeedCommentView, origin: string): FeedItem {
  // Its page may change as others come: only this address is for good.
  const link = `${origin}/comments/${id}`;
  const excerpt = beginningOf(plainText(html), EXCERPT_CHARACTERS);
  return { id: link, title: t('posts.feed.comment', { name, title: postTitle }), link, at: createdAt, changedAt: createdAt, author: { name, link: null }, categories: [], excerpt, html: withWholeAddresses(html, link), picture: null };
}

/** What every feed of the blog says of it, read at once with what is in it. */
async function findBlog(origin: string) {
  const [{ title, tagline, language }, { icon }] = await Promise.all([findSite(), findSiteLook()]);
  return { title, tagline, language, icon: icon && origin + sitePicturePath({ sha256: icon, side: TOUCH_ICON_SIDE_PX, format: 'png' }) };
}

const printPosts = (feed: Omit<Feed, 'items'>, posts: FeedPostView[], { form, origin }: FeedAsked): string =>
  printFeed({ ...feed, items: posts.map((post) => postItem(post, origin)) }, form);

/** The newest public posts, whole, newest first. */
export async function postsFeed(asked: FeedAsked, now: Date): Promise<string> {
  const { form, origin } = asked;
  const [{ title, tagline, language, icon }, posts] = await Promise.all([findBlog(origin), listFeedPosts({ by: 'all' }, now), keepUntilNextPublication(now)]);
  return printPosts({ title, link: `${origin}/`, self: origin + feedPath('/', form), description: tagline, language, icon }, posts, asked);
}

type FoundList = { name: string; about: string; base: string; filter: PostFilter };

async function findList({ of, slug }: ListOfTerm, now: Date): Promise<FoundList | null> {
  if (of === 'category') {
    const found = await findCategory(slug, now);
    return found && { name: found.name, about: found.description, base: categoryPath(slug), filter: { by: 'category', ids: found.ids } };
  }
  if (of === 'tag') {
    const found = await findTag(slug, now);
    return found && { name: found.name, about: found.description, base: tagPath(slug), filter: { by: 'tag', id: found.id } };
  }
  const found = await findAuthor(slug, now);
  return found && { name: found.name, about: found.about, base: authorPath(slug), filter: { by: 'author', id: found.id } };
}

/** The newest public posts of a category, tag or author; null where nothing public is of it. */
export async function listFeed(list: ListOfTerm, asked: FeedAsked, now: Date): Promise<string | null> {
  const { form, origin } = asked;
  const [{ title, language, icon }, found] = await Promise.all([findBlog(origin), findList(list, now), keepUntilNextPublication(now)]);
  if (!found) return null;
  const { name, about, base, filter } = found;
  return printPosts({ title: `${name} – ${title}`, link: origin + base, self: origin + feedPath(base, form), description: about, language, icon }, await listFeedPosts(filter, now), asked);
}

/** The newest comments on all public posts and pages. Not to be kept (listNewestComments). */
export async function commentsFeed({ form, origin }: FeedAsked, now: Date): Promise<string> {
  const [{ title, language, icon }, comments] = await Promise.all([findBlog(origin), listNewestComments(now)]);
  return printFeed({
    title: t('posts.feed.comments', { blog: title }), link: `${origin}/`, self: origin + commentsFeedPath(form), description: t('posts.feed.commentsAbout', { blog: title }), language, icon,
    items: comments.map((comment) => commentItem(comment, origin)),
  }, form);
}

/** The newest comments on the listed post at `/posts/SLUG`; null where there is none: what stands in no list has no feed. */
export async function postCommentsFeed(slug: string, { form, origin }: FeedAsked, now: Date): Promise<string | null> {
  const [{ title, language, icon }, post] = await Promise.all([findBlog(origin), findPost(slug, now), keepUntilNextPublication(now)]);
  if (!post?.isListed) return null;
  return printFeed({
    title: t('posts.feed.commentsOn', { title: post.title }), link: origin + postPath(post), self: origin + postFeedPath(slug, form), description: t('posts.feed.commentsOnAbout', { title: post.title, blog: title }), language, icon,
    items: (await listNewestCommentsOn(post.id)).map((comment) => commentItem(comment, origin)),
  }, form);
}
