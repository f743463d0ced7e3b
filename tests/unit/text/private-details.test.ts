import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DETAIL_KINDS } from '@/lib/text/detail-kinds';
import { findPrivateDetails, withoutDetails } from '@/lib/text/private-details';
import { hostileText } from './hostile';
import { CASES, KNOWN_FALSE, KNOWN_MISSES } from './private-details.cases';
import { detailsTable } from './private-details.table';

test.each(CASES)('%s: %s', (_, text, ...shows) => {
  expect(findPrivateDetails(text).map(({ shown }) => shown)).toEqual(shows);
});

test('about half of the cases show nothing, and every kind has both', () => {
  const silent = CASES.filter(([, , ...shows]) => shows.length === 0);
  expect(CASES.length).toBeGreaterThanOrEqual(160);
  expect(silent.length / CASES.length).toBeGreaterThan(0.4);
  expect(silent.length / CASES.length).toBeLessThan(0.6);
  for (const kind of DETAIL_KINDS) expect([kind, new Set(CASES.filter(([about]) => about === kind).map(([, , ...shows]) => shows.length > 0))]).toEqual([kind, new Set([true, false])]);
});

test('what is said to be missed is missed, and what is said to be found too much is found', () => {
  for (const [, text, shown = ''] of KNOWN_MISSES) expect([text, findPrivateDetails(text).map((detail) => detail.shown)]).not.toEqual([text, [shown]]);
  for (const [kind, text] of KNOWN_FALSE) expect([text, findPrivateDetails(text).map((detail) => detail.kind)]).toEqual([text, [kind]]);
});

test('the document shows the table as it is measured', () => {
  expect(readFileSync('docs/private-details.md', 'utf8')).toContain(detailsTable());
});

test('a number, an address, a name of a known kind is told as such', () => {
  const text = 'My son Jonas Weber is at Lindenhof Primary School. 12 Oak Street, jane@example.com, 0171 2345678';
  expect(findPrivateDetails(text).map(({ kind, shown }) => [kind, shown])).toEqual([['child', 'Jonas Weber'], ['address', '12 Oak Street'], ['email', 'jane@example.com'], ['phone', '0171 2345678']]);
});

test('taking it out leaves a sentence that can be read', () => {
  const without = (text: string) => withoutDetails(text, findPrivateDetails(text));
  expect(without('Call me on 0171 2345678, any evening.')).toBe('Call me on [phone number], any evening.');
  expect(without('My son Jonas Weber goes to Lindenhof Primary School.')).toBe('My son [name] goes to Lindenhof Primary School.');
  expect(without('We live at 12 Oak Street, Springfield, IL 62704, or write to jane at gmail dot com.')).toBe('We live at [address], or write to [e-mail address].');
  expect(without('Nothing to see.')).toBe('Nothing to see.');
});

/** Texts that are dense with what is looked for, in pieces that may join. */
const denseText = fc.array(fc.oneof(fc.constantFrom(...CASES.map(([, text]) => text), ...CASES.flatMap(([, , ...shows]) => shows), ' ', ', ', '\n', '. ', 'call me ', 'our address ', 'my son '), hostileText), { maxLength: 12 }).map((parts) => parts.join(''));

test('whatever the text, what is found stands in it, in order, none over another, and goes out whole', () => {
  fc.assert(
    fc.property(fc.oneof(denseText, hostileText, fc.string({ unit: 'grapheme' })), (text) => {
      const found = findPrivateDetails(text);
      let at = 0;
      for (const { start, end, shown } of found) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThan(start);
        expect(text.slice(start, end)).toBe(shown);
        at = end;
      }
      expect(at).toBeLessThanOrEqual(text.length);
      expect(findPrivateDetails(withoutDetails(text, found))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
