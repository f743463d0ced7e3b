import { useEffect, useRef } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SeenComment } from './queue-reply';

type Props = {
  card: QueueCard;
  /** As the comment was when its text was asked for: what came after it is not overwritten. */
  seen: Pick<QueueCard, 'id' | 'revision' | 'status'>;
  act: (form: FormData) => void;
  text: string;
  close: () => void;
};

/** The text of a comment, changed where it stands in the queue. */
export function CardEdit({ card, seen, act, text, close }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  return (
    <form
      ref={form}
      action={act}
      className="card-reply"
      onKeyDown={({ key, target }) => {
        if (key === 'Escape' && target instanceof HTMLTextAreaElement && target.value === target.defaultValue) close();
      }}
    >
      <SeenComment card={seen} />
      <Field key={text} id={`edit-${card.id}`} name="source" label={t('moderation.edit.label', { name: card.name })} hint={t('moderation.edit.hint')} multiline rows={6} required defaultValue={text} />
      <div className="card-form-acts">
        <Button>{t('moderation.edit.submit')}</Button>
        <Button quiet type="button" onClick={close}>
          {t('moderation.acts.cancel')}
        </Button>
      </div>
    </form>
  );
}
