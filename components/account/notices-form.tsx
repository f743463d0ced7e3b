'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import type { AccountState } from '@/lib/account/schema';
import { Said } from './said';

type Props = {
  wants: boolean;
  /** They have an address that has proven itself: mails go there and nowhere else. */
  hasAddress: boolean;
  action: (state: AccountState, form: FormData) => Promise<AccountState>;
};

/** For those who have a desk: whether comments that wait are told of by mail. */
export function NoticesForm({ wants, hasAddress, action }: Props) {
  const [state, submit, isPending] = useActionState(action, { done: null, message: null }, '/account#notices');
  return (
    <section className="account-part" aria-labelledby="notices">
      <h2 id="notices">Mails to you</h2>
      <Said state={state} />
      <form className="account-form" action={submit}>
        <div>
          <Check key={String(wants)} name="notices" label="Mail me about comments that wait" defaultChecked={wants} />
          <p className="field-hint">
            {hasAddress ? 'From the mail you can publish a comment, answer it, or not publish it, without signing in.' : 'Such mails need an address that is proven: sign in by an e-mail link once.'}
          </p>
        </div>
        <Button quiet disabled={isPending}>Save</Button>
      </form>
    </section>
  );
}
