import type { ReactNode } from 'react';

/** A sentence that answers an act: `alert` says what to do after a refusal, `status` what was done. */
export function Notice({ kind, children }: { kind: 'alert' | 'status'; children: ReactNode }) {
  return <div className={kind === 'alert' ? 'form-alert' : 'form-status'} role={kind}>{children}</div>;
}
