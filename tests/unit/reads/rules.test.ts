import { expect, test } from 'vitest';
import { isPerson, readOf, readPart } from '@/lib/reads/rules';

test.each([
  ['/posts/one', 'one'], ['/posts/caf%C3%A9', 'caf%C3%A9'], ['/posts/one/read', 'one/read'],
  ['/posts', null], ['/posts/', null], ['/posts//read', null], ['/posts/one/comments/2', null], ['/posts/one/reply', null], ['/posts/one/reply/abc', null], ['/posts/one/feed.xml', null],
  ['/posts/one/read/on', null], ['/', null], ['/about', null], ['/admin/posts/one', null],
])('of %s the part that names what is read is %s', (path, part) => {
  expect(readPart(path)).toBe(part);
});

test('a part is taken apart, and one that does not decode is nobody’s', () => {
  expect(readOf('caf%C3%A9')).toEqual({ slug: 'café', isUnlocked: false });
  expect(readOf('cafe%CC%81/read')).toEqual({ slug: 'café', isUnlocked: true });
  expect(readOf('%E0%A4')).toBeNull();
});

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', true],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1', true],
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', false],
  ['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)', false],
  ['facebookexternalhit/1.1', false], ['curl/8.5.0', false], ['', false], ['  ', false],
])('whether a person is behind “%s”: %s', (userAgent, isOne) => {
  expect(isPerson(userAgent)).toBe(isOne);
});
