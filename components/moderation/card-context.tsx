import type { QueueCard } from '@/lib/moderation/queries';

/** Where it stands, and how its writer is known. */
export function CardContext({ card }: { card: QueueCard }) {
  const { post } = card;
  return (
    <p className="card-meta">
      {card.inReplyTo ? `In reply to ${card.inReplyTo.name} on ` : 'On '}
      <a href={`/posts/${encodeURIComponent(post.slug)}`}>{post.title || 'a post without a title'}</a>
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
