import { createHash } from 'node:crypto';
import { findPrivateDetails, withoutDetails } from '../text/private-details';
import type { ShownDetail } from './box';

const MARK_CHARACTERS = 12;
/** So many marks are kept of what was told: whoever comes back with so many has been told, or a text with more could never be sent. */
const MAX_MARKS = 100;
/** So much of a text is read here: it is done before the limits, and a flood must not buy much of it. Screening reads it all. */
const MAX_CHARACTERS = 20_000;
/** So many are named. */
const MAX_NAMED = 10;

const markOf = ({ kind, shown }: ShownDetail): string =>
  createHash('sha256').update(`${kind} ${shown.replace(/\s+/g, ' ').toLowerCase()}`).digest('hex').slice(0, MARK_CHARACTERS);

/** What a writer is told before a text is taken: what in it not everyone should read. */
export type WordBefore = {
  details: ShownDetail[];
  /** Marks of all that its writer has been told of, now too: what the box brings back with the text. */
  told: string;
};

/**
 * What is to be told of a text that shows private details, or null: nothing in it, or nothing of which its writer does not
 * know. `told`: the marks that came back with the text. They are not secret, nor proof: who makes them up only goes without
 * the word.
 */
export function wordBefore(text: string, told: string): WordBefore | null {
  const found = findPrivateDetails(text.slice(0, MAX_CHARACTERS)).map(({ kind, shown }): ShownDetail => ({ kind, shown }));
  const known = new Set(told.split('.').filter((mark) => mark.length === MARK_CHARACTERS));
  const marks = [...new Set(found.map(markOf))];
  if (known.size >= MAX_MARKS || marks.every((mark) => known.has(mark))) return null;
  const details = [...new Map(found.map((detail) => [markOf(detail), detail])).values()].slice(0, MAX_NAMED);
  return { details, told: [...new Set([...marks, ...known])].slice(0, MAX_MARKS).join('.') };
}

/** A text without what its writer was told of. */
export function takenOut(text: string): string {
  const read = text.slice(0, MAX_CHARACTERS);
  return withoutDetails(read, findPrivateDetails(read)) + text.slice(MAX_CHARACTERS);
}
