import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folded, phrasesOf } from '@/lib/moderation/phrases';

const found = (list: string[], ...texts: string[]) => phrasesOf(list).find(texts);

test.each([
  ['casino', 'The CASINO is open', 'casino'],
  ['casino', 'thecasinoyes', 'casino'],
  ['Ｃａｓｉｎó', 'casino', 'Ｃａｓｉｎó'],
  ['"ass"', 'A first class seat', null],
  ['"ass"', 'An ass, it is.', 'ass'],
  ['“ass”', 'ass', 'ass'],
  ['„Esel“', 'Du Esel!', 'Esel'],
  ['„osioł”', 'ten osioł', 'osioł'],
  ['"ass"', 'ass2', null],
  ['"ass"', 'äss', 'ass'],
  ['"é"', '𝒜é', null],
  ['"é"', 'é𐐀', null],
  ['"C++"', 'I like C++ more', 'C++'],
  ['"buy now"', 'Buy\n\t now!', 'buy now'],
  ['buy   now', 'buy now', 'buy   now'],
  ['  cheap  ', 'a cheap trick', 'cheap'],
  ['straße', 'STRASSE', 'straße'],
  ['STRASSE', 'Straße', 'STRASSE'],
  ['ılık', 'ILIK', 'ılık'],
  ['istanbul', 'İSTANBUL', 'istanbul'],
  ['ΟΔΟΣ', 'οδοσα', 'ΟΔΟΣ'],
  ['office', 'the oﬃce', 'office'],
  ['casino', 'ca\u00adsi\u200bno', 'casino'],
  ['שלום', 'אמר שלום לכם', 'שלום'],
  ['سلام', 'سَلَام', 'سلام'],
  ['가', '각', null],
  ['👍🏽', 'well 👍🏽 done', '👍🏽'],
  ['👍', 'well 👎 done', null],
  ['"👍"', 'well👍done', null],
  ['e\u0301', 'cafe', 'e\u0301'],
  ['"', 'he said "no"', '"'],
  ['"one" or "two"', 'one', null],
])('%s in “%s”: %s', (line, text, phrase) => {
  expect(found([line], text)).toBe(phrase);
});

test('blank lines, empty quotation marks and what nobody sees are no phrases', () => {
  expect(found(['', '  ', '""', '"  "', '“”', '\u200b', '\u0301'], 'any text " at all', '')).toBeNull();
  expect(found([], 'any text')).toBeNull();
});

test('the first of the list is named, wherever in the texts it stands', () => {
  expect(found(['late', 'early'], 'early', 'late')).toBe('late');
  expect(found(['Cheap', '"cheap"', 'cheap'], 'cheap')).toBe('Cheap');
  expect(found(['"cheap"', 'cheap'], 'cheaper')).toBe('cheap');
  expect(found(['abcd', 'bc', 'abc'], 'xabcdx')).toBe('abcd');
  expect(found(['d', 'abcd', 'bc'], 'xabcdx')).toBe('d');
});

test('a phrase does not reach from one text into the next', () => {
  expect(found(['onetwo', 'one two'], 'one', 'two')).toBeNull();
});

describe('lists that mean harm', () => {
  test('60 000 phrases with the same beginning, and a text of nothing but that', () => {
    const beginning = 'a'.repeat(180);
    const phrases = phrasesOf(Array.from({ length: 60_000 }, (_, at) => `${beginning}${at}!`));
    expect(phrases.find(['a'.repeat(65_000)])).toBeNull();
    expect(phrases.find([`${'a'.repeat(60_000)}59999!`])).toBe(`${beginning}59999!`);
  });

  test('each phrase begins with the one before, and one letter is a phrase', () => {
    const nested = Array.from({ length: 200 }, (_, at) => 'ab'.repeat(100).slice(0, 200 - at));
    expect(phrasesOf(nested).find(['ab'.repeat(2000)])).toBe('ab'.repeat(100));
    expect(phrasesOf(nested).find(['a'])).toBe('a');
    expect(phrasesOf(nested.map((phrase) => `"${phrase}"`)).find(['ab'.repeat(2000)])).toBeNull();
  });
});

/** What the phrases mean, said as slowly as can be. */
function slowly(list: string[], texts: string[]): string | null {
  const plain = (text: string) => folded(text).replace(/\s+/g, ' ');
  for (const line of list.map((one) => one.trim())) {
    const quoted = /^["“„]([^"“”„]*)["”“]$/u.exec(line)?.[1]?.trim();
    const needle = plain(quoted ?? line).trim();
    const isIn = (text: string) =>
      [...text].some((_, at, letters) => {
        const rest = letters.slice(at).join('');
        const after = [...rest.slice(needle.length)][0] ?? '';
        return rest.startsWith(needle) && (quoted === undefined || !/[\p{L}\p{N}]/u.test(`${letters[at - 1] ?? ''}${after}`));
      });
    if (needle !== '' && texts.map(plain).some(isIn)) return quoted ?? line;
  }
  return null;
}

test('whatever the list and the texts: it finds what a slow search finds', () => {
  const letter = fc.constantFrom('a', 'b', 'B', 'á', ' ', '\n', 'ß', 's', 'ı', 'I', '1', '!', '👍', '𐐀', '\u0301', '\u200d', 'ש', 'ﬁ', 'Σ');
  const written = (maxLength: number) => fc.array(letter, { maxLength }).map((letters) => letters.join(''));
  const line = fc.tuple(written(4), fc.constantFrom('', '', '"', '“”', '„“')).map(([words, [open = '', close = open]]) => `${open}${words}${close}`);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.array(written(24), { maxLength: 3 }), (list, texts) => {
      expect(phrasesOf(list).find(texts)).toBe(slowly(list, texts));
    }),
    { numRuns: 1000 },
  );
});

test('folding twice is folding once', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => { expect(folded(folded(text))).toBe(folded(text)); }), { numRuns: 1000 });
});
