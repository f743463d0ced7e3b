import { showing } from '../answer';
import { postTag } from '../cache-tags';
import { db } from '../db/client';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { matching, type PostFilter } from './lists';
import { coverColumns, coverOf, type CoverView } from './pictures';
import { cardView, type PostCardView, publicAt, toCard } from './queries';

export const FEED_ITEMS = 20;

/** What a feed shows of a post. `categories`: the names of its categories, then of its tags; `updatedAt`: of its text. */
export type FeedPostView = PostCardView & { html: SafeHtml; updatedAt: Date; cover: CoverView | null; categories: string[] };

const term = { select: { name: true } } as const;
const feedView = {
  ...cardView, ...coverColumns, html: true, updatedAt: true,
  categories: { select: { category: term }, orderBy: { category: { name: 'asc' } } },
  tags: { select: { tag: term }, orderBy: { tag: { name: 'asc' } } },
} as const;

/** The newest public posts of a list, whole. */
export async function listFeedPosts(filter: PostFilter, now: Date): Promise<FeedPostView[]> {
  showing('posts');
  const where = { AND: [{ kind: 'post' as const, ...publicAt(now) }, matching(filter)] };
  const rows = await db().post.findMany({ where, orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }], take: FEED_ITEMS, select: feedView });
  // How many comments there are is told of each.
  showing(...rows.map((row) => postTag(row.id)));
  return rows.map(({ html, updatedAt, categories, tags, ...card }) => ({
    ...toCard(card), html: storedHtml(html), updatedAt, cover: coverOf(card),
    categories: [...categories.map((link) => link.category.name), ...tags.map((link) => link.tag.name)],
  }));
}
