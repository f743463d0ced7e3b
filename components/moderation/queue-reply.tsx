import { useActionState } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import type { ReplyState } from '@/lib/moderation/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';

type Props = {
  card: QueueCard;
  reply: (state: ReplyState, form: FormData) => Promise<ReplyState>;
  close: () => void;
};

/** The answer to a comment, written where it stands in the queue. */
export function QueueReply({ card, reply, close }: Props) {
  const [state, submit, isPending] = useActionState(reply, { done: null, message: null, entered: '' });
  if (state.sent) {
    return (
      <Notice kind="status">
        Your reply is published. <a href={`/comments/${state.sent}`}>See it</a>
      </Notice>
    );
  }
  return (
    <form action={submit} className="card-reply">
      <input type="hidden" name="post" value={card.post.slug} />
      <input type="hidden" name="parent" value={card.id} />
      {state.message && <Notice kind="alert">{state.message}</Notice>}
      <Field key={state.entered} id={`reply-${card.id}`} name="comment" label={`Reply to ${card.name}`} multiline rows={4} required defaultValue={state.entered} />
      <div className="card-acts">
        <Button disabled={isPending}>Post reply</Button>
        <Button quiet type="button" onClick={close}>
          Cancel reply
        </Button>
      </div>
    </form>
  );
}
