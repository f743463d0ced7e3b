'use client';

import { useActionState } from 'react';
import { NOTHING_SET } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Field } from '@/components/ui/field';
import { SettingForm, type SaveSetting } from './setting-form';

/** By how many readers' reports a published comment returns to Pending. */
export function ReportsForm({ reportsToHold, action }: { reportsToHold: number; action: SaveSetting }) {
  const [state, save, isPending] = useActionState(action, NOTHING_SET);
  const { entered, fields } = state;
  return (
    <SettingForm id="settings-reports" title={t('site.section.reports')} state={state} save={save} isPending={isPending}>
      <Field
        key={entered.reportsToHold ?? reportsToHold}
        id="reports-to-hold" name="reportsToHold" type="number" required maxLength={3}
        label={t('site.reports.label')}
        hint={t('site.reports.hint')}
        defaultValue={entered.reportsToHold ?? String(reportsToHold)} error={fields.reportsToHold}
      />
    </SettingForm>
  );
}
