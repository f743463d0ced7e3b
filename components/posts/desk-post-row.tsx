import { queuePath } from '@/lib/moderation/rules';
import type { DeskPost } from '@/lib/posts/desk';
import { lastOpenMoment } from '@/lib/posts/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { Time } from '@/components/ui/time';
import { CARE_NAMES } from './care-levels';
import { discussionFormPath, STATE_NAMES, titleOf } from './post-words';

type Props = { post: DeskPost; site: SiteLocale; showsAuthor: boolean };

/** One line of the list of posts: what and when, how much is said below it, and how it is discussed. */
export function DeskPostRow({ post, site, showsAuthor }: Props) {
  const { id, kind, state, at, care, author } = post;
  return (
    <article className="desk-post" aria-labelledby={`post-${id}`}>
      <div className="desk-post-what">
        <h2 className={post.title ? 'desk-post-title' : 'desk-post-title desk-post-title--none'} id={`post-${id}`}>
          <a href={discussionFormPath(id)}>{titleOf(post)}</a>
        </h2>
        <p className="desk-post-facts">
          <span className={`desk-post-state desk-post-state--${state}`}>{STATE_NAMES[state]}</span>
          {kind === 'page' && <span>Page</span>}
          {showsAuthor && <span>{author}</span>}
        </p>
      </div>
      <p className="desk-post-date"><Time at={at} site={site} /></p>
      <Counts post={post} site={site} />
      <p className="desk-post-talk">
        {kind === 'post' && care !== 'open' && <span className={`care care--${care}`}>{CARE_NAMES[care]}</span>}
        <span>{kind === 'page' ? 'Takes no comments' : <ClosingWords post={post} site={site} />}</span>
      </p>
    </article>
  );
}

/** How many comments are published and wait, each number a link to them. */
function Counts({ post: { slug, approved, waiting }, site }: { post: DeskPost; site: SiteLocale }) {
  const count = new Intl.NumberFormat(site.language);
  return (
    <p className="desk-post-counts">
      {approved > 0 ? <a href={queuePath({ queue: 'approved', post: slug })}>{count.format(approved)} {approved === 1 ? 'comment' : 'comments'}</a> : <span>No comments</span>}
      {waiting > 0 && <a className="desk-post-waiting" href={queuePath({ queue: 'pending', post: slug })}>{count.format(waiting)} waiting</a>}
    </p>
  );
}

/** Whether a post takes comments, and until or since when. */
export function ClosingWords({ post: { commentsOpen, closing: { at } }, site }: { post: Pick<DeskPost, 'commentsOpen' | 'closing'>; site: SiteLocale }) {
  const day = at && <Time at={lastOpenMoment(at)} site={site} />;
  if (commentsOpen) return day ? <>Open, closes on {day}</> : <>Open</>;
  return day ? <>Closed on {day}</> : <>Closed</>;
}
