import { db } from '../db/client';
import type { Actor } from '../identity/schema';
import { ok, type Result } from '../result';
import { tryOn } from './dry-run';
import { listPastComments } from './past-comments';
import { readRules } from './read-rules';
import { RULE_LISTS, type Tried } from './rules-form';
import { refusalToChangeRules } from './rules-view';
import { rulesetWith } from './ruleset';
import type { ScreeningRules } from './schema';
import { presentRuleset } from './screening-rules';

/** Of rules, each line that may name an address on the network. */
function* linesOf(...all: Partial<ScreeningRules>[]): Generator<string> {
  for (const rules of all) for (const list of RULE_LISTS) yield* rules[list] ?? [];
}

/**
 * What a change of the rules would have done to the last comments of readers; with nothing typed, what the rules of now
 * do. Writes nothing. `typed`: the fields that were changed, as in the form. Refuses as setScreeningRules does.
 */
export async function tryRules(actor: Actor, typed: Record<string, unknown>, now: Date): Promise<Result<Tried>> {
  const refusal = refusalToChangeRules(actor);
  if (refusal) return refusal;
  const read = readRules(typed);
  if (!read.ok) return read;
  const { closeAfterDays: _closing, ...changes } = read.value;
  const saved = await presentRuleset(db());
  const edited = Object.keys(changes).length === 0 ? saved : rulesetWith(saved, changes);
  return ok(tryOn(await listPastComments(linesOf(saved, changes), now), saved, edited));
}
