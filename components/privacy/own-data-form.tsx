'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { NOTHING_DONE, type ActState } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';

export type Act = (state: ActState, form: FormData) => Promise<ActState>;

function TokenForm({ token, act, children }: { token: string; act: Act; children: ReactNode }) {
  const [{ message }, send] = useActionState(act, NOTHING_DONE);
  return (
    <form action={send} className="report-form">
      {message && <p className="form-alert" role="alert">{message}</p>}
      <input type="hidden" name="token" value={token} />
      {children}
    </form>
  );
}

/** Deletes what is kept of an address, with what becomes of its comments. */
export function EraseForm({ token, comments, act }: { token: string; comments: number; act: Act }) {
  return (
    <TokenForm token={token} act={act}>
      {comments > 0 && (
        <fieldset className="report-reasons">
          <legend>{t('privacy.data.comments')}</legend>
          <label className="check"><input type="radio" name="comments" value="anonymise" defaultChecked /><span>{t('privacy.data.anonymise')}</span></label>
          <label className="check"><input type="radio" name="comments" value="remove" /><span>{t('privacy.data.remove')}</span></label>
        </fieldset>
      )}
      <label className="check"><input type="checkbox" name="sure" required /><span>{t('privacy.data.sure')}</span></label>
      <Button>{t('privacy.data.erase')}</Button>
    </TokenForm>
  );
}

/** Says that an address is that of whoever is here. */
export function ProveForm({ token, act }: { token: string; act: Act }) {
  return <TokenForm token={token} act={act}><Button>{t('privacy.removal.prove')}</Button></TokenForm>;
}
