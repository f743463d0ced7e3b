/** A set of texts to be looked for in other texts, all at once. */
export type Needles = {
  /**
   * Calls `found` for every place at which a needle stands in `text`: which of the given needles, from where, to where
   * (exclusive).
   */
  eachIn: (text: string, found: (needle: number, start: number, end: number) => void) => void;
};

/**
 * Makes needles ready to be looked for, none of them empty or given twice: a trie, kept as its sorted leaves. At a place of
 * a text one binary search, in which no letter is compared twice, finds the needle that shares most with what follows;
 * those that stand there are it, or its prefixes. At most places a filter says before that none begins there. So the
 * time for a text hangs hardly on how many needles there are (docs/decisions/0024).
 * Memory: their letters once more and 12 bytes for each, a tenth of a trie of nodes. Compared by UTF-16 units.
 */
export function needlesOf(given: readonly string[]): Needles {
  const order = [...given.keys()].sort((one, other) => ((given[one] ?? '') < (given[other] ?? '') ? -1 : 1));
  const table = tableOf(order, order.map((at) => given[at] ?? ''));
  return { eachIn: (text, found) => lookIn(table, text, found) };
}

/** Needles from `low` to `high` (exclusive), and how many letters all of them begin with. */
type Range = { low: number; high: number; common: number };

/** Needles in their order: the letters of number `rank` are those of `letters` from `starts[rank]` to `starts[rank + 1]`. */
type Table = {
  letters: string;
  starts: Uint32Array;
  /** Which of the given needles it is. */
  numbers: Uint32Array;
  /** The longest other needle that it begins with, or -1. */
  prefixes: Int32Array;
  /** Where the needles that begin with a letter are. */
  byFirst: ReadonlyMap<number, Range>;
  beginnings: Uint8Array;
};

function tableOf(numbers: readonly number[], sorted: readonly string[]): Table {
  const starts = new Uint32Array(sorted.length + 1);
  const prefixes = new Int32Array(sorted.length).fill(-1);
  const byFirst = new Map<number, Range>();
  const beginnings = new Uint8Array(BEGINNINGS);
  sorted.forEach((needle, rank) => {
    starts[rank + 1] = (starts[rank] ?? 0) + needle.length;
    // Whatever this one begins with is the one before it, or what that begins with.
    let prefix = rank - 1;
    while (prefix >= 0 && !needle.startsWith(sorted[prefix] ?? '')) prefix = prefixes[prefix] ?? -1;
    prefixes[rank] = prefix;
    const first = needle.charCodeAt(0);
    const range = byFirst.get(first);
    byFirst.set(first, { low: range?.low ?? rank, high: rank + 1, common: sharedBy(sorted[range?.low ?? rank] ?? '', needle) });
    addBeginning(beginnings, needle);
  });
  return { letters: sorted.join(''), starts, numbers: Uint32Array.from(numbers), prefixes, byFirst, beginnings };
}

function sharedBy(one: string, other: string): number {
  let shared = 0;
  while (shared < one.length && one.charCodeAt(shared) === other.charCodeAt(shared)) shared += 1;
  return shared;
}

/** How many letters of a beginning the filter knows, and how many marks it has for them. */
const KNOWN_LETTERS = 4;
const BEGINNINGS = 2 ** 17;

const mixed = (mark: number, letter: number): number => (Math.imul(mark, 0x9e3779b1) + letter) >>> 0;
const placeOf = (mark: number): number => Math.imul(mark, 0x85ebca6b) >>> 15;

/** Marks how a needle begins: by its first letters, and by how many they are. */
function addBeginning(beginnings: Uint8Array, needle: string): void {
  const known = Math.min(needle.length, KNOWN_LETTERS);
  let mark = 0;
  for (let at = 0; at < known; at += 1) mark = mixed(mark, needle.charCodeAt(at));
  beginnings[placeOf(mark)] = (beginnings[placeOf(mark)] ?? 0) | (1 << known);
}

/** False: no needle begins at `at`. */
function mayBegin(beginnings: Uint8Array, text: string, at: number): boolean {
  const end = Math.min(text.length, at + KNOWN_LETTERS);
  let mark = 0;
  for (let next = at; next < end; next += 1) {
    mark = mixed(mark, text.charCodeAt(next));
    if ((beginnings[placeOf(mark)] ?? 0) & (1 << (next - at + 1))) return true;
  }
  return false;
}

function lookIn(table: Table, text: string, found: (needle: number, start: number, end: number) => void): void {
  const { starts, numbers, prefixes, byFirst, beginnings } = table;
  for (let at = 0; at < text.length; at += 1) {
    const range = mayBegin(beginnings, text, at) ? byFirst.get(text.charCodeAt(at)) : undefined;
    if (!range) continue;
    const { rank: nearest, shared } = nearestAt(table, text, at, range);
    for (let rank = nearest; rank >= 0; rank = prefixes[rank] ?? -1) {
      const length = (starts[rank + 1] ?? 0) - (starts[rank] ?? 0);
      if (length <= shared) found(numbers[rank] ?? 0, at, at + length);
    }
  }
}

/** Of the needles of a range the last that stands in the order before what `text` has at `at`, or -1, and how many letters they share. */
function nearestAt({ letters, starts }: Table, text: string, at: number, { low, high, common }: Range): { rank: number; shared: number } {
  const beginning = starts[low] ?? 0;
  let first = 0;
  while (first < common && letters.charCodeAt(beginning + first) === text.charCodeAt(at + first)) first += 1;
  if (first < common) return { rank: -1, shared: first };
  let [below, above] = [low - 1, high];
  let [sharedBelow, sharedAbove] = [common, common];
  while (above - below > 1) {
    const rank = (below + above) >>> 1;
    const start = starts[rank] ?? 0;
    const length = (starts[rank + 1] ?? 0) - start;
    // Whatever stands between two needles shares with the text what both do.
    let shared = Math.min(sharedBelow, sharedAbove);
    while (shared < length && letters.charCodeAt(start + shared) === text.charCodeAt(at + shared)) shared += 1;
    const isBelow = shared === length || letters.charCodeAt(start + shared) < text.charCodeAt(at + shared);
    if (isBelow) [below, sharedBelow] = [rank, shared];
    else [above, sharedAbove] = [rank, shared];
  }
  return { rank: below < low ? -1 : below, shared: sharedBelow };
}
