import { drawSiteShare } from '@/lib/posts/share-pictures';
import { keptJpeg } from '../kept-answer';

export const dynamic = 'force-dynamic';

/** The picture by which the blog is shared. */
export const GET = async () => keptJpeg(await drawSiteShare());
