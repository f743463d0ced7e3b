import { gaugeOf, learn, strengthOf, TOTALS, type Count, type Gauge, type Knowledge, type SpamLabel, type Tally } from './spam-score';

/** The gauge is found by so many of the latest lessons of each label. */
const SAMPLE = 1_000;
/** Of more signs than this, those seen once are forgotten: memory stays bounded however long the file. */
const MOST_SIGNS = 2_000_000;
const ASKED_AT_ONCE = 20_000;

type Lesson = { ids: number[]; label: SpamLabel };

/** Lessons that are learned in memory only, on top of what a blog knows. */
export class SpamTraining {
  private readonly tally: Tally = new Map();
  private readonly latest: Record<SpamLabel, Lesson[]> = { spam: [], ham: [] };
  private gauge: Gauge | null = null;

  add(ids: number[], label: SpamLabel): void {
    learn(this.tally, ids, label);
    const latest = this.latest[label];
    latest.push({ ids, label });
    if (latest.length >= 2 * SAMPLE) latest.splice(0, SAMPLE);
    if (this.tally.size > MOST_SIGNS) for (const [id, { spam, ham }] of this.tally) if (spam + ham === 1) this.tally.delete(id);
  }

  /** Finds the gauge, each of the latest lessons seen as if it were new. `ask` gives what the blog knows of signs. */
  async findGauge(ask: (ids: Iterable<number>) => Promise<Knowledge>): Promise<void> {
    const lessons = [...this.latest.spam.slice(-SAMPLE), ...this.latest.ham.slice(-SAMPLE)];
    const total = this.tally.get(TOTALS) ?? { spam: 0, ham: 0 };
    const own: Tally = new Map();
    const ids = [...new Set(lessons.flatMap((lesson) => lesson.ids))];
    for (let at = 0; at < ids.length; at += ASKED_AT_ONCE) {
      const asked = ids.slice(at, at + ASKED_AT_ONCE);
      const { learned } = await ask(asked);
      for (const id of asked) {
        const count = learned.get(id);
        if (count) own.set(id, count);
      }
    }
    const learned = { get: (id: number) => sum(own.get(id), this.tally.get(id)) };
    const weightOf = (label: SpamLabel) => total[label] / Math.min(SAMPLE, this.latest[label].length);
    this.gauge = gaugeOf(lessons.map(({ ids: signs, label }) => ({ strength: strengthOf(signs, learned, label), label, weight: weightOf(label) })));
  }

  /** What the blog knows, and what was learned here. */
  with({ learned, gauge }: Knowledge): Knowledge {
    return { learned: { get: (id) => sum(learned.get(id), this.tally.get(id)) }, gauge: this.gauge ?? gauge };
  }
}

function sum(one: Count | undefined, other: Count | undefined): Count | undefined {
  if (!one || !other) return one ?? other;
  return { spam: one.spam + other.spam, ham: one.ham + other.ham };
}
