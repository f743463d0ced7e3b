import { useRef, useState } from 'react';
import { ageWords, type RepliesState } from '@/lib/comments/reply-desk';
import type { UnansweredComment } from '@/lib/comments/unanswered';
import { queuePath } from '@/lib/moderation/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Portrait } from '@/components/identity/portrait';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { CardText } from './card-text';
import { QueueReply } from './queue-reply';

type Props = {
  comment: UnansweredComment;
  /** Whether its discussion takes an answer. */
  isOpen: boolean;
  site: SiteLocale;
  act: (form: FormData) => void;
  state: RepliesState;
  isPending: boolean;
};

/** A comment that waits for an answer: who wrote what, since when, what it answers, and the answer where it stands. */
export function RepliesCard({ comment, isOpen, site, act, state, isPending }: Props) {
  const { id, name, inReplyTo, replyCount } = comment;
  return (
    <article className="card replies-card" id={`card-${id}`} aria-labelledby={`card-${id}-name`} tabIndex={-1}>
      <header className="card-head">
        <Portrait name={name} picture={comment.picture} />
        <h3 id={`card-${id}-name`} className="card-name">{name}</h3>
        <span className="replies-age"><Time at={comment.createdAt} site={site} /> · {ageWords(comment.ageMs)}</span>
      </header>
      {inReplyTo && (
        <details className="card-thread">
          <summary>{t('moderation.replies.inReplyTo', { name: inReplyTo.name })}</summary>
          <blockquote>{inReplyTo.text}</blockquote>
          <p><a href={`/comments/${inReplyTo.id}`}>{t('moderation.context.seeComment', { name: inReplyTo.name })}</a></p>
        </details>
      )}
      <CardText html={comment.html} name={name} />
      <p className="card-meta">
        {replyCount > 0 && `${t('moderation.replies.byOthers', { count: replyCount })} · `}
        <a href={`/comments/${id}`}>{t('moderation.context.inPlace')}</a> · <a href={queuePath({ queue: 'approved' }, 'newest', { comment: id })}>{t('moderation.replies.inQueue')}</a>
      </p>
      <Acts comment={comment} isOpen={isOpen} act={act} state={state} isPending={isPending} />
    </article>
  );
}

function Acts({ comment, isOpen, act, state, isPending }: Omit<Props, 'site'>) {
  const { id } = comment;
  const replyButton = useRef<HTMLButtonElement>(null);
  const refused = state.refused?.to === id ? state.refused : null;
  const [taken, setTaken] = useState(refused);
  const [form, setForm] = useState<'shut' | 'open' | 'sent'>('shut');
  const [text, setText] = useState('');
  // A refusal opens it again with what was typed, and the next act, which has another answer, does not close it.
  if (refused !== taken) {
    setTaken(refused);
    if (refused) {
      setForm('open');
      setText(refused.text);
    }
  }
  const close = () => {
    replyButton.current?.focus();
    setForm('shut');
    setText('');
  };
  const send = (sent: FormData) => {
    setForm('sent');
    act(sent);
  };
  return (
    <>
      <form action={act} className="card-acts">
        {isOpen && (
          <Button ref={replyButton} type="button" data-act="reply" aria-expanded={form === 'open'} disabled={form === 'sent' && isPending} onClick={() => (form === 'open' ? close() : setForm('open'))}>
            {t('moderation.acts.reply')}
          </Button>
        )}
        <Button quiet name="noReply" value={id} data-act="noReply">{t('moderation.replies.noReply')}</Button>
      </form>
      {form === 'open' && <QueueReply card={comment} act={send} text={text} isPending={isPending} close={close} />}
    </>
  );
}
