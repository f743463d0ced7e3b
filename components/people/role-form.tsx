'use client';

import { useActionState } from 'react';
import { NOTHING_DONE, ROLES, type ActState, type Role } from '@/lib/people/schema';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { ActStatus } from './act-status';
import { t } from '@/lib/words/t';

type Props = { person: { id: string; role: Role }; action: (state: ActState, form: FormData) => Promise<ActState> };

/** Gives a person another role. */
export function RoleForm({ person: { id, role }, action }: Props) {
  const [state, act, isPending] = useActionState(action, NOTHING_DONE);
  return (
    <>
      <form action={act} className="people-act">
        <input type="hidden" name="person" value={id} />
        <input type="hidden" name="seen" value={role} />
        <SelectField key={`${role} ${state.entered.role}`} id="role" name="role" label={t('people.role.label')} options={ROLES.map((value) => ({ value, label: t(`people.roles.${value}`) }))} defaultValue={state.entered.role ?? role} error={state.fields.role} />
        <p className="field-hint">{t('people.role.hint')}</p>
        <Button disabled={isPending}>{t('people.role.submit')}</Button>
      </form>
      <ActStatus state={state} act={act} />
    </>
  );
}
