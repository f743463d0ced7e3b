'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { FREQUENCIES, SCOPES, type EditState, type ThreadWish } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';
import { CentreForm, type Act } from './centre-form';

/** The text of one's own comment, to be changed; a refusal keeps what was typed. */
export function EditForm({ token, source, act }: { token: string; source: string; act: (state: EditState, form: FormData) => Promise<EditState> }) {
  const [{ message, text }, send] = useActionState(act, { done: null, message: null, text: source });
  return (
    <form action={send} className="subscriptions-form" noValidate>
      {message && <p className="form-alert" role="alert">{message}</p>}
      <input type="hidden" name="token" value={token} />
      <Field id="receipt-text" name="text" label={t('subscriptions.receipt.text')} multiline required defaultValue={text} />
      <Button>{t('subscriptions.receipt.save')}</Button>
    </form>
  );
}

/** Whether its writer is told of what is new below the post, and how. */
export function NotifyForm({ token, thread, act }: { token: string; thread: (ThreadWish & { isConfirmed: boolean }) | null; act: Act }) {
  if (thread) {
    return (
      <CentreForm token={token} act={act}>
        <p>{t(thread.isConfirmed ? 'subscriptions.receipt.told' : 'subscriptions.receipt.toldWhenConfirmed', { scope: thread.scope })}</p>
        <Button quiet name="intent" value="leave">{t('subscriptions.receipt.leave')}</Button>
      </CentreForm>
    );
  }
  return (
    <CentreForm token={token} act={act}>
      <div className="subscriptions-row">
        <SelectField id="receipt-scope" name="scope" label={t('subscriptions.box.scope')} defaultValue="all" options={SCOPES.map((value) => ({ value, label: t(`subscriptions.scope.${value}`) }))} />
        <SelectField id="receipt-frequency" name="frequency" label={t('subscriptions.box.frequency')} defaultValue="instant" options={FREQUENCIES.map((value) => ({ value, label: t(`subscriptions.frequency.${value}`) }))} />
        <Button quiet name="intent" value="subscribe">{t('subscriptions.receipt.subscribe')}</Button>
      </div>
    </CentreForm>
  );
}

/** Takes the comment back: asked for by opening what says so, done by its button. */
export function WithdrawForm({ token, act }: { token: string; act: Act }) {
  return (
    <details className="receipt-withdraw">
      <summary>{t('subscriptions.receipt.withdrawAsk')}</summary>
      <CentreForm token={token} act={act}><Button name="intent" value="withdraw">{t('subscriptions.receipt.withdrawNow')}</Button></CentreForm>
    </details>
  );
}
