import { hasDesk, isOwner } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { fail, type Failure } from '../result';
import { findCloseAfterDays } from '../site/closing';
import { t } from '../words/t';
import { entryOf } from './entries';
import { isAddress } from './reasons';
import { LONG_LIST_LINES, RULE_LISTS, type EditedRules, type RuleList } from './rules-form';
import { findScreeningRules } from './screening-rules';

/** A list as a viewer sees it. `lines`: those shown; `count`: all; `hidden`: those that only an owner sees. */
export type ListView = { lines: string[]; count: number; hidden: number };

/** The rules as a viewer sees them. An owner's long list is fetched when it is opened: it has no lines. */
export type RulesView = { version: number; isOwner: boolean; rules: Omit<EditedRules, RuleList>; lists: Record<RuleList, ListView> };

/** Of a list that is only read, so much is shown. */
const READ_LINES = 200;

/** Whether a line may be read by whoever reads the rules: it is no address of a person or on the network. */
const isForAll = (line: string): boolean => !isAddress(line) && entryOf(line)?.kind !== 'network';

function listFor(mayChange: boolean, lines: string[]): ListView {
  if (mayChange) return { lines: lines.length > LONG_LIST_LINES ? [] : lines, count: lines.length, hidden: 0 };
  const shown = lines.filter(isForAll);
  return { lines: shown.slice(0, READ_LINES), count: lines.length, hidden: lines.length - shown.length };
}

/** The rules for somebody who has a desk: whole for an owner, for everybody else without the addresses in them. */
export async function findRulesFor(viewer: Person): Promise<RulesView> {
  const [{ version, rules }, closeAfterDays] = await Promise.all([findScreeningRules(), findCloseAfterDays()]);
  const { heldWords, disallowedWords, trusted, refused, ...values } = rules;
  const lists = { heldWords, disallowedWords, trusted, refused };
  const mayChange = isOwner(viewer);
  const views = Object.fromEntries(RULE_LISTS.map((name) => [name, listFor(mayChange, lists[name])])) as Record<RuleList, ListView>;
  return { version, isOwner: mayChange, rules: { ...values, closeAfterDays }, lists: views };
}

/** A list whole, for an owner who opens it; null for everybody else. */
export async function findRuleList(actor: Actor, name: RuleList): Promise<string[] | null> {
  return isOwner(actor) ? (await findScreeningRules()).rules[name] : null;
}

/** Why an actor may not change the rules, or try a change, or null: `not-signed-in`; `not-found` for those who may not know of them; `forbidden` for who reads them only. */
export function refusalToChangeRules(actor: Actor): Failure | null {
  if (actor.kind === 'guest') return fail('not-signed-in', t('screening.rules.notSignedIn'));
  if (!hasDesk(actor)) return fail('not-found', t('screening.rules.notThere'));
  return isOwner(actor) ? null : fail('forbidden', t('screening.rules.ownersOnly'));
}
