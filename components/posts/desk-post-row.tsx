import { queuePath } from '@/lib/moderation/rules';
import type { DeskPost } from '@/lib/posts/desk';
import type { DeskLine } from '@/lib/posts/desk-list';
import { lastOpenMoment } from '@/lib/posts/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { Time } from '@/components/ui/time';
import { CARE_NAMES } from './care-levels';
import { DeskPostActs, type ListActs } from './desk-post-acts';
import { editFormPath, STATE_NAMES, titleOf } from './post-words';

type Props = { post: DeskLine; site: SiteLocale; isOwner: boolean; acts: ListActs; /** The part of the list that is shown. */ here: string };

/** One line of the list of posts: what and when, how much is said below it, how it is discussed, and what can be done. */
export function DeskPostRow({ post, site, isOwner, acts, here }: Props) {
  const { id, at, isInTrash, kind, care } = post;
  return (
    <article className="desk-post" aria-labelledby={`post-${id}`}>
      <div className="desk-post-what">
        <h2 className={post.title ? 'desk-post-title' : 'desk-post-title desk-post-title--none'} id={`post-${id}`}>
          {isInTrash ? titleOf(post) : <a href={editFormPath(id)}>{titleOf(post)}</a>}
        </h2>
        <Facts post={post} showsAuthor={isOwner} />
        <DeskPostActs post={post} isOwner={isOwner} acts={acts} here={here} />
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

/** How far it has come, and what else is to be known before it is opened. */
function Facts({ post: { state, kind, author, isInTrash, isKeptAtTop, isAhead, editedBy }, showsAuthor }: { post: DeskLine; showsAuthor: boolean }) {
  return (
    <p className="desk-post-facts">
      <span className={isInTrash ? 'desk-post-state' : `desk-post-state desk-post-state--${state}`}>{isInTrash ? 'In the trash' : STATE_NAMES[state]}</span>
      {kind === 'page' && <span>Page</span>}
      {showsAuthor && <span>{author}</span>}
      {isKeptAtTop && <span>Kept at the top</span>}
      {isAhead && <span className="desk-post-ahead">Has unpublished changes</span>}
      {editedBy.length > 0 && <span className="desk-post-ahead">{listed(editedBy)} {editedBy.length === 1 ? 'has' : 'have'} it open now</span>}
    </p>
  );
}

const listed = (names: string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

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
