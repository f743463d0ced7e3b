import { discussionPath } from '../comments/rules';
import type { CommentNode, DiscussionPlace } from '../comments/schema';
import { safeText } from '../text/safe-text';
import type { PostView } from './queries';
import { authorPath, postPath } from './rules';

/** What of a page machines are told, as schema.org names it. */
export type StructuredData = { '@context': 'https://schema.org' } & Record<string, unknown>;

type Blog = { title: string; language: string; origin: string };
type Shown = DiscussionPlace & { threads: readonly CommentNode[] };

/**
 * A post with the comments of one page of its discussion, each below the one that it answers (schema.org/BlogPosting,
 * Comment); a page as a WebPage. Under its name alone everybody who wrote a comment: as on the page. What stands where a hidden comment stood is left out, and
 * what is below it stands in its place.
 */
export function structuredData(post: PostView, { threads, page, order }: Shown, { title, language, origin }: Blog, picture: string): StructuredData {
  const address = origin + postPath(post);
  const { author, publishedAt, updatedAt, categories, tags, approvedCount } = post;
  return {
    '@context': 'https://schema.org',
    '@type': post.kind === 'post' ? 'BlogPosting' : 'WebPage',
    '@id': address,
    url: address,
    mainEntityOfPage: address,
    headline: post.title,
    name: post.title,
    ...(post.excerpt && { description: post.excerpt }),
    inLanguage: language,
    image: [picture, ...(post.cover ? [origin + post.cover.path] : [])],
    datePublished: publishedAt.toISOString(),
    dateModified: (updatedAt > publishedAt ? updatedAt : publishedAt).toISOString(),
    author: { '@type': 'Person', name: author.name, ...(author.slug && { url: origin + authorPath(author.slug) }) },
    isPartOf: { '@type': 'Blog', '@id': `${origin}/`, name: title, url: `${origin}/` },
    ...(categories.length > 0 && { articleSection: categories.map(({ name }) => name) }),
    ...(tags.length > 0 && { keywords: tags.map(({ name }) => name) }),
    ...(post.kind === 'post' && { commentCount: approvedCount, discussionUrl: `${origin}${discussionPath(post, page, order)}#comments` }),
    ...(threads.length > 0 && { comment: commentsOf(threads, origin) }),
  };
}

function commentsOf(nodes: readonly CommentNode[], origin: string): Record<string, unknown>[] {
  return nodes.flatMap((node) => {
    const replies = commentsOf(node.replies, origin);
    if (node.kind === 'anchor') return replies;
    const address = `${origin}/comments/${node.id}`;
    return [{
      '@type': 'Comment', '@id': address, url: address,
      author: { '@type': 'Person', name: node.name },
      datePublished: node.createdAt.toISOString(),
      text: safeText(node.html),
      ...(replies.length > 0 && { comment: replies }),
    }];
  });
}
