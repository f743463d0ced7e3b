import { parsePageNumber } from '../posts/schema';
import { fail, type Failure } from '../result';
import { t } from '../words/t';
import { type DiscussionPlace, MAX_DEPTH, type ThreadOrder } from './schema';

/** `isPublic`: readers find something at its address. `isLocked`: it has a password that this one has not said. */
type PostFacts = { id: string; isPublic: boolean; isLocked?: boolean; commentsOpen: boolean };
type ParentFacts = { postId: string; isVisible: boolean };

/**
 * Why somebody may not comment here, or null. `parent` undefined: not a reply; null: it was not found.
 * Refusals in order: `not-found` (no such post for readers), `forbidden` (locked, closed, or shut out), `invalid` (parent).
 */
export function refusalToComment(isShutOut: boolean, post: PostFacts | null, parent: ParentFacts | null | undefined): Failure | null {
  if (!post?.isPublic) return fail('not-found', t('comments.refused.postGoneCopy'));
  if (post.isLocked) return fail('forbidden', t('comments.refused.locked'));
  if (!post.commentsOpen) return fail('forbidden', t('comments.refused.closed'));
  if (isShutOut) return fail('forbidden', t('comments.refused.shutOut'));
  if (parent === undefined) return null;
  if (!parent?.isVisible || parent.postId !== post.id) {
    return fail('invalid', t('comments.refused.parentGone'));
  }
  return null;
}

/** How deep a reply stands: one deeper than its parent, at most MAX_DEPTH. A comment of its own stands at 1. */
export function depthOf(parentDepth: number | null): number {
  return parentDepth === null ? 1 : Math.min(parentDepth + 1, MAX_DEPTH);
}

/** Who wrote a comment, as far as anybody but the owner may know: nobody, where it stands under a name on its post only. */
export function knownWriter<P>(comment: { user: P | null; pseudonymId: string | null }): P | null {
  return comment.pseudonymId === null ? comment.user : null;
}

/** Whether a comment carries `Author`: its known writer wrote the post, or owns the blog while the post's author has not claimed their name. */
export function isByPostAuthor(
  writer: { id: string; role: string } | null,
  post: { authorId: string; authorIsClaimed: boolean },
): boolean {
  if (!writer) return false;
  return writer.id === post.authorId || (writer.role === 'owner' && !post.authorIsClaimed);
}

/** The heading of a discussion, word for word WordPress's. */
export function discussionHeading(count: number, title: string): string {
  return t('comments.discussion.heading', { count, title });
}

/** The path of page N of the discussion of a post or page; of one with a password, below where that is read. */
export function discussionPath(post: { kind: 'post' | 'page'; slug: string; isLocked?: boolean }, page: number, order: ThreadOrder = 'oldest'): string {
  const path = `${post.kind === 'post' ? '/posts' : ''}/${encodeURIComponent(post.slug)}${post.isLocked ? '/read' : ''}`;
  const place = [...(order === 'newest' ? ['newest'] : []), ...(page > 1 ? [page] : [])];
  return place.length > 0 ? `${path}/comments/${place.join('/')}` : path;
}

/** Whether this is what a post itself shows, not a part of its discussion with an address of its own. */
export const isBeginning = ({ page, order }: DiscussionPlace): boolean => page === 1 && order === 'oldest';

/** What a post itself shows of its discussion. */
export const BEGINNING: DiscussionPlace = { page: 1, order: 'oldest' };

/** What the segments after `…/comments` ask for: `N`, `newest` or `newest/N`; null for anything else. A page 1 of its own has another address (discussionPath). */
export function parseDiscussionPlace(segments: readonly string[]): DiscussionPlace | null {
  const isNewest = segments[0] === 'newest';
  const [number, ...more] = isNewest ? segments.slice(1) : segments;
  const page = number === undefined && isNewest ? 1 : parsePageNumber(number ?? '');
  return page === null || more.length > 0 ? null : { page, order: isNewest ? 'newest' : 'oldest' };
}

/** The path of the comment box of a post, or of a reply to one of its comments; `reword`: with a declined comment in it, to be said in other words. */
export const replyPath = (slug: string, commentId?: string, reword?: string): string =>
  `/posts/${encodeURIComponent(slug)}/reply${commentId ? `/${commentId}` : ''}${reword ? `?reword=${reword}` : ''}`;

/** The path of the page on which a comment is reported. */
export const reportPath = (commentId: string): string => `/comments/${commentId}/report`;

/** The address of a just published comment, with a sign for script to say so. `address` is a path with its anchor. */
export function publishedPath(address: string, id: string): string {
  const [path = '/', anchor = ''] = address.split('#');
  return `${path}?published=${id}#${anchor}`;
}

/** The lock of everything that one writer writes, by who they are: a person's id, or a guest's address. */
export const writerKey = (writer: string | undefined): string => `writer:${writer}`;

const MINUTE_MS = 60 * 1000;
/** So long after it came out its writer may change a comment, until somebody answers it. */
export const OWN_EDIT_MINUTES = 5;

/**
 * Whether the writer of a comment may change it, and until when (null: no end): while it waits, and for OWN_EDIT_MINUTES after
 * it was published, until the first reply. Null: not, or not any more.
 */
export function ownEditUntil({ state, publishedAt, replyCount }: { state: string; publishedAt: Date | null; replyCount: number }, now: Date): { until: Date | null } | null {
  if (state === 'waiting') return { until: null };
  if (state !== 'published' || !publishedAt || replyCount > 0) return null;
  const until = new Date(publishedAt.getTime() + OWN_EDIT_MINUTES * MINUTE_MS);
  return now < until ? { until } : null;
}
