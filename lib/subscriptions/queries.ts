import { db } from '../db/client';
import { isOut, postPath } from '../posts/rules';
import { hiddenAddress } from './rules';
import type { CentreView } from './schema';
import { readPageToken } from '../page-token';

/** All that an address is told of, for whoever has the link to its page; null for a link that is none, or of an address that is deleted. */
export async function findCentre(token: string, now: Date): Promise<CentreView | null> {
  const id = readPageToken('subscriber', token);
  const found = id === null ? null : await db().subscriber.findUnique({
    where: { id },
    select: {
      email: true, confirmedAt: true, pauseReason: true, posts: true,
      threads: { select: { scope: true, frequency: true, post: { select: { id: true, title: true, slug: true, kind: true, status: true, publishedAt: true } } }, orderBy: { createdAt: 'desc' } },
    },
  });
  if (!found?.email) return null;
  return {
    token, address: hiddenAddress(found.email), isConfirmed: found.confirmedAt !== null, pause: found.pauseReason, posts: found.posts,
    threads: found.threads.filter(({ post }) => isOut(post, now)).map(({ scope, frequency, post }) => ({ postId: post.id, title: post.title, path: postPath(post), scope, frequency })),
  };
}
