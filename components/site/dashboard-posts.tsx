import { deskListPath } from '@/lib/posts/desk-filter';
import type { PostsUnderWay, UnderWay } from '@/lib/posts/under-way';
import type { SiteLocale } from '@/lib/site/schema';
import { Time } from '@/components/ui/time';

type Props = { posts: PostsUnderWay; site: SiteLocale; /** Whether it is told whose they are. */ showsAuthor: boolean };

/** What is being written: drafts to go on with, what comes out next, and what is out with changes that are not. */
export function DashboardPosts({ posts: { drafts, scheduled, changed }, site, showsAuthor }: Props) {
  const own = { site, showsAuthor };
  return (
    <section className="home-part" aria-labelledby="home-writing">
      <div className="home-head">
        <h2 id="home-writing">Writing</h2>
        <a className="button" href="/admin/posts/new">New post</a>
      </div>
      <div className="home-lists">
        <List id="home-drafts" name="Drafts" under={drafts} none="No drafts." more={{ path: deskListPath({ tab: 'drafts' }), what: 'drafts' }} {...own} />
        <List id="home-scheduled" name="Comes out next" under={scheduled} none="Nothing is scheduled." more={{ path: deskListPath({ tab: 'scheduled' }), what: 'scheduled posts' }} withClock {...own} />
        {changed.count > 0 && <List id="home-changed" name="Changes that are not out yet" under={changed} none="" more={null} {...own} />}
      </div>
    </section>
  );
}

type ListProps = { id: string; name: string; under: UnderWay; none: string; /** Where all of them stand. */ more: { path: string; what: string } | null; withClock?: boolean; site: SiteLocale; showsAuthor: boolean };

function List({ id, name, under: { count, posts }, none, more, withClock = false, site, showsAuthor }: ListProps) {
  return (
    <div className="home-list">
      <h3 id={id}>{name}</h3>
      {posts.length === 0 && <p className="home-note">{none}</p>}
      {posts.length > 0 && (
        <ul aria-labelledby={id}>
          {posts.map((post) => (
            <li key={post.id}>
              <a href={`/admin/posts/${post.id}`}>{post.title || (post.kind === 'page' ? 'A page without a title' : 'A post without a title')}</a>
              <small>
                {showsAuthor && post.author && <>{post.author} · </>}
                <Time at={post.at} site={site} withClock={withClock} />
              </small>
            </li>
          ))}
        </ul>
      )}
      {more && count > posts.length && <p className="home-note"><a href={more.path}>All {new Intl.NumberFormat(site.language).format(count)} {more.what}</a></p>}
    </div>
  );
}
