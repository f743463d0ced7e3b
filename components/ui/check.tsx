type CheckProps = { name: string; label: string; value?: string; defaultChecked?: boolean };

/** One checkbox with its words, the whole line a target. */
export function Check({ name, label, value = 'on', defaultChecked = false }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" name={name} value={value} defaultChecked={defaultChecked} />
      <span>{label}</span>
    </label>
  );
}
