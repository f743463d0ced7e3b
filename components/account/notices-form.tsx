'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { SelectField } from '@/components/ui/select-field';
import { RHYTHMS, type AccountState, type NoticeWishes } from '@/lib/account/schema';
import { Said } from './said';
import { t } from '@/lib/words/t';

type Props = {
  notices: NoticeWishes;
  /** They have an address that has proven itself: mails go there and nowhere else. */
  hasAddress: boolean;
  action: (state: AccountState, form: FormData) => Promise<AccountState>;
};

/** For those who have a desk: of what they are told by mail, and how often. */
export function NoticesForm({ notices: { held, fresh, reports, rhythm }, hasAddress, action }: Props) {
  const [state, submit, isPending] = useActionState(action, { done: null, message: null }, '/account#notices');
  return (
    <section className="account-part" aria-labelledby="notices">
      <h2 id="notices">{t('account.notices.heading')}</h2>
      <Said state={state} />
      <form className="account-form" action={submit}>
        <div>
          <Check key={String(held)} name="notices" label={t('account.notices.heldComments')} defaultChecked={held} />
          <p className="field-hint">
            {hasAddress ? t('account.notices.heldCommentsHint') : t('account.notices.needAddress')}
          </p>
        </div>
        <Check key={`fresh ${String(fresh)}`} name="fresh" label={t('account.notices.newComments')} defaultChecked={fresh} />
        <Check key={`reports ${String(reports)}`} name="reports" label={t('account.notices.reports')} defaultChecked={reports} />
        <SelectField key={rhythm} id="notices-rhythm" name="rhythm" label={t('account.notices.rhythm')} defaultValue={rhythm} options={RHYTHMS.map((value) => ({ value, label: t(`account.rhythms.${value}`) }))} />
        <Button quiet disabled={isPending}>{t('account.notices.save')}</Button>
      </form>
    </section>
  );
}
