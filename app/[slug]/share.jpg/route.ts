import { drawPostShare } from '@/lib/posts/share-pictures';
import { parseSlug } from '@/lib/posts/schema';
import { keptJpeg } from '../../kept-answer';

/** The picture by which a page is shared. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const slug = parseSlug((await params).slug);
  return keptJpeg(slug === null ? null : await drawPostShare('page', slug, new Date()));
}
