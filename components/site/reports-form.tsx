'use client';

import { useActionState } from 'react';
import { NOTHING_SET, type SettingsState } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';

type Props = {
  reportsToHold: number;
  action: (state: SettingsState, form: FormData) => Promise<SettingsState>;
};

/** By how many readers' reports a published comment returns to Pending. */
export function ReportsForm({ reportsToHold, action }: Props) {
  const [{ done, message, fields, entered }, save, isPending] = useActionState(action, NOTHING_SET);
  return (
    <section className="settings-section" aria-labelledby="settings-reports">
      <h2 id="settings-reports">{t('site.section.reports')}</h2>
      <form action={save} className="settings-card settings-form" noValidate>
        {message && <p className="settings-failure" role="alert">{message}</p>}
        <Field
          key={entered.reportsToHold ?? reportsToHold}
          id="reports-to-hold" name="reportsToHold" type="number" required maxLength={3}
          label={t('site.reports.label')}
          hint={t('site.reports.hint')}
          defaultValue={entered.reportsToHold ?? String(reportsToHold)} error={fields.reportsToHold}
        />
        <div className="settings-end">
          <Button disabled={isPending}>{t('site.settings.save')}</Button>
          <p role="status">{done}</p>
        </div>
      </form>
    </section>
  );
}
