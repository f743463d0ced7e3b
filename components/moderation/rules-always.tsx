import type { HeldRule } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';

/** The rules without a setting, in the order in which they are asked. */
const ALWAYS = [
  'staff', 'reworded', 'trap', 'sensitive', 'private-details', 'pseudonym', 'careful', 'recent-refusals', 'same-text', 'disposable-mail', 'unproven-identity',
  'known-writer', 'flood', 'busy-network', 'foreign-form', 'too-fast', 'first-comment', 'mention', 'reported',
] as const satisfies readonly HeldRule[];

/** The rules that nobody sets, each with a place that a link to it leads to. */
export function RulesAlways() {
  return (
    <ul className="rules-always">
      {ALWAYS.map((rule) => <li key={rule} id={rule}>{t(`moderation.always.${rule}`)}</li>)}
    </ul>
  );
}
