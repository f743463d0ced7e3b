import { findChildrenAtSchool } from './children-at-school';
import { blanked, spansOf, type DetailKind, type Span } from './detail-kinds';
import { findEmailAddresses } from './email-addresses';
import { findPhoneNumbers } from './phone-numbers';
import { findPostalAddresses } from './postal-addresses';

export { DETAIL_KINDS, type DetailKind } from './detail-kinds';

/** Something private in a text: where it stands, in UTF-16 units, and as it stands there. */
export type PrivateDetail = Span & { kind: DetailKind; shown: string };

/** What stands in the place of what was taken out. */
const INSTEAD: Record<DetailKind, string> = { child: '[name]', phone: '[phone number]', address: '[address]', email: '[e-mail address]' };

/** Addresses on the web and numbers of papers are full of figures, and meant to be public; and what was taken out says “phone” itself. */
const PASSED_OVER = /(?:https?:\/\/|www\.)[^\s<>"]{1,2048}|(?<!\d)10\.\d{4,9}\/\S{1,200}|\[(?:name|phone number|address|e-mail address)\]/giu;

/** In this order: a number in an e-mail address is no telephone. */
const FINDERS: readonly [DetailKind, (text: string) => Span[]][] = [
  ['email', findEmailAddresses], ['address', findPostalAddresses], ['phone', findPhoneNumbers], ['child', findChildrenAtSchool],
];

/** What stands close to another (`0171 2345678+44 …`) is seen once that is out of the way. */
const MAX_ROUNDS = 4;

/** The longest of those that overlap, in the order of the text. */
function apart(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0) && span.end > span.start) kept.push(span);
  }
  return kept;
}

/**
 * What a text shows that is not for everyone to read: telephone numbers, e-mail and postal addresses, and the full name of
 * a child with its school; in the order of the text, none over another. By rules over words, so it knows no person and
 * errs both ways: docs/private-details.md. Pure; never throws; time about linear.
 */
export function findPrivateDetails(text: string): PrivateDetail[] {
  let rest = blanked(text, spansOf(PASSED_OVER, text));
  const details: PrivateDetail[] = [];
  for (let round = 1, before = -1; round <= MAX_ROUNDS && before < details.length; round++) {
    before = details.length;
    for (const [kind, find] of FINDERS) {
      const found = apart(find(rest));
      details.push(...found.map(({ start, end }) => ({ kind, start, end, shown: text.slice(start, end) })));
      rest = blanked(rest, found);
    }
  }
  return details.sort((a, b) => a.start - b.start);
}

/** What kinds of details a text shows, each once. */
export const detailKindsIn = (text: string): DetailKind[] => [...new Set(findPrivateDetails(text).map(({ kind }) => kind))];

/**
 * The text with a word in the place of each of these, as they were found in it, and of what is only seen once they are gone:
 * sentences that can still be read, in which nothing is found.
 */
export function withoutDetails(text: string, found: readonly PrivateDetail[], rounds = MAX_ROUNDS): string {
  const rest = found.reduceRight((left, { kind, start, end }) => `${left.slice(0, start)}${INSTEAD[kind]}${left.slice(end)}`, text);
  const more = rounds > 1 && found.length > 0 ? findPrivateDetails(rest) : [];
  return more.length > 0 ? withoutDetails(rest, more, rounds - 1) : rest;
}
