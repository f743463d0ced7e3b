'use client';

import { useActionState } from 'react';
import { ROLE_WORDS } from '@/lib/people/rules';
import type { Role } from '@/lib/people/schema';
import { Button } from '@/components/ui/button';

type Props = {
  action: (message: string | null, form: FormData) => Promise<string | null>;
  /** Null when the invitation does not open any more. */
  offer: { token: string; role: Role } | null;
  siteTitle: string;
};

const GONE = 'This invitation was used already, was withdrawn, or is too old. Ask whoever invited you for a new one.';

/** The one button of an invitation, or why it does not open. */
export function AcceptInvitationForm({ action, offer, siteTitle }: Props) {
  const [message, submit, isPending] = useActionState(action, offer === null ? GONE : null);
  return (
    <main id="content" className="desk-sheet" aria-labelledby="invitation-title" tabIndex={-1}>
      <h1 id="invitation-title">Invitation</h1>
      {message || offer === null ? (
        <>
          <p role="alert">{message}</p>
          <p>If you have accepted it before, <a href="/sign-in">sign in</a>.</p>
        </>
      ) : (
        <form action={submit}>
          <input type="hidden" name="token" value={offer.token} />
          <p>You are invited to {siteTitle} as {ROLE_WORDS[offer.role]}. Accepting signs you in on this device.</p>
          <Button disabled={isPending}>Accept the invitation</Button>
        </form>
      )}
    </main>
  );
}
