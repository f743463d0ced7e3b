import { notFound, permanentRedirect, redirect } from 'next/navigation';
import { cache } from 'react';
import { requestTime } from '@/app/(blog)/once';
import { BEGINNING, discussionPath, parseDiscussionPlace } from '@/lib/comments/rules';
import type { DiscussionPlace } from '@/lib/comments/schema';
import { currentActor } from '@/lib/identity/session';
import { findPostFor } from '@/lib/posts/locked';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import type { PostView } from '@/lib/posts/queries';
import { postPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';

/**
 * A post or page with a password, for whoever may read it; anybody else is led to its form, and from one that has none
 * (any more) to where everybody reads it. Null where there is nothing. Read once in a request.
 */
export const unlockedPost = cache(async (kind: 'post' | 'page', segment: string): Promise<PostView | null> => {
  const slug = parseSlug(segment);
  const post = slug === null ? null : await findPostFor(await currentActor(), kind, slug, requestTime());
  if (post === null) return kind === 'post' && slug !== null ? leadOn(slug) : null;
  if (post === 'locked' || !post.isLocked) redirect(postPath({ kind, slug: slug ?? '' }));
  return post;
});

/** From an address that the post once had, to the one that it has. */
async function leadOn(slug: string): Promise<null> {
  const target = await findLegacyTarget(postPath({ kind: 'post', slug }), {}, requestTime());
  return target ? permanentRedirect(target) : null;
}

/** Which part of the discussion stands below an address: `…/read`, and `…/read/comments/` with what comes after it elsewhere too. */
export function readPlace(post: PostView, rest: string[] = []): DiscussionPlace {
  const [word, ...segments] = rest;
  if (word === undefined) return BEGINNING;
  const place = parseDiscussionPlace(segments);
  if (word !== 'comments' || place === null) notFound();
  if (place.page === 1 && segments.includes('1')) redirect(discussionPath(post, 1, place.order));
  return place;
}
