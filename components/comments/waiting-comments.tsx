import { Portrait } from '@/components/identity/portrait';
import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';
import { replyPath } from '@/lib/comments/rules';
import type { DeclinedView, OwnWaitingComment } from '@/lib/comments/schema';
import { declineInside } from '@/lib/moderation/rules';
import { ownReceiptPath } from '@/lib/subscriptions/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

type Post = { slug: string; commentsOpen: boolean };
type Props = { comments: OwnWaitingComment[]; post: Post; site: SiteLocale };

/** One's own comments that nobody else sees, each with the sentence that says why. Nothing without any. */
export function WaitingComments({ comments, post, site }: Props) {
  if (comments.length === 0) return null;
  const name = comments.some(({ declined }) => declined) ? t('comments.waiting.unseen') : t('comments.waiting.list');
  return (
    <ol className="thread-list waiting-list" aria-label={name} data-waiting-list>
      {comments.map((comment) => (
        <li key={comment.id} data-waiting={comment.id} data-waiting-parent={comment.parentId ?? undefined}>
          <article className="comment comment--held" id={`comment-${comment.id}`} tabIndex={-1}>
            <header className="comment-head">
              <Portrait name={comment.name} picture={comment.picture} />
              <span className="comment-name">{comment.name}</span>
              <span className="comment-date">
                <Time at={comment.createdAt} site={site} />
              </span>
              {comment.parentName && <span className="in-reply-to">{t('comments.waiting.inReplyTo', { name: comment.parentName })}</span>}
            </header>
            {comment.declined ? <DeclinedNote declined={comment.declined} /> : <WaitingNote />}
            <Prose className="comment-text" html={comment.html} />
            {comment.declined && <Invitation comment={comment} words={comment.declined.words} post={post} />}
            <p className="receipt-link"><a href={ownReceiptPath(comment.id)}>{t('subscriptions.receipt.link')}</a></p>
          </article>
        </li>
      ))}
    </ol>
  );
}

function WaitingNote() {
  return (
    <p className="held-note" role="status">
      <strong>{t('comments.waiting.awaits')}</strong> <span>{t('comments.waiting.isRead')}</span>
    </p>
  );
}

function DeclinedNote({ declined: { reason } }: { declined: DeclinedView }) {
  return (
    <p className="held-note">
      <strong>{t('comments.waiting.declined')}</strong> <span>{t('comments.waiting.declinedFor', { reason: declineInside(reason) })}</span>
    </p>
  );
}

/** What a person has answered to a declined comment, and the way to say it again. */
function Invitation({ comment: { id, parentId, parentName }, words, post }: { comment: OwnWaitingComment; words: string; post: Post }) {
  return (
    <div className="declined-answer">
      <p>{t('comments.waiting.answer')}</p>
      <blockquote className="letter-words">{words}</blockquote>
      {post.commentsOpen && (
        <p>
          <a className="button button--quiet" href={replyPath(post.slug, parentName === null || parentId === null ? undefined : parentId, id)}>
            {t('comments.waiting.reword')}
          </a>
        </p>
      )}
    </div>
  );
}
