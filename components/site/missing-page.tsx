import type { PostCardView } from '@/lib/posts/queries';
import { postPath } from '@/lib/posts/rules';
import { t } from '@/lib/words/t';
import { ErrorPage } from './error-page';

/** Nothing is at this address: says so, and offers what was written last. */
export function MissingPage({ latest }: { latest: PostCardView[] }) {
  return (
    <ErrorPage title={t('site.missing.heading')}>
      <p>{t('site.missing.means')}</p>
      {latest.length > 0 && (
        <section aria-labelledby="latest">
          <h2 id="latest">{t('site.missing.latest')}</h2>
          <ul>{latest.map((post) => <li key={post.id}><a href={postPath(post)}>{post.title}</a></li>)}</ul>
        </section>
      )}
      <p><a className="button button--quiet" href="/">{t('site.missing.allPosts')}</a></p>
    </ErrorPage>
  );
}
