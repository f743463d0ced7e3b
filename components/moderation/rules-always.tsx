import { ALWAYS } from './rules-words';

/** The rules that nobody sets, each with a place that a link to it leads to. */
export function RulesAlways() {
  return (
    <ul className="rules-always">
      {ALWAYS.map(({ rule, words }) => <li key={rule} id={rule}>{words}</li>)}
    </ul>
  );
}
