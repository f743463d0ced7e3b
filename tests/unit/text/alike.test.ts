import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areAlike, lookOf } from '@/lib/text/alike';

test.each([
  ['case', 'Ruth', 'rUTH'], ['width', 'Ruth', 'Ｒｕｔｈ'], ['accents', 'Zoë', 'Zoe'], ['accents written apart', 'Zoe\u0308', 'Zoë'],
  ['blanks', 'Night Owl', 'nightowl'], ['a hard blank', 'Night\u00a0Owl', 'Night Owl'], ['dots and dashes', 'N. Owl-', 'N Owl'], ['a sign beside letters', 'Ruth ✓', 'Ruth'],
  ['what cannot be seen', 'Ru\u200bth\u2060\u00ad\ufe0f', 'Ruth'], ['direction marks', '\u202eRuth', 'Ruth'], ['sharp s', 'Weiß', 'WEISS'], ['its capital', 'WEIẞ', 'Weiss'], ['the final sigma', 'Νίκος', 'ΝΙΚΟΣ'],
  ['mathematical letters', '𝓡𝓾𝓽𝓱', 'Ruth'],
  ['Cyrillic small letters', 'Mаrlеnе', 'Marlene'], ['Cyrillic capitals', 'ВОВ', 'Bob'], ['a Greek letter', 'Νora', 'Nora'], ['a Greek nu', 'Eνa', 'Eva'],
  ['one for l', 'A1ma', 'Alma'], ['capital i for l', 'AIma', 'Alma'], ['zero for o', 'N0ra', 'Nora'], ['rn for m', 'Alrna', 'Alma'], ['a long s', 'Roſa', 'Rosa'],
])('%s are folded away', (_, one, other) => {
  expect(areAlike(one, other)).toBe(true);
  expect(lookOf(one)).not.toBe('');
});

test.each([['Ruth', 'Rutha'], ['Ruth 1', 'Ruth 2'], ['राम', 'रमा'], ['🦉', '🐈'], ['金', '木'], ['Ольга', 'Олег'], ['Нина', 'Нора'], ['Max', 'Mia']])('%s and %s stay apart', (one, other) => {
  expect(areAlike(one, other)).toBe(false);
});

test('a name in which nothing can be seen has no look, and one of signs alone has', () => {
  expect(lookOf('\u200b \u2060\u3164')).toBe('');
  expect(lookOf('🦉')).not.toBe('');
  expect(lookOf('???')).not.toBe('');
});

test('case counts for nothing in any script', () => {
  expect(areAlike('Нина', 'НИНА')).toBe(true);
  expect(areAlike('Ελένη', 'ΕΛΕΝΗ')).toBe(true);
});

test('a look looks like itself', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => {
    expect(lookOf(lookOf(name))).toBe(lookOf(name));
  }));
});
