import type { NeighbourView } from '@/lib/posts/queries';
import { postPath } from '@/lib/posts/rules';
import { t } from '@/lib/words/t';

/** The way to the posts written before and after this one. */
export function PostNeighbours({ previous, next }: { previous: NeighbourView | null; next: NeighbourView | null }) {
  if (!previous && !next) return null;
  return (
    <nav className="post-neighbours" aria-label={t('posts.article.more')}>
      {previous && <Neighbour post={previous} rel="prev" label={t('posts.article.previous')} />}
      {next && <Neighbour post={next} rel="next" label={t('posts.article.next')} />}
    </nav>
  );
}

function Neighbour({ post, rel, label }: { post: NeighbourView; rel: 'prev' | 'next'; label: string }) {
  return (
    <a className={`neighbour neighbour--${rel}`} rel={rel} href={postPath({ kind: 'post', slug: post.slug })}>
      <span className="neighbour-label">{label}</span> <span>{post.title}</span>
    </a>
  );
}
