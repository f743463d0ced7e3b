type Props = {
  name: string;
  label: string;
  value: string;
  error?: string;
  hint?: string;
  rows?: number;
  type?: 'text' | 'email' | 'url';
  required?: boolean;
  maxLength?: number;
  autoComplete?: string;
};

/** A labelled field of the comment box with its hint and its error tied to it. With `rows` it is a text area. */
export function CommentField({ name, label, value, error, hint, rows, ...rest }: Props) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined;
  const field = { id: `box-${name}`, name, defaultValue: value, 'aria-describedby': described, 'aria-invalid': error ? true : undefined };
  return (
    <div className="field">
      <label htmlFor={field.id}>{label}</label>
      {rows ? <textarea {...field} rows={rows} required={rest.required} /> : <input type="text" {...rest} {...field} />}
      {hint && (
        <p className="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
