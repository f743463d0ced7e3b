import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';
import type { ReceiptView } from '@/lib/comments/receipts';
import { declineInside } from '@/lib/moderation/rules';
import type { SiteLocale } from '@/lib/site/schema';
import type { ActState, EditState } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';
import { EditForm, NotifyForm, WithdrawForm } from './receipt-form';

type Props = {
  receipt: ReceiptView;
  done: string | null;
  site: SiteLocale;
  edit: (state: EditState, form: FormData) => Promise<EditState>;
  change: (state: ActState, form: FormData) => Promise<ActState>;
};

const DONE = ['published', 'waiting', 'withdrawn', 'left', 'active', 'asked'] as const;

/** A comment for its writer: its state, its text, and what they can do about it. */
export function ReceiptScreen({ receipt, done, site, edit, change }: Props) {
  const { token, state, createdAt, html, declined, post, path, changed } = receipt;
  const said = DONE.find((one) => one === done);
  const isGone = state === 'withdrawn' || state === 'deleted';
  return (
    <div className="reply-page subscriptions">
      <h1 className="reply-title">{t('subscriptions.receipt.heading')}</h1>
      {said && <p className="form-status" role="status">{t(`subscriptions.receiptDone.${said}`)}</p>}
      <p className="receipt-state">
        <strong>{t(`subscriptions.receiptState.${state === 'not published' ? 'notPublished' : state}`)}</strong>{' '}
        {t.rich('subscriptions.receipt.on', { date: () => <Time at={createdAt} site={site} />, title: post.title, post: (words) => (post.path ? <a href={path ?? post.path}><bdi>{words}</bdi></a> : <bdi>{words}</bdi>) })}
      </p>
      {state === 'waiting' && <p>{t('comments.waiting.isRead')}</p>}
      {declined && (
        <div className="declined-answer">
          <p>{t('comments.waiting.declinedFor', { reason: declineInside(declined.reason) })} {t('comments.waiting.answer')}</p>
          <blockquote className="letter-words">{declined.words}</blockquote>
        </div>
      )}
      {!isGone && <Prose className="comment-text receipt-text" html={html} />}
      {changed && <section className="notice" aria-label={t('subscriptions.receipt.changed')}><p>{t('subscriptions.receipt.changed')}</p><Prose className="comment-text" html={changed} /></section>}
      {!isGone && <Acts receipt={receipt} site={site} edit={edit} change={change} />}
      <p className="field-hint">{t('subscriptions.receipt.keep')}</p>
      {isGone && token && post.path && <p><a href={post.path}>{t('subscriptions.receipt.toPost')}</a></p>}
    </div>
  );
}

function Acts({ receipt: { token, edit: may, source, thread, hasAddress, post }, site, edit, change }: Omit<Props, 'done'>) {
  return (
    <>
      {may && (
        <section aria-labelledby="receipt-edit">
          <h2 id="receipt-edit">{t('subscriptions.receipt.edit')}</h2>
          <p>{may.until ? t.rich('subscriptions.receipt.editUntil', { time: () => <Time at={may.until ?? new Date()} site={site} withClock /> }) : t('subscriptions.receipt.editWaiting')}</p>
          <EditForm token={token} source={source} act={edit} />
        </section>
      )}
      {hasAddress && post.path && (
        <section aria-labelledby="receipt-notify">
          <h2 id="receipt-notify">{t('subscriptions.receipt.notify')}</h2>
          <NotifyForm token={token} thread={thread} act={change} />
        </section>
      )}
      <section aria-labelledby="receipt-withdraw">
        <h2 id="receipt-withdraw">{t('subscriptions.receipt.withdraw')}</h2>
        <p>{t('subscriptions.receipt.withdrawHint')}</p>
        <WithdrawForm token={token} act={change} />
      </section>
    </>
  );
}
