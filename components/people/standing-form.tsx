'use client';

import { useActionState } from 'react';
import { NOTHING_DONE, REASON_MAX_CHARACTERS, STANDINGS, type ActState, type Standing } from '@/lib/people/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { ActStatus } from './act-status';
import { t } from '@/lib/words/t';

type Props = {
  person: { id: string; standing: Standing; mark: string; reason: string };
  /** Its end as the site's clocks show it, `2026-12-05T10:30`; empty where there is none. */
  until: string;
  timeZone: string;
  action: (state: ActState, form: FormData) => Promise<ActState>;
};

/** Sets a person's standing. */
export function StandingForm({ person: { id, standing, mark, reason }, until, timeZone, action }: Props) {
  const [state, act, isPending] = useActionState(action, NOTHING_DONE);
  const { entered, fields } = state;
  const choices = STANDINGS.map((value) => ({ value, label: t(`people.standings.${value}`) }));
  return (
    <>
      <form action={act} className="people-act standing-form" noValidate>
        <input type="hidden" name="person" value={id} />
        <input type="hidden" name="seen" value={mark} />
        <div className="people-act" key={`${mark} ${reason} ${entered.standing} ${entered.until} ${entered.reason}`}>
          <SelectField id="standing" name="standing" label={t('people.standing.label')} options={choices} defaultValue={entered.standing ?? standing} error={fields.standing} />
          <div className="standing-more">
            <Field id="until" name="until" type="datetime-local" label={t('people.standing.until')} hint={t('people.standing.untilHint', { timeZone })} defaultValue={entered.until ?? until} error={fields.until} />
            <Field
              id="reason" name="reason" label={t('people.standing.reason')} multiline rows={3} maxLength={REASON_MAX_CHARACTERS} defaultValue={entered.reason ?? reason} error={fields.reason}
              hint={t('people.standing.reasonHint')}
            />
          </div>
        </div>
        <Button disabled={isPending}>{t('people.standing.submit')}</Button>
      </form>
      <ActStatus state={state} act={act} />
    </>
  );
}
