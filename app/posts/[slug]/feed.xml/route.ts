import { currentAnswer } from '@/lib/answer';
import { postCommentsFeed } from '@/lib/posts/feed-documents';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { postPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';
import { feedAnswer } from '../../../feed-answer';

/** The feed of the comments on one post. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const slug = parseSlug((await params).slug);
  const feed = slug === null ? null : await postCommentsFeed(slug, currentAnswer().origin, new Date());
  if (feed !== null) return feedAnswer(feed, { isKept: true });
  // Of a post that had this address once: where its feed is now.
  const target = slug === null ? null : await findLegacyTarget(postPath({ kind: 'post', slug }), { feed: 'rss2' }, new Date());
  return target === null ? new Response(null, { status: 404 }) : new Response(null, { status: 308, headers: { Location: target } });
}
