import type { ReactNode } from 'react';
import type { Excerpt, QueueCard } from '@/lib/moderation/queries';
import { queueOf, queuePath } from '@/lib/moderation/rules';
import { t } from '@/lib/words/t';

/** Where it stands, and how its writer is known. */
export function CardContext({ card }: { card: QueueCard }) {
  const { post } = card;
  const where = { title: post.title || t('moderation.unnamed.post'), post: (title: ReactNode) => <a href={`/posts/${encodeURIComponent(post.slug)}`}>{title}</a> };
  return (
    <p className="card-meta">
      {card.inReplyTo ? t.rich('moderation.context.replyOn', { name: card.inReplyTo.name || t('moderation.unnamed.deletedComment'), ...where }) : t.rich('moderation.context.on', where)}
      <span>
        {' '}
        · <a href={queuePath({ queue: queueOf(card.status), post: post.slug })}>{t('moderation.context.onlyPost')}</a>
      </span>
      {card.status === 'approved' && (
        <span>
          {' '}
          · <a href={`/comments/${card.id}`}>{t('moderation.context.inPlace')}</a>
        </span>
      )}
      {card.email && <span className="card-email"> · {card.email}</span>}
      {card.website && <span className="card-email"> · {card.isMention ? <a href={card.website} rel="nofollow ugc noopener">{card.website}</a> : card.website}</span>}
      {card.isPseudonym && <span> · {t('moderation.context.pseudonym')}</span>}
      {card.person && (
        <span className="card-email">
          {' '}
          · {card.person.email ? t('moderation.context.writtenByAddress', { name: card.person.name, email: card.person.email }) : t('moderation.context.writtenBy', { name: card.person.name })}
        </span>
      )}
      {!card.isSignedIn && !card.isMention && <span> · {t('moderation.context.notSignedIn')}</span>}
    </p>
  );
}

/** The comment that it answers, by its beginning. */
export function CardParent({ card: { inReplyTo } }: { card: QueueCard }) {
  if (!inReplyTo || inReplyTo.text === '') return null;
  return (
    <details className="card-thread">
      <summary>{t('moderation.context.parent', { name: inReplyTo.name })}</summary>
      <Beginning of={inReplyTo} />
    </details>
  );
}

/** How many have answered it, and the first of them. */
export function CardReplies({ card: { id, replyCount, firstReply } }: { card: QueueCard }) {
  if (replyCount === 0 || !firstReply) return null;
  return (
    <details className="card-thread">
      <summary>{t('moderation.context.replies', { count: replyCount, name: firstReply.name })}</summary>
      <Beginning of={firstReply} />
      {replyCount > 1 && (
        <p>
          <a href={`/comments/${id}`}>{t('moderation.context.seeReplies', { count: replyCount })}</a>
        </p>
      )}
    </details>
  );
}

function Beginning({ of: { id, name, status, text } }: { of: Excerpt }) {
  return (
    <>
      <blockquote>{text}</blockquote>
      <p>
        {status === 'approved' ? <a href={`/comments/${id}`}>{t('moderation.context.seeComment', { name })}</a> : <a href={queuePath({ queue: queueOf(status) }, 'newest', { comment: id })}>{t('moderation.context.isIn', { status })}</a>}
      </p>
    </>
  );
}
