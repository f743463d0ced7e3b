import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import { declineDraft } from '@/lib/moderation/declines';
import { declineName } from '@/lib/moderation/rules';
import { DECLINE_REASONS, DECLINE_WORDS_MAX_CHARACTERS, type DeclineReason, type DeskState } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { SeenComment } from './queue-reply';

type Props = {
  card: QueueCard;
  act: (form: FormData) => void;
  state: DeskState;
  isPending: boolean;
};

const [FIRST] = DECLINE_REASONS;

/** `Decline…`: why a comment is not published, in words that its writer reads. What was typed stays through a refusal. */
export function DeclineDialog({ card, act, state, isPending }: Props) {
  const { id, name } = card;
  const refused = state.refused?.to === id && state.refused.form === 'decline' ? state.refused : null;
  const [reason, setReason] = useState<DeclineReason>(FIRST);
  const [words, setWords] = useState(refused?.text ?? declineDraft(FIRST));
  const [shown, setShown] = useState<'closed' | 'open' | 'sent'>(refused === null ? 'closed' : 'sent');
  const choose = (chosen: DeclineReason) => {
    setReason(chosen);
    // A draft gives way to another; what somebody has written does not.
    if (words === declineDraft(reason)) setWords(declineDraft(chosen));
  };
  return (
    <Dialog.Root open={shown === 'open' || (shown === 'sent' && refused !== null)} onOpenChange={(open) => setShown(open ? 'open' : 'closed')}>
      <Dialog.Trigger render={<Button quiet type="button" />}>{t('moderation.decline.open')}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog decline">
          <Dialog.Title className="dialog-title">{t('moderation.decline.heading', { name })}</Dialog.Title>
          <Dialog.Description className="field-hint">
            {t('moderation.decline.explanation', { name })}
          </Dialog.Description>
          <form
            className="decline-form"
            // React empties a form once it is sent: the reason would be the first one again after a refusal.
            onReset={(event) => event.preventDefault()}
            action={(form) => {
              setShown('sent');
              act(form);
            }}
          >
            <SeenComment card={card} />
            {refused && shown === 'sent' && <p className="status-bar status-bar--alert" role="alert">{refused.message}</p>}
            <div className="field">
              <label htmlFor={`decline-reason-${id}`}>{t('moderation.decline.reason')}</label>
              <select id={`decline-reason-${id}`} name="decline" value={reason} onChange={({ target }) => choose(DECLINE_REASONS.find((one) => one === target.value) ?? reason)}>
                {DECLINE_REASONS.map((one) => <option key={one} value={one}>{declineName(one)}</option>)}
              </select>
            </div>
            <div className="field">
              <label htmlFor={`decline-words-${id}`}>{t('moderation.decline.words', { name })}</label>
              <textarea id={`decline-words-${id}`} name="words" rows={7} required maxLength={DECLINE_WORDS_MAX_CHARACTERS} value={words} onChange={({ target }) => setWords(target.value)} />
            </div>
            <div className="card-acts">
              <Dialog.Close render={<Button quiet type="button" />}>{t('moderation.acts.cancel')}</Dialog.Close>
              <Button disabled={isPending}>{t('moderation.decline.submit')}</Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
