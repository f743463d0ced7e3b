import { featuresOf, type Feature } from './spam-features';
import { START } from './spam-start';

export type SpamLabel = 'spam' | 'ham';

/** In how many comments of either kind something was seen. */
export type Count = Record<SpamLabel, number>;
/** What was seen, by the id of the sign. `TOTALS` counts the comments themselves. Sums: in any order, and to be taken back exactly. */
export type Tally = Map<number, Count>;
export const TOTALS = 0;
/** What was learned, of signs that are asked about. */
export type Learned = Pick<Tally, 'get'>;

/** From which strength on a comment is held, and from which on it is sorted out: found by what this blog has decided. */
export type Gauge = { hold: number; sort: number };

/** What the score is made by: what this blog has learned, of the signs that are asked about, and its gauge where it has one. */
export type Knowledge = { learned: Learned; gauge: Gauge | null };

export type Scored = { score: number; because: string[] };

/** So many signs of a comment decide, the strongest. */
const DECIDING = 150;
/** A sign that speaks for either about as much decides nothing. */
const UNDECIDED = 0.05;
/** How much a sign must be seen until its own share counts more than the even chance (Robinson's s). */
const DOUBT = 1;
/** What the start set knows counts half once the blog has given so many lessons of its own. */
const START_LESSONS = 50;
/** The gauge of a blog that has decided nothing, by measurement (docs/spam.md), and from how many of its own lessons on its own counts as much. */
const START_GAUGE: Gauge = { hold: 2.2, sort: 3 };
const GAUGE_LESSONS = 30;
/** What the two thresholds mean as a score; `LOOKS_LIKE_SPAM` of screening.ts, and the default of `spamAbove`. */
const HOLD_SCORE = 0.5;
const SORT_SCORE = 0.8;
const LEAST_GAUGE: Gauge = { hold: 0.5, sort: 0.7 };
const FADING = 1.5;
const DECIMALS = 10_000;
const REASONS = 3;

const NONE: Count = { spam: 0, ham: 0 };

/** Adds a comment's signs to what was learned; with `times` -1 takes them back. */
export function learn(tally: Tally, ids: Iterable<number>, label: SpamLabel, times = 1): void {
  for (const id of [TOTALS, ...ids]) {
    const count = tally.get(id) ?? { ...NONE };
    count[label] += times;
    if (count.spam === 0 && count.ham === 0) tally.delete(id);
    else tally.set(id, count);
  }
}

let startTally: Tally | undefined;

/** What the start set teaches. */
function start(): Tally {
  if (startTally) return startTally;
  const tally: Tally = new Map();
  for (const { label, comment } of START) learn(tally, featuresOf(comment).map(({ id }) => id), label);
  startTally = tally;
  return tally;
}

type Weigh = (id: number) => number;

/** How much a sign speaks for spam (above 0) or against it: the logarithm of Robinson's chance. `except`: as if this label had been learned once less. */
function weigherOf(learned: Learned, except?: SpamLabel): Weigh {
  const known = start();
  const own = (id: number): Count => {
    const { spam, ham } = learned.get(id) ?? NONE;
    return { spam: spam - (except === 'spam' ? 1 : 0), ham: ham - (except === 'ham' ? 1 : 0) };
  };
  const total = own(TOTALS);
  const startWeight = START_LESSONS / (START_LESSONS + Math.max(0, total.spam) + Math.max(0, total.ham));
  const startTotal = known.get(TOTALS) ?? NONE;
  const all: Count = { spam: total.spam + startWeight * startTotal.spam, ham: total.ham + startWeight * startTotal.ham };
  return (id) => {
    const [mine, given] = [own(id), known.get(id) ?? NONE];
    const [spam, ham] = [Math.max(0, mine.spam) + startWeight * given.spam, Math.max(0, mine.ham) + startWeight * given.ham];
    if (spam + ham <= 0) return 0;
    const [inSpam, inHam] = [spam / all.spam, ham / all.ham];
    const chance = (DOUBT / 2 + (spam + ham) * (inSpam / (inSpam + inHam))) / (DOUBT + spam + ham);
    return Math.abs(chance - 0.5) <= UNDECIDED ? 0 : Math.log(chance / (1 - chance));
  };
}

function strengthBy(weigh: Weigh, ids: readonly number[]): number {
  const deciding = ids.map(weigh).filter((weight) => weight !== 0).sort((a, b) => Math.abs(b) - Math.abs(a) || a - b).slice(0, DECIDING);
  // Signs come in company: as if each stood alone, a long comment would be sure of anything.
  return deciding.length === 0 ? 0 : deciding.reduce((sum, weight) => sum + weight, 0) / Math.sqrt(deciding.length);
}

/**
 * How strongly signs speak for spam; below 0: against it. `except`: the label under which these very signs were learned,
 * when it is to be told what would have been said without them.
 */
export const strengthOf = (ids: readonly number[], learned: Learned, except?: SpamLabel): number => strengthBy(weigherOf(learned, except), ids);

