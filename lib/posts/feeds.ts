import { showing } from '../answer';
import { postTag } from '../cache-tags';
import { db } from '../db/client';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { cardView, type PostCardView, publicAt, toCard } from './queries';

export const FEED_ITEMS = 20;

/** What a feed shows of a post. `categories`: the names of its categories, then of its tags. */
export type FeedPostView = PostCardView & { html: SafeHtml; categories: string[] };

const term = { select: { name: true } } as const;
const feedView = {
  ...cardView, html: true,
  categories: { select: { category: term }, orderBy: { category: { name: 'asc' } } },
  tags: { select: { tag: term }, orderBy: { tag: { name: 'asc' } } },
} as const;

/** The newest public posts, whole. */
export async function listFeedPosts(now: Date): Promise<FeedPostView[]> {
  showing('posts');
  const rows = await db().post.findMany({ where: { kind: 'post', ...publicAt(now) }, orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }], take: FEED_ITEMS, select: feedView });
  // How many comments there are is told of each.
  showing(...rows.map((row) => postTag(row.id)));
  return rows.map(({ html, categories, tags, ...card }) => ({
    ...toCard(card), html: storedHtml(html), categories: [...categories.map((link) => link.category.name), ...tags.map((link) => link.tag.name)],
  }));
}
