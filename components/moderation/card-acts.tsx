import { useRef } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import { mayBeDeclined } from '@/lib/moderation/declines';
import type { Act, DeskState } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { CardEdit } from './card-edit';
import { useCardForm } from './card-form';
import { DeclineDialog } from './decline-dialog';
import { DeleteButton } from './delete-button';
import { QueueReply, SeenComment } from './queue-reply';

type Props = {
  card: QueueCard;
  act: (form: FormData) => void;
  state: DeskState;
  isPending: boolean;
  /** Something was decided that the card does not show. What is being typed stays. */
  isLocked: boolean;
};

/** What can be done with a comment: its buttons, by which the keys act too, the answer to it, and its text. */
export function CardActs({ card, act, state, isPending, isLocked }: Props) {
  const { name } = card;
  const replyButton = useRef<HTMLButtonElement>(null);
  const editButton = useRef<HTMLButtonElement>(null);
  const form = useCardForm({ card, state, act, buttons: { reply: replyButton, edit: editButton } });
  const button = (decision: Act) =>
    card.acts.includes(decision) && (
      <Button key={decision} quiet={decision !== 'approve'} name="decision" value={decision} data-act={decision}>
        {t(`moderation.acts.${decision}`)}
      </Button>
    );
  return (
    <>
      <form action={act} className="card-acts">
        <SeenComment card={card} />
        <fieldset className="card-locked" disabled={isLocked}>
          {button('approve')}
          {button('unapprove')}
          {card.mayBeAnswered && (
            <Button ref={replyButton} quiet type="button" data-act="reply" aria-expanded={form.open === 'reply'} onClick={form.toggleReply}>
              {t('moderation.acts.reply')}
            </Button>
          )}
          {form.mayBeEdited && (
            <Button ref={editButton} quiet type="button" data-act="edit" aria-expanded={form.open === 'edit'} aria-busy={form.isLoading} onClick={() => void form.toggleEdit()}>
              {t('moderation.acts.edit')}
            </Button>
          )}
          {button('spam')}
          {button('trash')}
          {mayBeDeclined(card) && <DeclineDialog card={card} act={act} state={state} isPending={isPending} />}
          {button('restore')}
          {card.acts.includes('delete') && <DeleteButton name={name} />}
        </fieldset>
      </form>
      {form.open === 'reply' && <QueueReply card={card} act={form.send} text={form.text} isPending={isPending} close={form.close} />}
      {form.open === 'edit' && <CardEdit card={card} seen={form.seen} act={form.send} text={form.text} close={form.close} />}
    </>
  );
}
