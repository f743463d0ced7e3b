import { deskListPath } from '@/lib/posts/desk-filter';
import type { PostsUnderWay, UnderWay } from '@/lib/posts/under-way';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Time } from '@/components/ui/time';

type Props = { posts: PostsUnderWay; site: SiteLocale; /** Whether it is told whose they are. */ showsAuthor: boolean };

/** What is being written: drafts to go on with, what comes out next, and what is out with changes that are not. */
export function DashboardPosts({ posts: { drafts, scheduled, changed }, site, showsAuthor }: Props) {
  const own = { site, showsAuthor };
  return (
    <section className="home-part" aria-labelledby="home-writing">
      <div className="home-head">
        <h2 id="home-writing">{t('site.writing.heading')}</h2>
        <a className="button" href="/admin/posts/new">{t('site.writing.newPost')}</a>
      </div>
      <div className="home-lists">
        <List id="home-drafts" name={t('site.writing.drafts')} under={drafts} none={t('site.writing.noDrafts')} more={{ path: deskListPath({ tab: 'drafts' }), words: t('site.writing.allDrafts', { count: drafts.count }) }} {...own} />
        <List id="home-scheduled" name={t('site.writing.next')} under={scheduled} none={t('site.writing.noneNext')} more={{ path: deskListPath({ tab: 'scheduled' }), words: t('site.writing.allScheduled', { count: scheduled.count }) }} withClock {...own} />
        {changed.count > 0 && <List id="home-changed" name={t('site.writing.changed')} under={changed} none="" more={null} {...own} />}
      </div>
    </section>
  );
}

type ListProps = { id: string; name: string; under: UnderWay; none: string; /** Where all of them stand. */ more: { path: string; words: string } | null; withClock?: boolean; site: SiteLocale; showsAuthor: boolean };

function List({ id, name, under: { count, posts }, none, more, withClock = false, site, showsAuthor }: ListProps) {
  return (
    <div className="home-list">
      <h3 id={id}>{name}</h3>
      {posts.length === 0 && <p className="home-note">{none}</p>}
      {posts.length > 0 && (
        <ul aria-labelledby={id}>
          {posts.map((post) => (
            <li key={post.id}>
              <a href={`/admin/posts/${post.id}`}>{post.title || (post.kind === 'page' ? t('posts.untitled.page') : t('posts.untitled.post'))}</a>
              <small>
                {showsAuthor && post.author && <>{post.author} · </>}
                <Time at={post.at} site={site} withClock={withClock} />
              </small>
            </li>
          ))}
        </ul>
      )}
      {more && count > posts.length && <p className="home-note"><a href={more.path}>{more.words}</a></p>}
    </div>
  );
}
