'use client';

import { useActionState, useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { NOTHING_AGAIN, type AgainState } from '@/lib/notifications/schema';
import { t } from '@/lib/words/t';

export type Again = (state: AgainState, form: FormData) => Promise<AgainState>;

type Props = {
  mail: string;
  /** The id of the element that says which one it is. */
  describedBy: string;
  /** Whether there is a button; without one it only says what came of the last press. */
  isOffered: boolean;
  action: Again;
};

/** The button that has a mail sent again, with what came of it. */
export function SendAgainForm({ mail, describedBy, isOffered, action }: Props) {
  const [state, again, isPending] = useActionState(action, NOTHING_AGAIN);
  return (
    <form action={again} className="again">
      <input type="hidden" name="mail" value={mail} />
      {isOffered && <Button quiet busy={isPending} aria-describedby={describedBy}>{t('notifications.again.send')}</Button>}
      <AgainOutcome state={state} />
    </form>
  );
}

/** What came of a press; the focus is there when the button that had it is gone. */
export function AgainOutcome({ state }: { state: AgainState }) {
  const status = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (state.done) status.current?.focus();
  }, [state]);
  return (
    <>
      {state.message && <p role="alert">{state.message}</p>}
      <p role="status" ref={status} tabIndex={-1}>{state.done}</p>
    </>
  );
}
