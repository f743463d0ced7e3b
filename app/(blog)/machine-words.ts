import { currentAnswer } from '@/lib/answer';
import type { DiscussionView } from '@/lib/comments/schema';
import type { PostView } from '@/lib/posts/queries';
import { sharePath } from '@/lib/posts/share-paths';
import { structuredData, type StructuredData } from '@/lib/posts/structured-data';
import type { SiteView } from '@/lib/site/schema';

/** What machines are told of a post or page with one page of its discussion, which they are not told where they may not quote it. */
export function machineWords(post: PostView, discussion: DiscussionView, { title, language, quotesComments }: SiteView): StructuredData {
  const { origin } = currentAnswer();
  return structuredData(post, quotesComments ? discussion : { ...discussion, threads: [] }, { title, language, origin }, origin + sharePath(post));
}
