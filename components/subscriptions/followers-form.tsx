'use client';

import { useActionState } from 'react';
import { SettingForm } from '@/components/site/setting-form';
import { ImportReport } from '@/components/transfer/import-report';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { NOTHING_SET, type SettingsState } from '@/lib/site/schema';
import { NOTHING_BROUGHT, type BringState } from '@/lib/subscriptions/bringing';
import { t } from '@/lib/words/t';

type Save = (state: SettingsState, form: FormData) => Promise<SettingsState>;

/** Whether a mail holds the whole post, or its beginning. */
export function WholePostsForm({ isWhole, save }: { isWhole: boolean; save: Save }) {
  const [state, act, isPending] = useActionState(save, NOTHING_SET);
  return (
    <SettingForm id="followers-mails" title={t('subscriptions.followers.mails')} state={state} save={act} isPending={isPending}>
      <div key={String(isWhole)}>
        <Check name="whole" label={t('subscriptions.followers.whole')} defaultChecked={isWhole} />
        <p className="field-hint">{t('subscriptions.followers.wholeHint')}</p>
      </div>
    </SettingForm>
  );
}

/** The newest post, as followers get it, to oneself. */
export function TestPostForm({ address, send }: { address: string | null; send: Save }) {
  const [{ message, done }, act, isPending] = useActionState(send, NOTHING_SET);
  return (
    <form action={act} className="settings-card settings-form">
      {message && <p className="settings-failure" role="alert">{message}</p>}
      <p className="field-hint">{address === null ? t('subscriptions.followers.noAddress') : t('subscriptions.followers.testHint', { address })}</p>
      <div className="settings-end">
        <Button quiet disabled={isPending || address === null}>{t('subscriptions.followers.test')}</Button>
        <p role="status">{done}</p>
      </div>
    </form>
  );
}

/** A list of subscribers from elsewhere, of whom the owner says that they have asked; then what came of it. */
export function BringListForm({ bring, language }: { bring: (state: BringState, form: FormData) => Promise<BringState>; language: string }) {
  const [{ message, report }, act, isPending] = useActionState(bring, NOTHING_BROUGHT);
  return (
    <section className="settings-section" aria-labelledby="followers-list">
      <h2 id="followers-list">{t('subscriptions.followers.list')}</h2>
      <form action={act} className="settings-card settings-form">
        {message && <p className="settings-failure" role="alert">{message}</p>}
        <p className="field-hint">{t('subscriptions.followers.listHint')}</p>
        <div className="field">
          <label htmlFor="followers-file">{t('subscriptions.followers.file')}</label>
          <input id="followers-file" name="list" type="file" accept=".csv,text/csv,text/plain" />
        </div>
        <Check name="asked" label={t('subscriptions.followers.haveAsked')} />
        <div className="settings-end"><Button disabled={isPending}>{t('subscriptions.followers.bring')}</Button></div>
      </form>
      {report && (
        <div role="status">
          <p>{t('subscriptions.followers.brought', { source: report.source })}</p>
          <ImportReport report={report} language={language} />
        </div>
      )}
    </section>
  );
}
