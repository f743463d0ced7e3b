import { queuePath } from '@/lib/moderation/rules';
import type { DeskPost } from '@/lib/posts/desk';
import type { DeskLine } from '@/lib/posts/desk-list';
import { lastOpenMoment } from '@/lib/posts/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { listed } from '@/lib/words/listed';
import { t } from '@/lib/words/t';
import { Time } from '@/components/ui/time';
import { careName } from './care-levels';
import { DeskPostActs, type ListActs } from './desk-post-acts';
import { editFormPath, stateName, titleOf } from './post-words';

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
      <Counts post={post} />
      <p className="desk-post-talk">
        {kind === 'post' && care !== 'open' && <span className={`care care--${care}`}>{careName(care)}</span>}
        <span>{kind === 'page' ? t('posts.line.takesNone') : <ClosingWords post={post} site={site} />}</span>
      </p>
    </article>
  );
}

/** How far it has come, and what else is to be known before it is opened. */
function Facts({ post: { state, kind, author, isInTrash, isKeptAtTop, isAhead, editedBy }, showsAuthor }: { post: DeskLine; showsAuthor: boolean }) {
  return (
    <p className="desk-post-facts">
      <span className={isInTrash ? 'desk-post-state' : `desk-post-state desk-post-state--${state}`}>{isInTrash ? t('posts.line.inTrash') : stateName(state)}</span>
      {kind === 'page' && <span>{t('posts.line.page')}</span>}
      {showsAuthor && <span>{author}</span>}
      {isKeptAtTop && <span>{t('posts.line.keptAtTop')}</span>}
      {isAhead && <span className="desk-post-ahead">{t('posts.line.ahead')}</span>}
      {editedBy.length > 0 && <span className="desk-post-ahead">{t('posts.line.openNow', { names: listed(editedBy), count: editedBy.length })}</span>}
    </p>
  );
}

/** How many comments are published and wait, each number a link to them. */
function Counts({ post: { slug, approved, waiting } }: { post: DeskPost }) {
  return (
    <p className="desk-post-counts">
      {approved > 0 ? <a href={queuePath({ queue: 'approved', post: slug })}>{t('posts.line.comments', { count: approved })}</a> : <span>{t('posts.line.noComments')}</span>}
      {waiting > 0 && <a className="desk-post-waiting" href={queuePath({ queue: 'pending', post: slug })}>{t('posts.line.waiting', { count: waiting })}</a>}
    </p>
  );
}

/** Whether a post takes comments, and until or since when. */
export function ClosingWords({ post: { commentsOpen, closing: { at } }, site }: { post: Pick<DeskPost, 'commentsOpen' | 'closing'>; site: SiteLocale }) {
  if (!at) return t(commentsOpen ? 'posts.closing.open' : 'posts.closing.closed');
  return t.rich(commentsOpen ? 'posts.closing.openUntil' : 'posts.closing.closedOn', { date: () => <Time at={lastOpenMoment(at)} site={site} /> });
}
