import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { DeskPosts } from '@/lib/posts/desk';
import type { SiteLocale } from '@/lib/site/schema';
import { QueueRail } from '@/components/moderation/queue-rail';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { DeskPostRow } from './desk-post-row';

type Props = {
  view: DeskPosts;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'name' | 'role'>;
  signOut: () => Promise<void>;
};

/** The posts and pages that a person may change, and how each is discussed. */
export function DeskPostsScreen({ view: { posts, page, hasMore }, counts, site, person, signOut }: Props) {
  return (
    <div className="desk">
      <QueueRail here="posts" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="desk-posts" tabIndex={-1}>
        <h1>Posts</h1>
        {posts.length === 0 && <EmptyState>No posts yet.</EmptyState>}
        {posts.length > 0 && (
          <ol className="desk-posts-list" aria-label="Posts and pages">
            {posts.map((post) => <li key={post.id}><DeskPostRow post={post} site={site} showsAuthor={person.role === 'owner'} /></li>)}
          </ol>
        )}
        <Pager label="Pages of posts" page={page} hasMore={hasMore} hrefOf={(number) => (number === 1 ? '/admin/posts' : `/admin/posts?page=${number}`)} back="Newer posts" on="Older posts" />
      </main>
    </div>
  );
}
