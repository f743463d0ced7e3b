'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { AccountView } from '@/lib/account/queries';
import type { AccountState, CommentsAfter } from '@/lib/account/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Said } from './said';

type Props = {
  deletion: NonNullable<AccountView['deletion']>;
  site: SiteLocale;
  keep: (state: AccountState, form: FormData) => Promise<AccountState>;
};

const AFTER: Record<CommentsAfter, string> = { anonymise: 'What you wrote stays, without your name.', remove: 'What you wrote is removed with it.' };

/** Says when the account is deleted and what becomes of the comments, with the button that takes it back. */
export function KeepAccountForm({ deletion, site, keep }: Props) {
  const [state, act, isPending] = useActionState(keep, { done: null, message: null }, '/account');
  return (
    <section className="account-deletion" aria-labelledby="deletion">
      <h2 id="deletion">Your account will be deleted</h2>
      {deletion.refusal === null
        ? <p>On <Time at={deletion.at} site={site} withClock />. {AFTER[deletion.comments]} Until then you can change your mind.</p>
        : <p>You have asked for it, but it cannot be deleted at present. {deletion.refusal}</p>}
      <Said state={state} />
      <form action={act}>
        <Button disabled={isPending}>Keep my account</Button>
      </form>
    </section>
  );
}
