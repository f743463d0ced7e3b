'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';
import type { DecisionPage } from '@/lib/moderation/decision-page';
import { countedText } from '@/lib/moderation/rules';
import { sentenceFor } from '@/lib/moderation/sentences';
import type { LinkState } from '@/lib/moderation/schema';
import { cardPath } from '@/lib/people/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { DecideOutcome } from './decide-outcome';
import { DecideThread } from './decide-thread';

type Props = {
  view: DecisionPage;
  token: string;
  site: SiteLocale;
  siteTitle: string;
  action: (state: LinkState, form: FormData) => Promise<LinkState>;
};

/** What the link of a notice opens: the comment as it stands, and the buttons that decide on it. A plain form, for a phone. */
export function DecideScreen({ view, token, site, siteTitle, action }: Props) {
  const [state, submit, isPending] = useActionState(action, { message: null, text: '', textMessage: null });
  const { comment, post, person } = view;
  const isOpen = view.outcome === null && !view.isUsed;
  return (
    <main id="content" className="decide" tabIndex={-1}>
      <p className="decide-site">{siteTitle}</p>
      <h1>{comment.name} <small>{t.rich('moderation.decide.on', { title: post.title || t('moderation.unnamed.post'), post: (title) => <a href={`/posts/${encodeURIComponent(post.slug)}`}>{title}</a> })}</small></h1>
      {state.message && <p className="form-alert" role="alert">{state.message}</p>}
      {!isOpen && <DecideOutcome view={view} site={site} />}
      <DecideThread view={view} site={site} />
      <article className="decide-comment" aria-label={t('moderation.decide.comment', { name: comment.name })}>
        <p className="decide-head">
          <Time at={comment.createdAt} site={site} withClock />
          {comment.page !== null ? <span> · <a href={comment.page} rel="nofollow ugc noopener">{comment.page}</a></span> : !comment.isSignedIn && <span> · {t('moderation.context.notSignedIn')}</span>}
        </p>
        <Prose html={comment.html} />
      </article>
      <section className="decide-why" aria-label={t('moderation.decide.why')}>
        {isOpen && view.reasons.map((reason) => <p key={reason.rule}>{sentenceFor(reason)}</p>)}
        <Writer view={view} site={site} />
      </section>
      {isOpen && <DecideForm view={view} token={token} state={state} submit={submit} isPending={isPending} />}
      <footer className="decide-end">
        {isOpen && <p>{t('moderation.decide.youDecide', { name: person.name })}</p>}
        <p><a href={cardPath(comment.id)}>{t('moderation.decide.openAtDesk')}</a></p>
      </footer>
    </main>
  );
}

function Writer({ view: { comment, writer }, site }: Pick<Props, 'view' | 'site'>) {
  const { approved, refused, firstSeen } = writer;
  if (firstSeen === null) return <p>{t('moderation.decide.nothingElse', { name: comment.name })}</p>;
  return (
    <p>
      {t.rich('moderation.decide.writer', { at: () => <Time at={firstSeen} site={site} />, approved: countedText(approved), refused: countedText(refused) })}
    </p>
  );
}

type FormProps = Pick<Props, 'view' | 'token'> & { state: LinkState; submit: (form: FormData) => void; isPending: boolean };

function DecideForm({ view: { comment, refusalToReply }, token, state, submit, isPending }: FormProps) {
  return (
    <form className="decide-form" action={submit}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="revision" value={comment.revision} />
      <div className="decide-acts">
        <Button name="decision" value="approve" disabled={isPending}>{t('moderation.acts.approve')}</Button>
        <Button quiet name="decision" value="refuse" disabled={isPending}>{t('moderation.decide.refuse')}</Button>
      </div>
      {refusalToReply === null ? (
        <div className="decide-reply">
          <Field id="reply" name="text" label={t('moderation.reply.label', { name: comment.name })} multiline rows={3} defaultValue={state.text} {...(state.textMessage && { error: state.textMessage })} />
          <Button quiet name="decision" value="reply" disabled={isPending}>{t('moderation.reply.approveAndReply')}</Button>
        </div>
      ) : (
        <p className="field-hint">{refusalToReply}</p>
      )}
    </form>
  );
}
