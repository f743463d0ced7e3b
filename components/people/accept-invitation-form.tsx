'use client';

import { useActionState } from 'react';
import type { Role } from '@/lib/people/schema';
import { Button } from '@/components/ui/button';
import { t } from '@/lib/words/t';

type Props = {
  action: (message: string | null, form: FormData) => Promise<string | null>;
  /** Null when the invitation does not open any more. */
  offer: { token: string; role: Role } | null;
  siteTitle: string;
};

/** The one button of an invitation, or why it does not open. */
export function AcceptInvitationForm({ action, offer, siteTitle }: Props) {
  const [message, submit, isPending] = useActionState(action, offer === null ? t('people.invitation.gone') : null);
  return (
    <main id="content" className="desk-sheet" aria-labelledby="invitation-title" tabIndex={-1}>
      <h1 id="invitation-title">{t('people.invitation.heading')}</h1>
      {message || offer === null ? (
        <>
          <p role="alert">{message}</p>
          <p>{t.rich('people.invitation.acceptedBefore', { link: (chunks) => <a href="/sign-in">{chunks}</a> })}</p>
        </>
      ) : (
        <form action={submit}>
          <input type="hidden" name="token" value={offer.token} />
          <p>{t('people.invitation.offer', { blog: siteTitle, role: offer.role })}</p>
          <Button disabled={isPending}>{t('people.invitation.accept')}</Button>
        </form>
      )}
    </main>
  );
}
