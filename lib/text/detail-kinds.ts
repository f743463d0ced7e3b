/** What a text may show of somebody that is not for everyone to read. */
export const DETAIL_KINDS = ['child', 'phone', 'address', 'email'] as const;
export type DetailKind = (typeof DETAIL_KINDS)[number];

/** Where in a text one stands: from `start` up to `end`, in UTF-16 units. */
export type Span = { start: number; end: number };

/** A part of a text that a search passes over: no letter, no digit, no space. */
const BLANK = '\u25a0';

/** The text with these parts made unreadable, every other character where it was. */
export function blanked(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(from, start), BLANK.repeat(end - start));
    from = end;
  }
  return parts.concat(text.slice(from)).join('');
}

/** Where a pattern (with the flag `g`) is found. */
export const spansOf = (pattern: RegExp, text: string): Span[] => [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }));

/** Of words that stand for one another, a part of a pattern. */
export const oneOf = (words: string): string => `(?:${words.trim().split(/\s+/).join('|').replaceAll('_', ' ')})`;
