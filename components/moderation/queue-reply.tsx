import { useEffect, useRef } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';

type Props = {
  card: Pick<QueueCard, 'id' | 'revision' | 'status' | 'name'> & { post: { slug: string } };
  act: (form: FormData) => void;
  /** What was typed before a refusal. */
  text: string;
  isPending: boolean;
  close: () => void;
};

/** The answer to a comment, written where it stands in the queue. */
export function QueueReply({ card, act, text, isPending, close }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  return (
    <form
      ref={form}
      action={act}
      className="card-reply"
      onKeyDown={({ key, target }) => {
        if (key === 'Escape' && target instanceof HTMLTextAreaElement && target.value === '') close();
      }}
    >
      <SeenComment card={card} />
      <input type="hidden" name="post" value={card.post.slug} />
      <Field key={text} id={`reply-${card.id}`} name="text" label={t('moderation.reply.label', { name: card.name })} multiline rows={4} required defaultValue={text} />
      <div className="card-form-acts">
        <Button disabled={isPending}>{card.status === 'pending' ? t('moderation.reply.approveAndReply') : t('moderation.reply.submit')}</Button>
        <Button quiet type="button" onClick={close}>
          {t('moderation.reply.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** The comment as it was seen when its buttons were made: a decision on anything else is a conflict. */
export function SeenComment({ card: { id, revision, status } }: { card: Pick<QueueCard, 'id' | 'revision' | 'status'> }) {
  return (
    <>
      <input type="hidden" name="comment" value={id} />
      <input type="hidden" name="revision" value={revision} />
      <input type="hidden" name="seenStatus" value={status} />
    </>
  );
}
