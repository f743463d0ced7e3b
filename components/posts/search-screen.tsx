import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Pager } from '@/components/ui/pager';
import type { PostListView } from '@/lib/posts/lists';
import { searchPath } from '@/lib/posts/rules';
import type { NotSearched } from '@/lib/posts/search';
import type { SiteLocale } from '@/lib/site/schema';
import { PostCard } from './post-card';

type Props = {
  words: string;
  /** Undefined: nothing was looked for yet. */
  found: PostListView | NotSearched | undefined;
  site: SiteLocale;
};

const NOT_SEARCHED: Record<NotSearched, string> = {
  'too-many': 'These words stand in too many places to look through at once. Please try fewer, or rarer ones.',
  'no-words': 'There are no words to look for: a minus only leaves posts out. Please add a word that stands in what you look for.',
};

/** The search of posts: a field, and below it what was found. */
export function SearchScreen({ words, found, site }: Props) {
  return (
    <div className="post-list">
      <header className="list-heading">
        <h1>Search</h1>
        <form className="search-form" action="/search" role="search">
          <Field id="search-words" name="q" label="Words to look for" type="search" defaultValue={words} maxLength={200} />
          <Button>Search</Button>
        </form>
      </header>
      {typeof found === 'string' && <EmptyState>{NOT_SEARCHED[found]}</EmptyState>}
      {typeof found === 'object' && <Found words={words} found={found} site={site} />}
    </div>
  );
}

function Found({ words, found, site }: { words: string; found: PostListView; site: SiteLocale }) {
  if (found.posts.length === 0) return <EmptyState>No post says “{words}”. Other or fewer words may find it.</EmptyState>;
  return (
    <>
      <h2 className="sr-only">{`Posts that say “${words}”`}{found.page > 1 && `, page ${found.page}`}</h2>
      {found.posts.map((post) => <PostCard key={post.id} post={post} site={site} />)}
      <Pager label="Posts found" page={found.page} hasMore={found.hasMore} hrefOf={(page) => searchPath(words, page)} back="Newer posts" on="Older posts" />
    </>
  );
}
