'use client';

import { useActionState } from 'react';
import { SettingForm, type SaveSetting } from '@/components/site/setting-form';
import { Field } from '@/components/ui/field';
import { RETENTION_FIELDS, type Retention } from '@/lib/privacy/schema';
import { NOTHING_SET } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

/** How long what is kept. */
export function RetentionForm({ retention, action }: { retention: Retention; action: SaveSetting }) {
  const [state, save, isPending] = useActionState(action, NOTHING_SET);
  const { entered, fields } = state;
  return (
    <SettingForm id="settings-retention" title={t('privacy.settings.heading')} state={state} save={save} isPending={isPending}>
      {RETENTION_FIELDS.map((name) => (
        <Field
          key={`${name} ${entered[name] ?? retention[name]}`} id={`retention-${name}`} name={name} type="number" required maxLength={4}
          label={t(`privacy.settings.${name}`)} hint={t(`privacy.settings.${name}Hint`)} defaultValue={entered[name] ?? String(retention[name])} error={fields[name]}
        />
      ))}
    </SettingForm>
  );
}
