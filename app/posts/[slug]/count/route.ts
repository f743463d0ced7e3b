import { findNews } from '@/lib/comments/news-count';
import { parseSlug } from '@/lib/posts/schema';
import { keptJson } from '../../../kept-answer';

/** How many comments a post has, for its pages that are open. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const slug = parseSlug((await params).slug);
  return keptJson(slug === null ? null : await findNews(slug, new Date()));
}
