import { useRef, useState } from 'react';
import type { QueueCard as Card, QueueEvent } from '@/lib/moderation/queries';
import { DECISION_WORDS, sentenceFor } from '@/lib/moderation/rules';
import type { Act, CommentStatus, DeskState } from '@/lib/moderation/schema';
import { personPath } from '@/lib/people/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { Portrait } from '@/components/identity/portrait';
import { Button } from '@/components/ui/button';
import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';
import { DeleteButton } from './delete-button';
import { QueueReply, SeenComment } from './queue-reply';

type Props = {
  card: Card;
  site: SiteLocale;
  act: (form: FormData) => void;
  state: DeskState;
  isPending: boolean;
};

const ACT_NAMES: Record<Exclude<Act, 'delete'>, string> = { approve: 'Approve', unapprove: 'Unapprove', spam: 'Spam', trash: 'Trash', restore: 'Restore' };

const STATUS_NAMES: Record<CommentStatus, string> = { pending: 'Pending', approved: 'Approved', spam: 'Spam', trash: 'Trash', deleted: 'Deleted' };

/** One comment in a queue: who wrote what where, why it is here, and what can be done with it. */
export function QueueCard({ card, site, act, state, isPending }: Props) {
  const { id, name, post } = card;
  const refusedHere = state.refused?.to === id && state.refused.form === 'reply' ? state.refused.text : null;
  const [reply, setReply] = useState<'closed' | 'open' | 'sent'>(refusedHere === null ? 'closed' : 'sent');
  const replyButton = useRef<HTMLButtonElement>(null);
  const isAnswering = reply === 'open' || (reply === 'sent' && refusedHere !== null);
  return (
    <article className={`card card--${card.status}`} id={`card-${id}`} aria-labelledby={`card-${id}-name`} tabIndex={-1}>
      <header className="card-head">
        {!card.isMention && <Portrait name={name} picture={card.picture} />}
        <h2 id={`card-${id}-name`} className="card-name">
          {card.personId === null ? name : <a href={personPath(card.personId)}>{name}</a>}
        </h2>
        {card.isPostAuthor && <span className="author-mark">Author</span>}
        <span className="card-status">{card.isMention ? `${STATUS_NAMES[card.status]} mention` : STATUS_NAMES[card.status]}</span>
        <Time at={card.createdAt} site={site} withClock />
      </header>
      <p className="card-meta">
        {card.inReplyTo ? `In reply to ${card.inReplyTo.name} on ` : 'On '}
        <a href={`/posts/${encodeURIComponent(post.slug)}`}>{post.title || 'a post without a title'}</a>
        {card.email && <span className="card-email"> · {card.email}</span>}
        {card.website && <span className="card-email"> · {card.website}</span>}
        {card.isPseudonym && <span> · a name on this post only</span>}
        {card.person && <span className="card-email"> · written by {card.person.name}{card.person.email ? `, ${card.person.email}` : ''}</span>}
        {!card.isSignedIn && <span> · not signed in</span>}
      </p>
      <Prose className="card-text" html={card.html} />
      {card.status !== 'approved' && card.reasons.length > 0 && (
        <ul className="card-reasons" aria-label="Why it is here">
          {card.reasons.map((reason) => (
            <li key={reason.rule}>{sentenceFor(reason)}</li>
          ))}
        </ul>
      )}
      <form action={act} className="card-acts">
        <SeenComment card={card} />
        {card.acts.map((name_) =>
          name_ === 'delete' ? (
            <DeleteButton key={name_} name={name} />
          ) : (
            <Button key={name_} quiet={name_ !== 'approve'} name="decision" value={name_}>
              {ACT_NAMES[name_]}
            </Button>
          ),
        )}
        {card.mayBeAnswered && (
          <Button ref={replyButton} quiet type="button" aria-expanded={isAnswering} onClick={() => setReply(isAnswering ? 'closed' : 'open')}>
            Reply
          </Button>
        )}
      </form>
      {isAnswering && (
        <QueueReply
          card={card}
          act={(form) => {
            setReply('sent');
            act(form);
          }}
          text={refusedHere ?? ''}
          isPending={isPending}
          close={() => {
            setReply('closed');
            replyButton.current?.focus();
          }}
        />
      )}
      {card.history.length > 1 && <History events={card.history} site={site} />}
    </article>
  );
}

function History({ events, site }: { events: QueueEvent[]; site: SiteLocale }) {
  return (
    <details className="card-history">
      <summary>History</summary>
      <ol>
        {events.map((event) => (
          <li key={event.id}>
            <Time at={event.createdAt} site={site} withClock /> {DECISION_WORDS[event.decision]}
            {event.actorName ? ` by ${event.actorName}` : ''}, now {STATUS_NAMES[event.toStatus]}
          </li>
        ))}
      </ol>
    </details>
  );
}
