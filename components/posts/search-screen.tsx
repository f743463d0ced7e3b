import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Pager } from '@/components/ui/pager';
import { Time } from '@/components/ui/time';
import type { FoundComments } from '@/lib/comments/schema';
import { type Searched, searchPath } from '@/lib/posts/rules';
import type { SearchView } from '@/lib/posts/search';
import type { NotSearched } from '@/lib/posts/searching';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Marked } from './marked';
import { PostCard } from './post-card';

type Props = {
  words: string;
  searched: Searched;
  /** Undefined: nothing was looked for yet. */
  found: SearchView | FoundComments | NotSearched | undefined;
  site: SiteLocale;
};

/** The search of posts, and by choice of comments: a field, and below it what was found. */
export function SearchScreen({ words, searched, found, site }: Props) {
  return (
    <div className="post-list">
      <header className="list-heading">
        <h1>{t('posts.search.heading')}</h1>
        <form className="search-form" action="/search" role="search">
          <Field id="search-words" name="q" label={t('posts.search.words')} type="search" defaultValue={words} maxLength={200} />
          {searched === 'comments' && <input type="hidden" name="in" value="comments" />}
          <Button>{t('posts.search.submit')}</Button>
        </form>
        {words !== '' && <Where words={words} searched={searched} />}
      </header>
      {typeof found === 'string' && <EmptyState>{t(found === 'too-many' ? 'posts.search.tooMany' : 'posts.search.noWords')}</EmptyState>}
      {typeof found === 'object' && ('hits' in found ? <FoundPosts words={words} found={found} site={site} /> : <FoundInComments words={words} found={found} site={site} />)}
    </div>
  );
}

function Where({ words, searched }: { words: string; searched: Searched }) {
  const link = (where: Searched, name: string) => <a href={searchPath(words, 1, where)} aria-current={searched === where ? 'page' : undefined}>{name}</a>;
  return (
    <nav className="search-where" aria-label={t('posts.search.where')}>
      {link('posts', t('posts.search.inPosts'))}
      {link('comments', t('posts.search.inComments'))}
    </nav>
  );
}

/** Which words were looked for in place of those asked. */
function Corrected({ words, corrected, searched }: { words: string; corrected: string | null; searched: Searched }) {
  if (corrected === null) return null;
  const found = (chunks: ReactNode) => <a href={searchPath(corrected, 1, searched)}>{chunks}</a>;
  return <p className="search-corrected">{t.rich(searched === 'posts' ? 'posts.search.corrected' : 'posts.search.correctedInComments', { words, corrected, found })}</p>;
}

function FoundPosts({ words, found, site }: { words: string; found: SearchView; site: SiteLocale }) {
  const { hits, page, hasMore, corrected } = found;
  if (hits.length === 0) return <EmptyState>{t('posts.search.nothing', { words })}</EmptyState>;
  const said = corrected ?? words;
  return (
    <>
      <Corrected words={words} corrected={corrected} searched="posts" />
      <h2 className="sr-only">{page > 1 ? t('posts.search.foundOnPage', { words: said, page: String(page) }) : t('posts.search.found', { words: said })}</h2>
      {hits.map(({ titleParts, snippet, ...post }) => <PostCard key={post.id} post={post} site={site} found={{ titleParts, snippet }} />)}
      <Pager label={t('posts.search.pages')} page={page} hasMore={hasMore} hrefOf={(number) => searchPath(words, number)} back={t('posts.search.better')} on={t('posts.search.more')} />
    </>
  );
}

function FoundInComments({ words, found, site }: { words: string; found: FoundComments; site: SiteLocale }) {
  const { comments, page, hasMore, corrected } = found;
  if (comments.length === 0) return <EmptyState>{t('posts.search.noComment', { words })}</EmptyState>;
  const said = corrected ?? words;
  return (
    <>
      <Corrected words={words} corrected={corrected} searched="comments" />
      <h2 className="sr-only">{page > 1 ? t('posts.search.foundCommentsOnPage', { words: said, page: String(page) }) : t('posts.search.foundComments', { words: said })}</h2>
      {comments.map(({ id, name, postTitle, createdAt, snippet }) => (
        <article key={id} className="post-card" data-nosnippet="">
          <h3 dir="auto">{t.rich('posts.search.commentBy', { name, title: postTitle, post: (chunks) => <a href={`/comments/${id}`}>{chunks}</a> })}</h3>
          <p className="post-card-excerpt"><Marked parts={snippet} /></p>
          <p className="meta"><Time at={createdAt} site={site} /></p>
        </article>
      ))}
      <Pager label={t('posts.search.commentPages')} page={page} hasMore={hasMore} hrefOf={(number) => searchPath(words, number, 'comments')} back={t('posts.list.newer')} on={t('posts.list.older')} />
    </>
  );
}