/** The strongest reasons in words, none that says another once more. */
function reasonsOf(features: readonly Feature[], weigh: Weigh): string[] {
  const strong = features.map(({ id, words }) => ({ words, weight: weigh(id) })).filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight || (a.words < b.words ? -1 : 1));
  const told: string[] = [];
  const inside = (words: string): string => words.replace(/^.*“(.*)”.*$/, '$1');
  for (const { words } of strong) {
    if (told.length === REASONS) break;
    if (!told.some((other) => ` ${inside(other)} `.includes(` ${inside(words)} `) || ` ${inside(words)} `.includes(` ${inside(other)} `))) told.push(words);
  }
  return told;
}

/** The gauge that counts: the start's, until this blog has given lessons enough for its own. */
function gaugeIn({ learned, gauge }: Knowledge): Gauge {
  if (!gauge) return START_GAUGE;
  const { spam, ham } = learned.get(TOTALS) ?? NONE;
  const lessons = 2 * Math.min(spam, ham);
  const share = lessons / (lessons + GAUGE_LESSONS);
  const blend = (of: keyof Gauge): number => share * gauge[of] + (1 - share) * START_GAUGE[of];
  return { hold: blend('hold'), sort: blend('sort') };
}

/** Rises everywhere: to HOLD_SCORE and SORT_SCORE at the two thresholds, and never quite to 0 or 1. */
function scoreAt(strength: number, { hold, sort }: Gauge): number {
  if (strength < hold) return HOLD_SCORE * Math.exp((strength - hold) / FADING);
  if (strength < sort) return HOLD_SCORE + ((SORT_SCORE - HOLD_SCORE) * (strength - hold)) / (sort - hold);
  return 1 - (1 - SORT_SCORE) * Math.exp((sort - strength) / FADING);
}

/**
 * The spam score of a comment, 0 to 1, and what speaks most for it, at most three things, as they are kept (spam-signs.ts). Pure: the same signs and the same knowledge give the same score, in whatever order. Robinson's chances of each
 * sign, their logarithms summed and damped; chosen by measurement (docs/spam.md).
 */
export function scoreOf(features: readonly Feature[], knowledge: Knowledge): Scored {
  const weigh = weigherOf(knowledge.learned);
  const score = scoreAt(strengthBy(weigh, features.map(({ id }) => id)), gaugeIn(knowledge));
  return { score: Math.round(score * DECIMALS) / DECIMALS, because: reasonsOf(features, weigh) };
}

/** A lesson as the gauge sees it: how strongly it would have spoken for spam had it not been learned. `weight`: for how many it stands. */
export type Sample = { strength: number; label: SpamLabel; weight: number };

/** How many good comments held, or sorted out, are as bad as one unwanted one let through; and of what is, how much must be right. */
const COSTS = { hold: { cost: 4, precision: 0.975 }, sort: { cost: 6, precision: 0.98 } };
const GAUGE_LEAST_OF_EACH = 8;

/** Of the places between two samples, strongest first, what lies above each. */
function stepsOf(samples: readonly Sample[]): { at: number; spam: number; ham: number }[] {
  const sorted = [...samples].sort((a, b) => b.strength - a.strength);
  let [spam, ham] = [0, 0];
  return sorted.flatMap(({ strength, label, weight }, index) => {
    if (label === 'spam') spam += weight;
    else ham += weight;
    const next = sorted[index + 1]?.strength;
    return next === strength ? [] : [{ at: next === undefined ? strength : (strength + next) / 2, spam, ham }];
  });
}

function thresholdOf(steps: ReturnType<typeof stepsOf>, { cost, precision }: { cost: number; precision: number }): number {
  const spam = steps.at(-1)?.spam ?? 0;
  const worth = steps.map((step) => step.spam - cost * step.ham);
  const best = Math.max(...worth);
  // About as good as the best: their middle does not hang on one comment.
  const good = steps.filter((_, index) => (worth[index] ?? 0) >= best - spam / 200).map(({ at }) => at);
  const cheapest = good.reduce((sum, at) => sum + at, 0) / good.length;
  const precise = steps.findLast((step) => step.spam / (step.spam + step.ham + 0.5) >= precision)?.at;
  return precise === undefined ? cheapest : (cheapest + precise) / 2;
}

/** Finds the gauge by lessons, each seen as if it were new; null where there are too few of either kind. */
export function gaugeOf(samples: readonly Sample[]): Gauge | null {
  const spam = samples.filter(({ label }) => label === 'spam').length;
  if (Math.min(spam, samples.length - spam) < GAUGE_LEAST_OF_EACH) return null;
  const steps = stepsOf(samples);
  const hold = Math.max(LEAST_GAUGE.hold, thresholdOf(steps, COSTS.hold));
  return { hold, sort: Math.max(hold + LEAST_GAUGE.sort - LEAST_GAUGE.hold, thresholdOf(steps, COSTS.sort)) };
}
