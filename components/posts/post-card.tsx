import type { PostCardView } from '@/lib/posts/queries';
import { authorPath, postPath, thoughts } from '@/lib/posts/rules';
import type { Part } from '@/lib/text/snippets';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Time } from '@/components/ui/time';
import { Marked } from './marked';

type Props = {
  post: PostCardView;
  site: SiteLocale;
  /** It stands before newer ones, and says so. */
  isKeptAtTop?: boolean;
  /** Where it was found by its words: what stands in place of its title and excerpt. */
  found?: { titleParts: Part[]; snippet: Part[] };
};

/** One post in a list: its title leads to it. */
export function PostCard({ post, site, isKeptAtTop = false, found }: Props) {
  const { author } = post;
  return (
    <article className="post-card">
      {isKeptAtTop && <p className="post-card-kept">{t('posts.list.keptAtTop')}</p>}
      <h2 dir="auto"><a href={postPath(post)}>{found ? <Marked parts={found.titleParts} /> : post.title}</a></h2>
      {(found || post.excerpt) && <p className="post-card-excerpt">{found ? <Marked parts={found.snippet} /> : post.excerpt}</p>}
      <p className="meta">
        <Time at={post.publishedAt} site={site} />
        <span>{author.slug ? <a href={authorPath(author.slug)}>{author.name}</a> : author.name}</span>
        {post.approvedCount > 0 && <a href={`${postPath(post)}#comments`}>{thoughts(post.approvedCount)}</a>}
      </p>
    </article>
  );
}
