import { findDiscussion } from '../../lib/comments/discussion';
import { BEGINNING } from '../../lib/comments/rules';
import type { DiscussionView } from '../../lib/comments/schema';
import { findPost, listMenuPages, type PostView } from '../../lib/posts/queries';
import { findMorePosts, type MorePostsView } from '../../lib/posts/related';
import { postPath } from '../../lib/posts/rules';
import { findSite } from '../../lib/site/queries';
import type { SiteView } from '../../lib/site/schema';

/** Everything that a post's page shows, from the same queries as the blog's own. */
export type PostPage = {
  site: SiteView;
  menu: { href: string; title: string }[];
  post: PostView;
  more: MorePostsView;
  discussion: DiscussionView;
};

const HEADER_LINKS = 4;

/** Reads what page 1 of a post shows. To be called inside `world.asBlog`. @throws when there is no such post */
export async function readPostPage(slug: string): Promise<PostPage> {
  const now = new Date();
  const post = await findPost(slug, now);
  const discussion = post && (await findDiscussion({ id: post.id, authorId: post.author.id, authorIsClaimed: post.author.claimed }, BEGINNING));
  if (!post || !discussion) throw new Error(`There is no post ${slug}.`);
  const menu = (await listMenuPages(HEADER_LINKS, now)).map((page) => ({ href: postPath({ kind: 'page', slug: page.slug }), title: page.title }));
  return { site: await findSite(), menu, post, more: await findMorePosts(post, now), discussion };
}
