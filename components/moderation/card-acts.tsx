import { useRef, useState } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import { mayBeDeclined } from '@/lib/moderation/declines';
import type { Act, DeskState } from '@/lib/moderation/schema';
import { Button } from '@/components/ui/button';
import { DeclineDialog } from './decline-dialog';
import { DeleteButton } from './delete-button';
import { QueueReply, SeenComment } from './queue-reply';

type Props = {
  card: QueueCard;
  act: (form: FormData) => void;
  state: DeskState;
  isPending: boolean;
};

const ACT_NAMES: Record<Exclude<Act, 'delete'>, string> = { approve: 'Approve', unapprove: 'Unapprove', spam: 'Spam', trash: 'Trash', restore: 'Restore' };

/** What can be done with a comment: its buttons, and the answer to it. */
export function CardActs({ card, act, state, isPending }: Props) {
  const { id, name } = card;
  const refusedHere = state.refused?.to === id && state.refused.form === 'reply' ? state.refused.text : null;
  const [reply, setReply] = useState<'closed' | 'open' | 'sent'>(refusedHere === null ? 'closed' : 'sent');
  const replyButton = useRef<HTMLButtonElement>(null);
  const isAnswering = reply === 'open' || (reply === 'sent' && refusedHere !== null);
  return (
    <>
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
        {mayBeDeclined(card) && <DeclineDialog card={card} act={act} state={state} isPending={isPending} />}
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
    </>
  );
}
