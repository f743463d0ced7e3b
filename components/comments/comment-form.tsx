'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState } from 'react';
import type { BoxIdentity, BoxState } from '@/lib/comments/box';
import type { Provider } from '@/lib/identity/schema';
import { GuestIdentity } from '@/components/identity/guest-identity';
import { PersonIdentity } from '@/components/identity/person-identity';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';

type Props = {
  action: (state: BoxState, form: FormData) => Promise<BoxState>;
  initial: BoxState;
  post: { slug: string; href: string; commentsOpen: boolean };
  /** Who is speaking, until the action knows better. */
  identity: BoxIdentity;
  /** The providers one can sign in with. */
  offered: readonly Provider[];
};

/** The comment box: a plain form that works by itself; comment-form.enhance.ts only makes it smoother. */
export function CommentForm({ action, initial, post, identity: known, offered }: Props) {
  const [state, submit] = useActionState(action, initial);
  const { entered, fields, message, parent, identity = known, isResumed = false } = state;
  if (!post.commentsOpen) return <ClosedBox state={state} />;
  return (
    <section className="comment-box" id="respond" aria-labelledby="respond-title" data-comment-box>
      <h2 id="respond-title" tabIndex={-1}>
        {parent ? `Reply to ${parent.name}` : 'Leave a Reply'}
      </h2>
      <p className="cancel-reply" hidden={!parent}>
        <a href={post.href} data-cancel-reply>
          Cancel reply
        </a>
      </p>
      <form action={submit} noValidate>
        {/* What Enter in a field presses: not the first button of the box, which leads away. */}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        <input type="hidden" name="post" value={post.slug} />
        <input type="hidden" name="parent" value={parent?.id ?? ''} />
        {message && (
          <p className="form-alert" role="alert" tabIndex={-1}>
            {message}
          </p>
        )}
        <Field id="box-comment" name="comment" label="Comment (required)" multiline required autoFocus={isResumed} defaultValue={entered.comment} error={fields.comment} />
        {identity.kind === 'person' ? (
          <PersonIdentity identity={identity} entered={entered} fields={fields} />
        ) : (
          <GuestIdentity identity={identity} offered={offered} entered={entered} fields={fields} />
        )}
        <div className="box-end">
          <Button>Post Comment</Button>
          <p className="box-note">
            {identity.kind === 'guest' && 'First comments are read by a person before they appear. '}
            {identity.kind === 'person' && (
              <>
                <a href="/account">Your account</a>{' '}
              </>
            )}
            <a href="/privacy">What is kept of what you write</a>
          </p>
        </div>
      </form>
    </section>
  );
}

/** What stands in place of the box on a closed post; a text that was under way is shown to be copied. */
function ClosedBox({ state: { message, entered } }: { state: BoxState }) {
  return (
    <section className="comment-box comment-box--closed" id="respond" data-comment-box>
      <p className="comments-closed">Comments are closed.</p>
      {message && entered.comment && (
        <>
          <p className="form-alert" role="alert" tabIndex={-1}>
            {message}
          </p>
          <Field id="box-comment" name="comment" label="Your text" multiline rows={8} defaultValue={entered.comment} />
        </>
      )}
    </section>
  );
}
