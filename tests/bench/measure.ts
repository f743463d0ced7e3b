import type { World } from './world';

/** What a number must be; `unit` is `×` for a ratio. */
export type Bound = ({ atLeast: number } | { atMost: number } | { under: number }) & { unit: string };

/** What was seen while measuring, in the order in which it is told. */
export type Raw = Record<string, string | number>;

/** One number of the table, with what it was made from. */
export type Row = { what: string; bound: Bound; value: number; raw: Raw };

export type Pace = {
  /** Length of one round of load. */
  seconds: number;
  /** The share of the usual repetitions, 1 for a whole run. */
  share: number;
};

/** A family of numbers. Whatever it starts it registers in `world`, which ends it. */
export type Measure = {
  name: string;
  /** How it is done, for the reader of docs/performance.md. */
  how: string;
  run: (world: World, pace: Pace) => Promise<Row[]>;
};

/** How often to repeat: `usual` times in a whole run, less in a short one, at least `least` times. */
export const times = (usual: number, { share }: Pace, least = 3): number => Math.max(least, Math.round(usual * share));

/** Whether a number keeps its bound. What is no number keeps none. */
export function isMet({ value, bound }: Pick<Row, 'value' | 'bound'>): boolean {
  if ('atLeast' in bound) return value >= bound.atLeast;
  return 'atMost' in bound ? value <= bound.atMost : value < bound.under;
}

/** A bound in words: `at least 0.9 ×`. */
export function boundText(bound: Bound): string {
  if ('atLeast' in bound) return `at least ${bound.atLeast} ${bound.unit}`;
  return 'atMost' in bound ? `at most ${bound.atMost} ${bound.unit}` : `under ${bound.under} ${bound.unit}`;
}
