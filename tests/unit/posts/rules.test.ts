import { expect, test } from 'vitest';
import { postFeedPath } from '@/lib/posts/feed-paths';
import { isOut, isPublished, isReachable, listPath, monthPath, postPath, readingMinutes, searchPath, thoughts } from '@/lib/posts/rules';

const now = new Date('2026-01-01T12:00:00Z');
const before = new Date('2026-01-01T11:59:59Z');
const after = new Date('2026-01-01T12:00:01Z');

test.each([
  ['published', before, true],
  ['published', now, true],
  ['published', after, false],
  ['published', null, false],
  ['draft', before, false],
  ['scheduled', before, false],
  ['unlisted', before, false],
  ['private', before, false],
  ['password', before, false],
  ['trash', before, false],
])('a %s post of %j is public: %j', (status, publishedAt, isPublic) => {
  expect(isPublished({ status, publishedAt }, now)).toBe(isPublic);
});

test.each([
  ['published', true, true], ['unlisted', true, true], ['password', false, true],
  ['draft', false, false], ['scheduled', false, false], ['private', false, false], ['trash', false, false],
])('a %s post is read by whoever has its address: %j; something is at it: %j', (status, reachable, out) => {
  expect([isReachable({ status, publishedAt: now }, now), isOut({ status, publishedAt: now }, now)]).toEqual([reachable, out]);
  for (const publishedAt of [after, null]) expect([isReachable({ status, publishedAt }, now), isOut({ status, publishedAt }, now)]).toEqual([false, false]);
});

test('addresses carry the slug encoded', () => {
  expect(postPath({ kind: 'post', slug: 'über uns' })).toBe('/posts/%C3%BCber%20uns');
  expect(postPath({ kind: 'page', slug: 'about' })).toBe('/about');
  expect(monthPath(2016, 5)).toBe('/archive/2016/05');
});

test('the first page of a list is the list itself', () => {
  expect(listPath('/', 1)).toBe('/');
  expect(listPath('/', 2)).toBe('/page/2');
  expect(listPath('/tags/x', 1)).toBe('/tags/x');
  expect(listPath('/tags/x', 3)).toBe('/tags/x/page/3');
});

test('reading time counts words, not markup, and is at least a minute', () => {
  expect(readingMinutes('')).toBe(1);
  expect(readingMinutes('<p>word </p>'.repeat(460))).toBe(2);
  expect(readingMinutes('<a href="https://example.com/many/words/here">x</a> '.repeat(230))).toBe(1);
  expect(readingMinutes('日'.repeat(1500))).toBe(3);
});

test('a card speaks of its comments', () => {
  expect([0, 1, 2].map(thoughts)).toEqual(['', '1 thought', '2 thoughts']);
});

test('a search carries its words, and its page beyond the first', () => {
  expect(searchPath('')).toBe('/search');
  expect(searchPath(' über & co ')).toBe('/search?q=%C3%BCber+%26+co');
  expect(searchPath('sleep', 3)).toBe('/search?q=sleep&page=3');
  expect(searchPath('a\uD800b')).toBe('/search?q=a%EF%BF%BDb');
});

test('the comments on a post have a feed of their own', () => {
  expect(postFeedPath('über uns')).toBe('/posts/%C3%BCber%20uns/feed.xml');
});
