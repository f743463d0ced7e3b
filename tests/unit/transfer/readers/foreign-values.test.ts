import { expect, test } from 'vitest';
import { htmlBlock, isoMomentOf, numberOf, slugOfAddress } from '@/lib/transfer/readers/foreign-values';
import { lineWords, placeLine } from '@/lib/transfer/readers/file-lines';

test.each([
  ['2019-03-04T01:02:03Z', '2019-03-04T01:02:03.000Z'],
  ['2021-03-24T04:34:10.000Z', '2021-03-24T04:34:10.000Z'],
  ['2010-01-02T18:00:00.001-08:00', '2010-01-03T02:00:00.001Z'],
  ['2010-01-02T18:00:00.1-0800', '2010-01-03T02:00:00.100Z'],
  ['2021-03-24 04:34:10', '2021-03-24T04:34:10.000Z'],
  ['2021-03-24T04:34', '2021-03-24T04:34:00.000Z'],
  ['2020-02-29T00:00:00Z', '2020-02-29T00:00:00.000Z'],
  ['1388318310829', '2013-12-29T11:58:30.829Z'],
])('%s is a moment', (text, moment) => {
  expect(isoMomentOf(text)?.toISOString()).toBe(moment);
});

test.each(['', 'yesterday', '2019-02-29T00:00:00Z', '2019-02-30T00:00:00Z', '2019-13-01T00:00:00Z', '2019-00-10T00:00:00Z', '2019-01-00T00:00:00Z', '2019-01-01T24:00:00Z', '2019-01-01T00:60:00Z', '0000-00-00 00:00:00', '0999-12-31T00:00:00Z', '2019-07-08T20:21;22Z', '2019', '20190101', '2019-01-01T00:00:00+99:00'])('“%s” is none', (text) => {
  expect(isoMomentOf(text)).toBeNull();
});

test.each([[0], [NaN], [Infinity], [1e300], [-1e14], [1e15]])('the number %s is no moment', (number) => {
  expect(isoMomentOf(number)).toBeNull();
});

test.each([['7', '7'], ['007', '7'], [' 42 ', '42'], ['9223372036854775807', '9223372036854775807'], ['9223372036854775808', ''], ['0', ''], ['', ''], ['-1', ''], ['1.5', ''], ['abc', ''], ['9'.repeat(100), '']])('“%s” as a number is “%s”', (text, number) => {
  expect(numberOf(text)).toBe(number);
});

test.each([['https://a.example/2010/01/soup.html', 'soup'], ['/2010/01/soup.html', 'soup'], ['https://a.example/', ''], ['', ''], ['http://[', ''], ['/p/a.htm?m=1', 'a']])('what named %s there was “%s”', (address, slug) => {
  expect(slugOfAddress(address)).toBe(slug);
});

test('text without anything stays nothing', () => {
  expect(htmlBlock(' \n')).toBe('');
});

test('the line and the file come out of one number again, the first file as ever', () => {
  expect([lineWords(placeLine(12, 0)!), lineWords(placeLine(12, 1)!), lineWords(placeLine(1, 99)!), placeLine(null, 3)]).toEqual(['line 12', 'line 12 of file 2', 'line 1 of file 100', null]);
});

test('no file has so many lines, nor an archive so many files, that PostgreSQL could not keep the number', () => {
  expect(placeLine(Number.MAX_SAFE_INTEGER, 1_000_000)).toBeLessThan(2 ** 31);
});
