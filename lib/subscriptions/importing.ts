import { db, type Tx } from '../db/client';
import { newId } from '../ids';
import { ok, type Result } from '../result';
import type { ImportReport, ReportNote } from '../transfer/schema';
import { EXAMPLES_SHOWN } from '../transfer/schema';
import { t } from '../words/t';
import { readSubscriberList, type ListedPerson } from './lists';
import { importOf } from './rules';
import { holdAddress } from './subscribing';
import { emailMark } from './tokens';

/** So many come in one transaction: a killed import has brought in a part, and the next goes on. */
const BATCH = 200;

type Outcome = 'cameIn' | 'follows' | 'left' | 'waits' | 'off' | 'twice' | 'invalid';

/**
 * Takes a list of people who have asked, elsewhere, to be told of new posts: whoever gives it says so. They follow from now on,
 * and the first mail to each says where their address comes from and how to leave. Nobody who has left here, or was not
 * written to there, comes back by it. Safe to run twice. `dryRun`: only says what would come in. Refuses: `invalid`.
 */
export async function importSubscribers(text: string, { dryRun }: { dryRun: boolean }, now: Date): Promise<Result<ImportReport>> {
  const list = readSubscriberList(text);
  if (!list.ok) return list;
  const { source, people } = list.value;
  const known = new Set<string>();
  const outcomes: { person: ListedPerson; outcome: Outcome }[] = [];
  for (let from = 0; from < people.length; from += BATCH) {
    const some = people.slice(from, from + BATCH);
    await db().$transaction(async (tx) => {
      for (const person of some) outcomes.push({ person, outcome: await takeIn(tx, person, { known, from: source ?? '', dryRun }, now) });
    }, { timeout: 60_000 });
  }
  return ok(reportOf(outcomes, source, dryRun));
}

async function takeIn(tx: Tx, { email, isOff }: ListedPerson, { known, from, dryRun }: { known: Set<string>; from: string; dryRun: boolean }, now: Date): Promise<Outcome> {
  if (email === null) return 'invalid';
  if (known.has(email)) return 'twice';
  known.add(email);
  if (isOff) return 'off';
  const held = await holdAddress(tx, email);
  const outcome = importOf(held);
  if (outcome !== 'new') return outcome;
  if (dryRun) return 'cameIn';
  const follows = { posts: 'instant' as const, postsSince: now, postsToldAt: now, importedFrom: from };
  if (held) await tx.subscriber.update({ where: { id: held.id }, data: follows, select: { id: true } });
  else await tx.subscriber.create({ data: { id: newId(), email, emailMark: emailMark(email), confirmedAt: now, createdAt: now, ...follows }, select: { id: true } });
  return 'cameIn';
}

function reportOf(outcomes: { person: ListedPerson; outcome: Outcome }[], source: string | null, dryRun: boolean): ImportReport {
  const count = (...some: Outcome[]) => outcomes.filter(({ outcome }) => some.includes(outcome)).length;
  const note = (outcome: Exclude<Outcome, 'cameIn' | 'follows'>): ReportNote[] => {
    const of = outcomes.filter((one) => one.outcome === outcome);
    const examples = of.slice(0, EXAMPLES_SHOWN).map(({ person: { line, typed } }) => ({ line, what: typed }));
    return of.length === 0 ? [] : [{ reason: t(`subscriptions.lists.${outcome}`), count: of.length, examples }];
  };
  return {
    dryRun,
    source: source ?? t('subscriptions.lists.aList'),
    rows: [{ kind: 'subscribers', cameIn: count('cameIn'), alreadyHere: count('follows', 'twice'), skipped: count('left', 'waits', 'off', 'invalid') }],
    notes: (['left', 'waits', 'off', 'twice', 'invalid'] as const).flatMap(note),
  };
}
