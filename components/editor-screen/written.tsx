import type { ReactNode } from 'react';

type Tied = { id: string; 'aria-describedby': string; 'aria-invalid': true | undefined };
type WrittenProps = { id: string; label: string; hint?: string; error?: string | undefined; children: (tied: Tied) => ReactNode };

/** A labelled field whose value is held by the page, with its hint and what is wrong with it. */
export function Written({ id, label, hint, error, children }: WrittenProps) {
  return (
    <div className={error ? 'field field--wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-hint`, 'aria-invalid': error ? true : undefined })}
      <p className="field-hint" id={`${id}-hint`}>{hint}{error && <strong className="field-error"> {error}</strong>}</p>
    </div>
  );
}
