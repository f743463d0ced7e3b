'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import type { AccountState } from '@/lib/account/schema';
import { Said } from './said';
import { t } from '@/lib/words/t';

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
      <h2 id="notices">{t('account.notices.heading')}</h2>
      <Said state={state} />
      <form className="account-form" action={submit}>
        <div>
          <Check key={String(wants)} name="notices" label={t('account.notices.heldComments')} defaultChecked={wants} />
          <p className="field-hint">
            {hasAddress ? t('account.notices.heldCommentsHint') : t('account.notices.needAddress')}
          </p>
        </div>
        <Button quiet disabled={isPending}>{t('account.notices.save')}</Button>
      </form>
    </section>
  );
}
