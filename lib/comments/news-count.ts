import { hideFromSearch, showing } from '../answer';
import { postTag } from '../cache-tags';
import { db } from '../db/client';
import { reachableAt } from '../posts/queries';
import { findNewest } from './discussion';
import type { PostNews } from './news';

/**
 * What the open pages of the post at `/posts/SLUG` ask for; null where there is none that everybody may read. Counts what
 * the heading of its discussion counts.
 */
export async function findNews(slug: string, now: Date): Promise<PostNews | null> {
  showing('posts');
  const post = await db().post.findFirst({ where: { kind: 'post', slug, ...reachableAt(now) }, select: { id: true, approvedCount: true } });
  if (!post) return null;
  showing(postTag(post.id));
  hideFromSearch();
  return { comments: post.approvedCount, newest: await findNewest(post.id) };
}
