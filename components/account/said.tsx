import { useEffect, useRef } from 'react';
import type { AccountState } from '@/lib/account/schema';

/** What a form has just done or why it was refused. What was pressed may be gone: then focus is here. */
export function Said({ state }: { state: AccountState }) {
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) words.current?.focus();
  }, [state]);
  return (
    <>
      <p className="form-status" role="status" tabIndex={-1} ref={state.done ? words : undefined}>{state.done}</p>
      {state.message && <p className="form-alert" role="alert" tabIndex={-1} ref={words}>{state.message}</p>}
    </>
  );
}
