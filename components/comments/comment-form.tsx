'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState, type ReactNode } from 'react';
import { BOX_FIELDS, type BoxIdentity, type BoxState } from '@/lib/comments/box';
import type { Provider } from '@/lib/identity/schema';
import type { Closing } from '@/lib/posts/rules';
import type { Care } from '@/lib/posts/schema';
import type { SiteLocale } from '@/lib/site/schema';
import type { SafeHtml } from '@/lib/text/safe-html';
import { GuestIdentity } from '@/components/identity/guest-identity';
import { ShutOutNotice, WarningLetter } from '@/components/identity/standing-notice';
import { PersonIdentity } from '@/components/identity/person-identity';
import { Conduct } from '@/components/site/conduct';
import { Helpline } from '@/components/posts/helpline';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { t } from '@/lib/words/t';
import { ClosedNote, ClosingNote } from './closing-note';
import { NotifyWishes } from './notify-wishes';
import { TakenOut, WordBefore } from './word-before';

type Props = {
  action: (state: BoxState, form: FormData) => Promise<BoxState>;
  initial: BoxState;
  post: { slug: string; href: string; commentsOpen: boolean; closing: Closing; care: Care; helpline: SafeHtml | null };
  /** By which the form is known as this blog's, for this post (lib/comments/form-token.ts). */
  token: string;
  /** Who is speaking, until the action knows better. */
  identity: BoxIdentity;
  /** The providers one can sign in with. */
  offered: readonly Provider[];
  site: SiteLocale;
  /** By what rules people talk here; null: the owner has written none. */
  conduct: SafeHtml | null;
};

/** The comment box: a plain form that works by itself; comment-form.enhance.ts only makes it smoother. */
export function CommentForm({ action, initial, post, token, identity: known, offered, site, conduct }: Props) {
  const [state, submit] = useActionState(action, initial);
  const { entered, fields, message, parent, identity = known, isResumed = false } = state;
  const notice = identity.kind === 'person' ? identity.notice : null;
  if (!post.commentsOpen) return <ClosedBox state={state} helpline={post.helpline}><ClosedNote closing={post.closing} site={site} /></ClosedBox>;
  if (notice && notice.kind !== 'warning') return <ClosedBox state={state} helpline={post.helpline}><ShutOutNotice notice={notice} site={site} /></ClosedBox>;
  return (
    <section className="comment-box" id="respond" aria-labelledby="respond-title" data-comment-box data-heading={t('comments.box.heading')} data-not-sent={t('comments.box.notSent')} data-kept={t('comments.box.kept')}>
      <Helpline html={post.helpline} />
      <h2 id="respond-title" tabIndex={-1}>
        {parent ? t('comments.one.replyTo', { name: parent.name }) : t('comments.box.heading')}
      </h2>
      <p className="cancel-reply" hidden={!parent}>
        <a href={post.href} data-cancel-reply>
          {t('comments.box.cancel')}
        </a>
      </p>
      <ClosingNote closing={post.closing} site={site} />
      <form action={submit} noValidate>
        {/* What Enter in a field presses: not the first button of the box, which leads away. */}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        <input type="hidden" name="post" value={post.slug} />
        <input type="hidden" name="parent" value={parent?.id ?? ''} />
        <input type="hidden" name={BOX_FIELDS.token} value={state.token ?? token} />
        {/* For machines, which fill in whatever they find. */}
        <div className="box-trap" aria-hidden="true">
          <label>
            {t('comments.box.trap')}
            <input name={BOX_FIELDS.trap} tabIndex={-1} autoComplete="off" defaultValue="" />
          </label>
        </div>
        {state.reword && <input type="hidden" name="reword" value={state.reword} />}
        {message && (
          <p className="form-alert" role="alert" tabIndex={-1}>
            {message}
          </p>
        )}
        {state.reword && <p className="box-reword">{t('comments.box.reworded')}</p>}
        {notice && <WarningLetter words={notice.words} />}
        {entered.told && <input type="hidden" name="told" value={entered.told} />}
        {state.details && <WordBefore details={state.details} />}
        {state.isTakenOut && <TakenOut />}
        <Field id="box-comment" name="comment" label={t('comments.box.comment')} multiline required autoFocus={isResumed} defaultValue={entered.comment} error={fields.comment} />
        {identity.kind === 'person' ? (
          <PersonIdentity identity={identity} entered={entered} fields={fields} />
        ) : (
          <GuestIdentity identity={identity} offered={offered} entered={entered} fields={fields} />
        )}
        <NotifyWishes wishes={entered.notify} hasAddress={identity.kind === 'guest' || identity.hasAddress} isGuest={identity.kind === 'guest'} />
        {conduct && <Conduct html={conduct} />}
        <div className="box-end">
          <Button>{t('comments.box.post')}</Button>
          <p className="box-note">
            {post.care !== 'open' && `${t('comments.box.allRead')} `}
            {post.care === 'open' && identity.kind === 'guest' && `${t('comments.box.firstRead')} `}
            {identity.kind === 'person' && (
              <>
                <a href="/account">{t('layout.footer.account')}</a>{' '}
              </>
            )}
            <a href="/privacy">{t('comments.box.privacy')}</a>
          </p>
        </div>
      </form>
    </section>
  );
}

/** What stands in place of the box where nobody, or not this person, can write; a text that was under way is shown to be copied. */
function ClosedBox({ state: { message, entered }, helpline, children }: { state: BoxState; helpline: SafeHtml | null; children: ReactNode }) {
  return (
    <section className="comment-box comment-box--closed" id="respond" data-comment-box>
      <Helpline html={helpline} />
      {children}
      {entered.comment && (
        <>
          {message && (
            <p className="form-alert" role="alert" tabIndex={-1}>
              {message}
            </p>
          )}
          <Field id="box-comment" name="comment" label={t('comments.box.yourText')} multiline rows={8} defaultValue={entered.comment} />
        </>
      )}
    </section>
  );
}
