import { currentAnswer } from '@/lib/answer';
import { postCommentsFeed } from '@/lib/posts/feed-documents';
import { parseSlug } from '@/lib/posts/schema';
import { feedAnswer } from '../../../feed-answer';

/** The feed of the comments on one post. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const slug = parseSlug((await params).slug);
  const feed = slug === null ? null : await postCommentsFeed(slug, currentAnswer().origin, new Date());
  return feed === null ? new Response(null, { status: 404 }) : feedAnswer(feed, { isKept: true });
}
