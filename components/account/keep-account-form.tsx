'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { AccountView } from '@/lib/account/queries';
import type { AccountState } from '@/lib/account/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Said } from './said';
import { t } from '@/lib/words/t';

type Props = {
  deletion: NonNullable<AccountView['deletion']>;
  site: SiteLocale;
  keep: (state: AccountState, form: FormData) => Promise<AccountState>;
};

/** Says when the account is deleted and what becomes of the comments, with the button that takes it back. */
export function KeepAccountForm({ deletion, site, keep }: Props) {
  const [state, act, isPending] = useActionState(keep, { done: null, message: null }, '/account');
  return (
    <section className="account-deletion" aria-labelledby="deletion">
      <h2 id="deletion">{t('account.keeping.heading')}</h2>
      {deletion.refusal === null
        ? <p>{t.rich('account.keeping.when', { comments: deletion.comments, time: () => <Time at={deletion.at} site={site} withClock /> })}</p>
        : <p>{t('account.keeping.notAtPresent', { refusal: deletion.refusal })}</p>}
      <Said state={state} />
      <form action={act}>
        <Button disabled={isPending}>{t('account.keeping.keep')}</Button>
      </form>
    </section>
  );
}
