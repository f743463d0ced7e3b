import { currentAnswer } from '@/lib/answer';
import { parseSitemapName, sitemap } from '@/lib/posts/sitemaps';
import { keptXml } from '../../kept-answer';

/** A part of it. */
export async function GET(_: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const name = parseSitemapName((await params).name);
  const document = name && (await sitemap(name, currentAnswer().origin, new Date()));
  return document === null ? new Response(null, { status: 404 }) : keptXml(document);
}
