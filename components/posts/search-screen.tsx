import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Pager } from '@/components/ui/pager';
import type { PostListView } from '@/lib/posts/lists';
import { searchPath } from '@/lib/posts/rules';
import type { NotSearched } from '@/lib/posts/search';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { PostCard } from './post-card';

type Props = {
  words: string;
  /** Undefined: nothing was looked for yet. */
  found: PostListView | NotSearched | undefined;
  site: SiteLocale;
};

/** The search of posts: a field, and below it what was found. */
export function SearchScreen({ words, found, site }: Props) {
  return (
    <div className="post-list">
      <header className="list-heading">
        <h1>{t('posts.search.heading')}</h1>
        <form className="search-form" action="/search" role="search">
          <Field id="search-words" name="q" label={t('posts.search.words')} type="search" defaultValue={words} maxLength={200} />
          <Button>{t('posts.search.submit')}</Button>
        </form>
      </header>
      {typeof found === 'string' && <EmptyState>{t(found === 'too-many' ? 'posts.search.tooMany' : 'posts.search.noWords')}</EmptyState>}
      {typeof found === 'object' && <Found words={words} found={found} site={site} />}
    </div>
  );
}

function Found({ words, found, site }: { words: string; found: PostListView; site: SiteLocale }) {
  if (found.posts.length === 0) return <EmptyState>{t('posts.search.nothing', { words })}</EmptyState>;
  return (
    <>
      <h2 className="sr-only">{found.page > 1 ? t('posts.search.foundOnPage', { words, page: String(found.page) }) : t('posts.search.found', { words })}</h2>
      {found.posts.map((post) => <PostCard key={post.id} post={post} site={site} />)}
      <Pager label={t('posts.search.pages')} page={found.page} hasMore={found.hasMore} hrefOf={(page) => searchPath(words, page)} back={t('posts.list.newer')} on={t('posts.list.older')} />
    </>
  );
}
