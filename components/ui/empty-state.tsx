import type { ReactNode } from 'react';

/** What stands where nothing is yet: a calm sentence, and where to go instead. */
export function EmptyState({ children }: { children: ReactNode }) {
  return <div className="empty-state"><span className="empty-mark" /><p>{children}</p></div>;
}
