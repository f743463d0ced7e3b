import type { PostCardView } from '@/lib/posts/queries';
import { postPath } from '@/lib/posts/rules';
import { ErrorPage } from './error-page';

/** Nothing is at this address: says so, and offers what was written last. */
export function MissingPage({ latest }: { latest: PostCardView[] }) {
  return (
    <ErrorPage title="There is no such page">
      <p>The address may be mistyped, or what stood here has been taken away.</p>
      {latest.length > 0 && (
        <section aria-labelledby="latest">
          <h2 id="latest">Written lately</h2>
          <ul>{latest.map((post) => <li key={post.id}><a href={postPath(post)}>{post.title}</a></li>)}</ul>
        </section>
      )}
      <p><a className="button button--quiet" href="/">All posts</a></p>
    </ErrorPage>
  );
}
