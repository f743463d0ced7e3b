import { currentAnswer } from '@/lib/answer';
import { sitemapIndex } from '@/lib/posts/sitemaps';
import { keptXml } from '../kept-answer';

export const dynamic = 'force-dynamic';

/** What the blog has, for search engines. */
export const GET = async () => keptXml(await sitemapIndex(currentAnswer().origin, new Date()));
