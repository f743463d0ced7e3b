import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalPath, parseMonth, parsePageNumber, parseSlug } from '@/lib/posts/schema';

test.each([
  ['secure-attachment', 'secure-attachment'],
  ['%C3%BCber-uns', 'über-uns'],
  ['u%CC%88ber', 'über'],
  ['%E0%A4%A', null],
  ['a%00b', null],
  ['\uD800', null],
  ['', null],
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(201), null],
])('the segment %j asks for the slug %j', (segment, slug) => {
  expect(parseSlug(segment)).toBe(slug);
});

test.each([
  ['1', 1], ['27', 27], ['100000', 100_000],
  ['0', null], ['01', null], ['-1', null], ['1.5', null], ['1e3', null], ['abc', null], ['', null], ['100001', null], ['9'.repeat(400), null], ['١', null],
])('the segment %j asks for page %j', (segment, page) => {
  expect(parsePageNumber(segment)).toBe(page);
});

test.each([
  ['2016', '05', { year: 2016, month: 5 }],
  ['2016', '12', { year: 2016, month: 12 }],
  ['2016', '5', null], ['2016', '13', null], ['2016', '00', null], ['0016', '05', null], ['16', '05', null], ['20167', '05', null],
])('%j/%j asks for the month %j', (year, month, asked) => {
  expect(parseMonth(year, month)).toEqual(asked);
});

test.each([
  ['/2016/05/13/slug/', '/2016/05/13/slug'],
  ['2016//05/slug', '/2016/05/slug'],
  ['/%C3%BCber', '/über'],
  ['/u%CC%88ber/', '/über'],
  ['/100%/sure', '/100%/sure'],
  ['/a%00b', '/ab'],
  ['/', '/'],
  ['', '/'],
])('the old address %j is kept as %j', (path, kept) => {
  expect(canonicalPath(path)).toBe(kept);
});

test('an address from anyone is read without throwing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    parseSlug(text);
    parsePageNumber(text);
    expect(canonicalPath(text)).toMatch(/^\//);
  }));
});
