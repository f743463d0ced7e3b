import type { Excerpt, QueueCard } from '@/lib/moderation/queries';
import { queueOf, queuePath, statusName } from '@/lib/moderation/rules';

/** Where it stands, and how its writer is known. */
export function CardContext({ card }: { card: QueueCard }) {
  const { post } = card;
  return (
    <p className="card-meta">
      {card.inReplyTo ? `In reply to ${card.inReplyTo.name || 'a deleted comment'} on ` : 'On '}
      <a href={`/posts/${encodeURIComponent(post.slug)}`}>{post.title || 'a post without a title'}</a>
      <span>
        {' '}
        · <a href={queuePath({ queue: queueOf(card.status), post: post.slug })}>only this post</a>
      </span>
      {card.status === 'approved' && (
        <span>
          {' '}
          · <a href={`/comments/${card.id}`}>see it in its place</a>
        </span>
      )}
      {card.email && <span className="card-email"> · {card.email}</span>}
      {card.website && <span className="card-email"> · {card.website}</span>}
      {card.isPseudonym && <span> · a name on this post only</span>}
      {card.person && (
        <span className="card-email">
          {' '}
          · written by {card.person.name}
          {card.person.email ? `, ${card.person.email}` : ''}
        </span>
      )}
      {!card.isSignedIn && <span> · not signed in</span>}
    </p>
  );
}

/** The comment that it answers, by its beginning. */
export function CardParent({ card: { inReplyTo } }: { card: QueueCard }) {
  if (!inReplyTo || inReplyTo.text === '') return null;
  return (
    <details className="card-thread">
      <summary>What {inReplyTo.name} wrote</summary>
      <Beginning of={inReplyTo} />
    </details>
  );
}

/** How many have answered it, and the first of them. */
export function CardReplies({ card: { id, replyCount, firstReply } }: { card: QueueCard }) {
  if (replyCount === 0 || !firstReply) return null;
  return (
    <details className="card-thread">
      <summary>{replyCount === 1 ? `1 reply, by ${firstReply.name}` : `${replyCount} replies, the first by ${firstReply.name}`}</summary>
      <Beginning of={firstReply} />
      {replyCount > 1 && (
        <p>
          <a href={`/comments/${id}`}>See all {replyCount} in their place</a>
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
        {status === 'approved' ? <a href={`/comments/${id}`}>See the comment by {name} in its place</a> : <a href={queuePath({ queue: queueOf(status) }, 'newest', { comment: id })}>It is in {statusName(status)}</a>}
      </p>
    </>
  );
}
