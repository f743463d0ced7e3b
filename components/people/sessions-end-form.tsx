'use client';

import { useActionState } from 'react';
import { NOTHING_DONE, type ActState } from '@/lib/people/schema';
import { Button } from '@/components/ui/button';
import { ActStatus } from './act-status';
import { t } from '@/lib/words/t';

type Props = { person: string; action: (state: ActState, form: FormData) => Promise<ActState> };

/** Signs a person out everywhere. */
export function SessionsEndForm({ person, action }: Props) {
  const [state, act, isPending] = useActionState(action, NOTHING_DONE);
  return (
    <>
      <form action={act} className="people-act">
        <input type="hidden" name="person" value={person} />
        <p className="field-hint">{t('people.sessions.hint')}</p>
        <Button quiet disabled={isPending}>{t('people.sessions.submit')}</Button>
      </form>
      <ActStatus state={state} act={act} />
    </>
  );
}
