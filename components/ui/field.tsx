import type { HTMLInputTypeAttribute } from 'react';

type FieldProps = {
  /** Unique in the page; also the `id` that the label and the sentences are tied to. */
  id: string;
  name: string;
  /** The visible name, saying whether it must be filled: `Email (required)`. */
  label: string;
  hint?: string;
  error?: string;
  type?: HTMLInputTypeAttribute;
  /** Several lines: a textarea that grows with its text. */
  multiline?: boolean;
  required?: boolean;
  defaultValue?: string;
  maxLength?: number;
  autoComplete?: string;
  rows?: number;
  /** The page was opened to write here. */
  autoFocus?: boolean;
};

/** One labelled field with its hint and, after a refusal, its sentence tied to it. */
export function Field({ id, label, hint, error, multiline = false, type = 'text', rows = 5, ...input }: FieldProps) {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const shared = { ...input, id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined };
  return (
    <div className={error ? 'field field--wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {multiline ? <textarea {...shared} rows={rows} /> : <input {...shared} type={type} />}
      {hint && <p className="field-hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p className="field-error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}
