'use client';

import { useActionState } from 'react';
import { NOTHING_SET, type SettingsState } from '@/lib/site/schema';
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
      <h2 id="settings-reports">Readers’ reports</h2>
      <form action={save} className="settings-card settings-form" noValidate>
        {message && <p className="settings-failure" role="alert">{message}</p>}
        <Field
          key={entered.reportsToHold ?? reportsToHold}
          id="reports-to-hold" name="reportsToHold" type="number" required maxLength={3}
          label="Return a comment to Pending after so many readers report it"
          hint="0: never. A report of somebody’s private details always takes a comment off the page until a person has looked, unless a person has looked before. What is written by those who run the blog stays."
          defaultValue={entered.reportsToHold ?? String(reportsToHold)} error={fields.reportsToHold}
        />
        <div className="settings-end">
          <Button disabled={isPending}>Save</Button>
          <p role="status">{done}</p>
        </div>
      </form>
    </section>
  );
}
