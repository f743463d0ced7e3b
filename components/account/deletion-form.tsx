'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { COMMENTS_AFTER, DELETION_HOURS, type AccountState } from '@/lib/account/schema';
import { Said } from './said';
import { t } from '@/lib/words/t';

type Props = { action: (state: AccountState, form: FormData) => Promise<AccountState> };

/** Asks what becomes of the comments, and has the one button that begins the deletion. */
export function DeletionForm({ action }: Props) {
  const [state, submit, isPending] = useActionState(action, { done: null, message: null });
  return (
    <form className="account-form" action={submit}>
      <p>{t('account.deletion.soonGone', { hours: DELETION_HOURS })}</p>
      <Said state={state} />
      <fieldset className="account-choices">
        <legend>{t('account.deletion.whatOfComments')}</legend>
        {COMMENTS_AFTER.map((choice) => (
          <label key={choice} className="account-choice">
            <input type="radio" name="comments" value={choice} required aria-describedby={`after-${choice}`} />
            <span>
              {t(`account.deletion.${choice}`)}
              <small id={`after-${choice}`}>{t(`account.deletion.${choice}Hint`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="account-note">{t('account.deletion.guestComments')}</p>
      <div className="account-row">
        <Button disabled={isPending}>{t('account.deletion.submit')}</Button>
        <a className="button button--quiet" href="/account">{t('account.deletion.keep')}</a>
      </div>
    </form>
  );
}
