import type { PostCardView } from '@/lib/posts/queries';
import { authorPath, postPath, thoughts } from '@/lib/posts/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Time } from '@/components/ui/time';

/** One post in a list: its title leads to it. `isKeptAtTop`: it stands before newer ones, and says so. */
export function PostCard({ post, site, isKeptAtTop = false }: { post: PostCardView; site: SiteLocale; isKeptAtTop?: boolean }) {
  const { author } = post;
  return (
    <article className="post-card">
      {isKeptAtTop && <p className="post-card-kept">{t('posts.list.keptAtTop')}</p>}
      <h2 dir="auto"><a href={postPath(post)}>{post.title}</a></h2>
      {post.excerpt && <p className="post-card-excerpt">{post.excerpt}</p>}
      <p className="meta">
        <Time at={post.publishedAt} site={site} />
        <span>{author.slug ? <a href={authorPath(author.slug)}>{author.name}</a> : author.name}</span>
        {post.approvedCount > 0 && <a href={`${postPath(post)}#comments`}>{thoughts(post.approvedCount)}</a>}
      </p>
    </article>
  );
}
