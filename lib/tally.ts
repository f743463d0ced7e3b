/** What is counted of the blog's own acts, for figures about it: closed lists, no matter who or what. */
export const TALLIED = {
  mail: ['sent', 'failed', 'refused'],
  comment: ['approved', 'pending', 'spam', 'trash'],
} as const;

export type Tallies = { [What in keyof typeof TALLIED]: Partial<Record<(typeof TALLIED)[What][number], number>> };

// Next bundles its own copy of this module, so the counts hang on globalThis under one symbol: one for each thread.
const key = Symbol.for('soapbox.tallies');
const shared = globalThis as typeof globalThis & { [key]?: Tallies };

/** What this thread has counted since it began. */
export const tallies = (): Tallies => (shared[key] ??= { mail: {}, comment: {} });

/** Counts one. To be called when it is done: what is rolled back has not happened. */
export function tally<What extends keyof Tallies>(what: What, which: keyof Tallies[What]): void {
  const counts = tallies()[what] as Record<PropertyKey, number>;
  counts[which] = (counts[which] ?? 0) + 1;
}
