type SelectFieldProps = {
  /** Unique in the page; also the `id` that the label and the sentence are tied to. */
  id: string;
  name: string;
  label: string;
  options: { value: string; label: string }[];
  defaultValue?: string;
  error?: string;
};

/** One labelled choice from a short list, with its sentence after a refusal. */
export function SelectField({ id, name, label, options, defaultValue, error }: SelectFieldProps) {
  return (
    <div className={error ? 'field field--wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} defaultValue={defaultValue} aria-describedby={error ? `${id}-error` : undefined} aria-invalid={error ? true : undefined}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>{option.label}</option>
        ))}
      </select>
      {error && <p className="field-error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}
