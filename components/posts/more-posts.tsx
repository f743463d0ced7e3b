import type { NeighbourView } from '@/lib/posts/queries';
import type { MorePostsView } from '@/lib/posts/related';
import { postPath } from '@/lib/posts/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Time } from '@/components/ui/time';

/** Where to read on: the posts written before and after this one, and those about the same. */
export function MorePosts({ more: { previous, next, related }, site }: { more: MorePostsView; site: SiteLocale }) {
  if (!previous && !next && related.length === 0) return null;
  return (
    <nav className="more-posts" aria-label={t('posts.article.more')}>
      {(previous || next) && (
        <div className="post-neighbours">
          {previous && <Neighbour post={previous} rel="prev" label={t('posts.article.previous')} />}
          {next && <Neighbour post={next} rel="next" label={t('posts.article.next')} />}
        </div>
      )}
      {related.length > 0 && (
        <section className="related-posts" aria-labelledby="related-posts">
          <h2 id="related-posts">{t('posts.article.related')}</h2>
          <ul>
            {related.map((post) => (
              <li key={post.slug}>
                <a href={pathOf(post)}>{post.title}</a> <Time at={post.publishedAt} site={site} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </nav>
  );
}

const pathOf = ({ slug }: { slug: string }) => postPath({ kind: 'post', slug });

function Neighbour({ post, rel, label }: { post: NeighbourView; rel: 'prev' | 'next'; label: string }) {
  return (
    <a className={`neighbour neighbour--${rel}`} rel={rel} href={pathOf(post)}>
      <span className="neighbour-label">{label}</span> <span>{post.title}</span>
    </a>
  );
}
