import type { ReactNode } from 'react';
import { Time } from '@/components/ui/time';
import type { OwnComment } from '@/lib/account/queries';
import type { ToldState } from '@/lib/account/schema';
import { ownReceiptPath } from '@/lib/subscriptions/rules';
import { declineInside } from '@/lib/moderation/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

const wordsOf = (state: ToldState): string => t(`account.commentStates.${state === 'not published' ? 'notPublished' : state}`);
const bdi = (chunks: ReactNode) => <bdi>{chunks}</bdi>;

/** What a person has written, newest first, each with its state. */
export function OwnCommentList({ comments, site }: { comments: OwnComment[]; site: SiteLocale }) {
  if (comments.length === 0) return <p className="account-note">{t('account.comments.none')}</p>;
  return (
    <ol className="account-comments">
      {comments.map((comment) => <li key={comment.id}><OwnCommentArticle comment={comment} site={site} /></li>)}
    </ol>
  );
}

function OwnCommentArticle({ comment: { id, state, createdAt, excerpt, pseudonym, post, path, declined }, site }: { comment: OwnComment; site: SiteLocale }) {
  const on = t.rich('account.comments.on', { title: post.title, bdi });
  return (
    <article aria-labelledby={`own-${id}`}>
      <p className="account-comment-head" id={`own-${id}`}>
        {path ? <a href={path}>{on}</a> : <span>{on}</span>}
        <Time at={createdAt} site={site} />
      </p>
      <p className="account-excerpt" dir="auto">{excerpt}</p>
      <p className="account-note">
        <span className={`account-state account-state--${state === 'not published' ? 'hidden' : state}`}>{wordsOf(state)}</span>
        {' · '}<a className="account-more" href={ownReceiptPath(id)}>{t('subscriptions.receipt.link')}</a>
        {pseudonym !== null && <> · {t.rich('account.comments.asPseudonym', { name: pseudonym, bdi })}</>}
      </p>
      {declined && (
        <div className="account-declined">
          <p className="account-note">{t('account.comments.reason', { reason: declineInside(declined.reason) })}</p>
          <blockquote className="letter-words">{declined.words}</blockquote>
          {declined.reword && <p><a className="account-more" href={declined.reword}>{t('account.comments.reword')}</a></p>}
        </div>
      )}
    </article>
  );
}
