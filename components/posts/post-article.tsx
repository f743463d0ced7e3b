import type { ReactNode } from 'react';
import type { CoverView, PostView } from '@/lib/posts/queries';
import type { MorePostsView } from '@/lib/posts/related';
import { authorPath, readingMinutes } from '@/lib/posts/rules';
import type { AboutView } from '@/lib/site/identity';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Portrait } from '@/components/identity/portrait';
import { AboutNote } from '@/components/site/about-note';
import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';
import { MorePosts } from './more-posts';
import { PostContents } from './post-contents';
import { PostTerms } from './post-terms';
import { ShareLinks } from './share-links';

type PostArticleProps = {
  post: PostView;
  site: SiteLocale;
  /** Where to read on; from a page nowhere. */
  more?: MorePostsView;
  /** Who writes here, below a post. */
  about?: AboutView | null;
  /** By which new posts are asked for. */
  follow?: ReactNode;
  /** The whole address by which it is passed on. */
  address?: string;
  /** The discussion. */
  children?: ReactNode;
};

/** A post or page whole: title, byline, text, where it belongs, where to read on; then the discussion. */
export function PostArticle({ post, site, more, about, follow, address, children }: PostArticleProps) {
  return (
    <>
      <article className="post" aria-labelledby="post-title">
        <header className="post-head">
          <h1 id="post-title">{post.title}</h1>
          {post.kind === 'post' && <Byline post={post} site={site} />}
        </header>
        {post.cover && <Cover cover={post.cover} />}
        <PostContents contents={post.contents} />
        <Prose html={post.html} className="post-body" />
        <PostTerms categories={post.categories} tags={post.tags}>{address && <ShareLinks title={post.title} address={address} />}</PostTerms>
      </article>
      {about && <AboutNote about={about} />}
      {follow}
      {more && <MorePosts more={more} site={site} />}
      {children}
    </>
  );
}

// As wide as a text is: it may fill its whole width.
const WIDE_PX = 640;

function Cover({ cover: { path, alt, width, height, sources = [], srcSet, sizes, focusX = 50, focusY = 50 } }: { cover: CoverView }) {
  const isWide = width !== null && width >= WIDE_PX;
  // The policy of readers' pages knows no style in the markup: a class for every tenth.
  const focus = `focus-x-${Math.round(focusX / 10)} focus-y-${Math.round(focusY / 10)}`;
  return (
    <figure className={isWide ? 'post-cover post-cover--wide' : 'post-cover'}>
      <picture>
        {sources.map((source) => <source key={source.type} type={source.type} srcSet={source.srcSet} sizes={sizes} />)}
        <img className={focus} src={path} srcSet={srcSet || undefined} sizes={srcSet ? sizes : undefined} alt={alt} width={width ?? undefined} height={height ?? undefined} fetchPriority="high" decoding="async" />
      </picture>
    </figure>
  );
}

function Byline({ post, site }: { post: PostView; site: SiteLocale }) {
  const { author } = post;
  return (
    <div className="byline">
      <Portrait name={author.name} picture={author.picture} size="large" />
      <p className="meta">
        <span>{t.rich('posts.article.by', { name: author.name, author: (words) => (author.slug ? <a href={authorPath(author.slug)} rel="author">{words}</a> : words) })}</span>
        <Time at={post.publishedAt} site={site} />
        <span>{t('posts.article.minutes', { minutes: readingMinutes(post.html) })}</span>
        {post.approvedCount > 0 && <a href="#comments">{t('posts.article.comments', { count: post.approvedCount })}</a>}
      </p>
    </div>
  );
}
