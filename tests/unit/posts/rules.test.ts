import { describe, expect, test } from 'vitest';
import { isPublished, legacyAsk, listPath, monthPath, postPath, readingMinutes, thoughts } from '@/lib/posts/rules';

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

describe('an old WordPress address', () => {
  test.each([
    ['/category/sleep', { kind: 'category', slug: 'sleep', page: 1 }],
    ['/category/growing-up/sleep', { kind: 'category', slug: 'sleep', page: 1 }],
    ['/category/growing-up/sleep/page/3', { kind: 'category', slug: 'sleep', page: 3 }],
    ['/tag/attachment', { kind: 'tag', slug: 'attachment', page: 1 }],
    ['/tag/attachment/page/2', { kind: 'tag', slug: 'attachment', page: 2 }],
    ['/author/marja', { kind: 'author', slug: 'marja', page: 1 }],
    ['/2016/05', { kind: 'month', year: 2016, month: 5, page: 1 }],
    ['/2016/05/page/2', { kind: 'month', year: 2016, month: 5, page: 2 }],
    ['/2016/05/13', { kind: 'month', year: 2016, month: 5, page: 1 }],
    ['/2016/05/13/slug/comment-page-2', { kind: 'post', path: '/2016/05/13/slug' }],
    ['/slug/comment-page-1', { kind: 'post', path: '/slug' }],
    ['/2016/05/13/slug/2', { kind: 'post', path: '/2016/05/13/slug' }],
    ['/index.php/2016/05/13/slug', { kind: 'post', path: '/2016/05/13/slug' }],
    ['/index.php/category/sleep', { kind: 'category', slug: 'sleep', page: 1 }],
    ['/2016/05/13/slug', null],
    ['/2016/05/13/slug/feed', null],
    ['/2016/05/13/slug/attachment/photo', null],
    ['/2016', null],
    ['/category', null],
    ['/', null],
  ])('%s asks for %j', (path, ask) => {
    expect(legacyAsk(path, {})).toEqual(ask);
  });

  test.each([
    [{ p: '123' }, { kind: 'id', externalId: '123' }],
    [{ page_id: '7' }, { kind: 'id', externalId: '7' }],
    [{ p: '0' }, null],
    [{ p: '-1' }, null],
    [{ p: '1 OR 1=1' }, null],
    [{ p: '9'.repeat(30) }, null],
    [{ p: '' }, null],
  ])('/?%j asks for %j', (query, ask) => {
    expect(legacyAsk('/', query)).toEqual(ask);
  });
});
