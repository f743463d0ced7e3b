'use client';

import { useActionState } from 'react';
import { NOTHING_DONE, STANDING_NAMES, STANDINGS, type ActState, type Standing } from '@/lib/people/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { ActStatus } from './act-status';

type Props = {
  person: { id: string; standing: Standing; mark: string };
  /** The end of a suspension as the site's clocks show it, `2026-12-05T10:30`; empty where there is none. */
  until: string;
  timeZone: string;
  action: (state: ActState, form: FormData) => Promise<ActState>;
};

const CHOICES = STANDINGS.map((value) => ({ value, label: STANDING_NAMES[value] }));

/** Sets a person's standing. */
export function StandingForm({ person: { id, standing, mark }, until, timeZone, action }: Props) {
  const [state, act, isPending] = useActionState(action, NOTHING_DONE);
  const { entered, fields } = state;
  return (
    <>
      <form action={act} className="people-act standing-form" noValidate>
        <input type="hidden" name="person" value={id} />
        <input type="hidden" name="seen" value={mark} />
        <div className="people-act" key={`${mark} ${entered.standing} ${entered.until}`}>
          <SelectField id="standing" name="standing" label="Standing" options={CHOICES} defaultValue={entered.standing ?? standing} error={fields.standing} />
          <div className="standing-until">
            <Field id="until" name="until" type="datetime-local" label="Until" hint={`Time zone: ${timeZone}.`} defaultValue={entered.until ?? until} error={fields.until} />
          </div>
        </div>
        <Button disabled={isPending}>Set standing</Button>
      </form>
      <ActStatus state={state} act={act} />
    </>
  );
}
