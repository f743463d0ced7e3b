'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';

type Props = {
  action: (message: string | null, form: FormData) => Promise<string | null>;
  /** Null when the link does not open any more. */
  link: { token: string; email: string } | null;
};

const GONE = 'This sign-in link was used already or is too old. Ask for a new one.';

/** The one button of a sign-in link, or why it does not open. */
export function SignInLinkForm({ action, link }: Props) {
  const [message, submit, isPending] = useActionState(action, link === null ? GONE : null);
  return (
    <main id="content" className="desk-sheet" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">Sign in</h1>
      {message ? (
        <>
          <p role="alert">{message}</p>
          <p>
            <a href="/sign-in">How to get a new one</a>
          </p>
        </>
      ) : (
        <form action={submit}>
          <input type="hidden" name="token" value={link?.token ?? ''} />
          {/* By whom: a link that somebody else has sent would sign one in as them. */}
          <p>This link signs you in on this device as {link?.email}. It works once.</p>
          <Button disabled={isPending}>Sign in</Button>
        </form>
      )}
    </main>
  );
}
