'use client';

import { useActionState } from 'react';
import { NOTHING_STEPPED, type StepState } from '@/lib/site/step-views';
import { Button } from '@/components/ui/button';

export type StepAction = (state: StepState, form: FormData) => Promise<StepState>;

/** A button of the first steps, and what came of it. */
export function StepForm({ action, label, isDone }: { action: StepAction; label: string; isDone: boolean }) {
  const [{ done, message }, act, isPending] = useActionState(action, NOTHING_STEPPED);
  return (
    <form action={act} className="step-form">
      {!isDone && <Button quiet disabled={isPending}>{label}</Button>}
      {message && <p className="settings-failure" role="alert">{message}</p>}
      <p role="status">{done}</p>
    </form>
  );
}
