import type { ReactNode } from 'react';

/** A page that says what went wrong in a sentence, and where to go from here. */
export function ErrorPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="error-page">
      <span className="empty-mark" />
      <h1>{title}</h1>
      {children}
    </div>
  );
}
