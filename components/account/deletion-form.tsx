'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { COMMENTS_AFTER, DELETION_HOURS, type AccountState, type CommentsAfter } from '@/lib/account/schema';
import { Said } from './said';

type Props = { action: (state: AccountState, form: FormData) => Promise<AccountState> };

const CHOICES: Record<CommentsAfter, { name: string; hint: string }> = {
  anonymise: { name: 'Keep what I wrote, without my name', hint: 'Your comments stay readable and say “Anonymous”. Nobody can tell any more that they are yours.' },
  remove: { name: 'Remove what I wrote', hint: 'Your comments are emptied for good. Where others have answered, an empty place stays, so that their answers can be read. All of it goes in one moment, what you wrote under a name on one post too.' },
};

/** Asks what becomes of the comments, and has the one button that begins the deletion. */
export function DeletionForm({ action }: Props) {
  const [state, submit, isPending] = useActionState(action, { done: null, message: null });
  return (
    <form className="account-form" action={submit}>
      <p>In {DELETION_HOURS} hours your account is gone for good: your name, your address, your picture, how you sign in, and where. Until then you can change your mind here.</p>
      <Said state={state} />
      <fieldset className="account-choices">
        <legend>What becomes of what you wrote?</legend>
        {COMMENTS_AFTER.map((choice) => (
          <label key={choice} className="account-choice">
            <input type="radio" name="comments" value={choice} required aria-describedby={`after-${choice}`} />
            <span>
              {CHOICES[choice].name}
              <small id={`after-${choice}`}>{CHOICES[choice].hint}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="account-note">Comments that you wrote as a guest, without signing in, are not part of your account. Ask whoever runs this blog to remove those.</p>
      <div className="account-row">
        <Button disabled={isPending}>Delete my account</Button>
        <a className="button button--quiet" href="/account">Keep my account</a>
      </div>
    </form>
  );
}
