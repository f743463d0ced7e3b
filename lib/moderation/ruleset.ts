import { entriesOf, type Entries } from './entries';
import { phrasesOf, type Phrases } from './phrases';
import type { ScreeningRules } from './schema';

/** The owner's rules with their lists made ready. */
export type Ruleset = ScreeningRules & { held: Phrases; disallowed: Phrases; trustedEntries: Entries; refusedEntries: Entries };

/** Makes the rules ready. Costs time and memory with long lists: made once for each version of them. */
export function rulesetOf(rules: ScreeningRules): Ruleset {
  return {
    ...rules,
    held: phrasesOf(rules.heldWords),
    disallowed: phrasesOf(rules.disallowedWords),
    trustedEntries: entriesOf(rules.trusted),
    refusedEntries: entriesOf(rules.refused),
  };
}

/** The rules with some of them changed. What is not changed is not made ready again. */
export function rulesetWith(ruleset: Ruleset, changes: Partial<ScreeningRules>): Ruleset {
  const { heldWords, disallowedWords, trusted, refused } = changes;
  return {
    ...ruleset,
    ...changes,
    held: heldWords ? phrasesOf(heldWords) : ruleset.held,
    disallowed: disallowedWords ? phrasesOf(disallowedWords) : ruleset.disallowed,
    trustedEntries: trusted ? entriesOf(trusted) : ruleset.trustedEntries,
    refusedEntries: refused ? entriesOf(refused) : ruleset.refusedEntries,
  };
}
