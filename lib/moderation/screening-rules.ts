import { db, type Tx } from '../db/client';
import { rulesetOf, type Ruleset } from './ruleset';
import { SCREENING_DEFAULTS, type ScreeningRules } from './schema';

const columns = {
  holdAll: true, maxLinks: true, heldWords: true, disallowedWords: true, trusted: true, refused: true, floodSeconds: true, sensitiveFloodSeconds: true, spamAbove: true, newPostCare: true, sensitiveDays: true,
} as const satisfies Record<keyof ScreeningRules, true>;

/** The owner's rules; the defaults while there are none. `version` is what a change of them names. */
export async function findScreeningRules(tx: Tx = db()): Promise<{ version: number; rules: ScreeningRules }> {
  const row = await tx.screeningRules.findUnique({ where: { id: 1 }, select: { version: true, ...columns } });
  if (!row) return { version: 0, rules: SCREENING_DEFAULTS };
  const { version, ...rules } = row;
  return { version, rules };
}

let ready: { mark: string; ruleset: Ruleset } | undefined;

/**
 * The rules as they are now, ready to screen by. Their version is asked each time, so that every process screens by the
 * same; the lists are read and made ready again only when it has changed.
 */
export async function presentRuleset(tx: Tx): Promise<Ruleset> {
  const now = await tx.screeningRules.findUnique({ where: { id: 1 }, select: { version: true, updatedAt: true } });
  // The moment too: of rules that came out of a backup the number may be one that was here before.
  const mark = now ? `${now.version} ${now.updatedAt.toISOString()}` : '';
  if (ready?.mark === mark) return ready.ruleset;
  const { rules } = await findScreeningRules(tx);
  ready = { mark, ruleset: rulesetOf(rules) };
  return ready.ruleset;
}
