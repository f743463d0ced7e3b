import { expect, test } from 'vitest';
import { lexemesOf, partsOf, snippetOf, tokensLike } from '@/lib/text/snippets';

const isTea = (word: string) => /^teas?$/i.test(word);

test.each([
  ["'cup' & 'tea'", ['cup', 'tea']], ["'cup' & !'tea'", ['cup']], ["'o''hara' <-> 'x'", ["o'hara", 'x']], ["!( 'a' ) | 'b'", ['a', 'b']], ['', []], ["'back\\\\slash'", ['back\\slash']],
])('the words of %j are %j', (query, words) => {
  expect(lexemesOf(query)).toEqual(words);
});

test('what may be a form of a word begins like it, with accents or without', () => {
  expect(tokensLike(['cafe', 'happi'], ['Two Cafés, happy cats', 'CAFÉ'])).toEqual(['cafés', 'happy', 'cats', 'café']);
});

test('a text in parts is the text again', () => {
  const text = '“Tea”, she said: teas, tea-time & team.';
  const parts = partsOf(text, isTea);
  expect(parts.map((part) => part.text).join('')).toBe(text);
  expect(parts.filter(({ isHit }) => isHit).map((part) => part.text)).toEqual(['Tea', 'teas', 'tea']);
});

test('of a long text the piece is shown in which most stands', () => {
  const filler = 'word '.repeat(100);
  const isHit = (word: string) => ['tea', 'cup'].includes(word);
  const snippet = snippetOf(`${filler}tea ${filler}a cup of tea ${filler}`, isHit)!;
  expect(snippet.map(({ text }) => text).join('')).toMatch(/^… (word )+a cup of tea (word ?)+ …$/);
  expect(snippet.filter((part) => part.isHit).map(({ text }) => text)).toEqual(['cup', 'tea']);
  expect(snippetOf(filler, isHit)).toBeNull();
  expect(snippetOf('tea', isHit)).toEqual([{ text: 'tea', isHit: true }]);
});

test('a text of a hundred thousand words is gone through at once', () => {
  const begun = performance.now();
  expect(snippetOf('tea time '.repeat(100_000), isTea)).not.toBeNull();
  expect(performance.now() - begun).toBeLessThan(5_000);
});
