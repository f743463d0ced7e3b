import { hideFromSearch, showing } from '../answer';
import { postTag } from '../cache-tags';
import { db } from '../db/client';
import type { Actor } from '../identity/schema';
import { lockColumns, mayRead } from './keys';
import { fullView, outAt, type PostView, titled, toPost } from './queries';

type Kind = 'post' | 'page';

/** What everybody is shown of a post with a password: its name, and that it has one. */
export type LockedView = { kind: Kind; slug: string; title: string; isForm: true };

/** The post or page with a password at an address, as its form shows it; null where there is none whose hour has come. */
export async function findLocked(kind: Kind, slug: string, now: Date): Promise<LockedView | null> {
  showing('posts');
  const post = await db().post.findFirst({ where: { kind, slug, status: 'password', publishedAt: { lte: now } }, select: { id: true, title: true } });
  if (!post) return null;
  showing(postTag(post.id));
  hideFromSearch();
  return { kind, slug, title: titled(post.title), isForm: true };
}

/**
 * A post or page as this viewer may read it where nothing is kept: `locked` where it has a password that they have not
 * said, null where there is nothing for readers.
 */
export async function findPostFor(viewer: Actor, kind: Kind, slug: string, now: Date): Promise<PostView | 'locked' | null> {
  const found = await db().post.findFirst({ where: { kind, slug, ...outAt(now) }, select: { ...fullView, ...lockColumns } });
  if (!found) return null;
  if (!mayRead(viewer, found, now)) return 'locked';
  const { password: _, authorId: __, ...row } = found;
  return toPost(row, now);
}
