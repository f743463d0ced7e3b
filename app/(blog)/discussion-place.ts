import { notFound, permanentRedirect } from 'next/navigation';
import { discussionPath, parseDiscussionPlace } from '@/lib/comments/rules';
import type { DiscussionPlace } from '@/lib/comments/schema';
import { parseSlug } from '@/lib/posts/schema';
import { t } from '@/lib/words/t';

/** Title and canonical address of a post or page on one part of its discussion: what is the same in another order has the address of the first. */
export const placeFound = (post: { kind: 'post' | 'page'; slug: string; title: string }, { page, order }: DiscussionPlace): { title: string; path: string } => ({
  title: page === 1 ? post.title : t('layout.pages.commentsPage', { title: post.title, page: String(page) }),
  path: discussionPath(post, order === 'newest' ? 1 : page),
});

export type PlaceProps = { params: Promise<{ slug: string; place: string[] }> };

/** Which part of a discussion an address below `…/comments` is of. The first page has another address, and is led to. */
export async function placeAsked(kind: 'post' | 'page', { params }: PlaceProps): Promise<{ slug: string; place: DiscussionPlace }> {
  const { slug, place: segments } = await params;
  const place = parseDiscussionPlace(segments) ?? notFound();
  if (place.page === 1 && segments.includes('1')) permanentRedirect(discussionPath({ kind, slug: parseSlug(slug) ?? '' }, 1, place.order));
  return { slug, place };
}
