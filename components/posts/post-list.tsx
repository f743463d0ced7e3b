import type { ReactNode } from 'react';
import type { PostListView } from '@/lib/posts/lists';
import { listPath } from '@/lib/posts/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { PostCard } from './post-card';

type PostListProps = {
  list: PostListView;
  /** The address of the list's first page. */
  base: string;
  site: SiteLocale;
  /** The list's own heading and words about it. */
  children: ReactNode;
};

/** A list of posts, newest first, under its heading; what is kept at the top before all others. */
export function PostList({ list, base, site, children }: PostListProps) {
  const { kept = [] } = list;
  return (
    <div className="post-list">
      {children}
      {kept.map((post) => <PostCard key={post.id} post={post} site={site} isKeptAtTop />)}
      {list.posts.length + kept.length === 0 && <EmptyState>{t('posts.list.empty')}</EmptyState>}
      {list.posts.map((post) => <PostCard key={post.id} post={post} site={site} />)}
      <Pager
        label={t('posts.list.pages')}
        page={list.page}
        hasMore={list.hasMore}
        hrefOf={(page) => listPath(base, page)}
        back={t('posts.list.newer')}
        on={t('posts.list.older')}
      />
    </div>
  );
}
