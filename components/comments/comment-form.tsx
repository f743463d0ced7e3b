'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState } from 'react';
import { EMAIL_MAX_CHARACTERS, NAME_MAX_CHARACTERS, WEBSITE_MAX_CHARACTERS, type BoxState } from '@/lib/comments/schema';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';

export type BoxIdentity = { kind: 'guest' } | { kind: 'person'; name: string };

type Props = {
  action: (state: BoxState, form: FormData) => Promise<BoxState>;
  initial: BoxState;
  post: { slug: string; href: string; commentsOpen: boolean };
  identity: BoxIdentity;
};

/** The comment box: a plain form that works by itself; comment-form.enhance.ts only makes it smoother. */
export function CommentForm({ action, initial, post, identity }: Props) {
  const [state, submit] = useActionState(action, initial);
  const { entered, fields, message, parent } = state;
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
        <input type="hidden" name="post" value={post.slug} />
        <input type="hidden" name="parent" value={parent?.id ?? ''} />
        {message && (
          <p className="form-alert" role="alert" tabIndex={-1}>
            {message}
          </p>
        )}
        <Field id="box-comment" name="comment" label="Comment (required)" multiline required defaultValue={entered.comment} error={fields.comment} />
        {identity.kind === 'person' ? (
          <PersonLine name={identity.name} />
        ) : (
          <fieldset className="identity">
            <legend>Fill in your details below</legend>
            <div className="field-row">
              <Field id="box-email" name="email" type="email" label="Email (required)" hint="Address never made public" required maxLength={EMAIL_MAX_CHARACTERS} autoComplete="email" defaultValue={entered.email} error={fields.email} />
              <Field id="box-name" name="name" label="Name (required)" required maxLength={NAME_MAX_CHARACTERS} autoComplete="name" defaultValue={entered.name} error={fields.name} />
              <Field id="box-website" name="website" type="url" label="Website (optional)" maxLength={WEBSITE_MAX_CHARACTERS} autoComplete="url" defaultValue={entered.website} error={fields.website} />
            </div>
            <Check name="save" label="Save my name, email and website in this browser" defaultChecked={entered.save} />
          </fieldset>
        )}
        <div className="box-end">
          <Button>Post Comment</Button>
          <p className="box-note">
            {identity.kind === 'guest' && 'First comments are read by a person before they appear. '}
            <a href="/privacy">What is kept of what you write</a>
          </p>
        </div>
      </form>
    </section>
  );
}

function PersonLine({ name }: { name: string }) {
  return (
    <div className="identity identity--person">
      <p>
        <strong>{name}</strong> <span>You are commenting using your email account.</span>
      </p>
      <Button quiet name="intent" value="log-out">
        Log Out
      </Button>
    </div>
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
