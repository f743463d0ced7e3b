import { expect, test } from 'vitest';
import { asCsv, CSV_RECORDS_MAX, writeCsv } from '@/lib/csv';
import { wholeText } from '@/tests/support/whole-text';

test.each([['=HYPERLINK("https://evil.example","x")'], ['+1+1'], ['-1'], ['@SUM(A1)'], ['\tx'], ['\rx']])('runs nothing in a spreadsheet: %j', (name) => {
  const [cell] = asCsv([[name, 'b']], null).split(/,b\r\n$/);
  expect(cell?.replace(/^"/, '')).toMatch(/^'/);
});

test('keeps quotes, commas and line breaks in their cells', () => {
  expect(asCsv([['a "b", c', 'd\ne', 'ü']], null)).toBe('"a ""b"", c","d\ne",ü\r\n');
});

const counted = (total: number) => ({
  head: ['n'], recordOf: (n: number) => [String(n)], read: async (last: number | null, take: number) => Array.from({ length: Math.min(take, total - (last ?? 0)) }, (_, index) => (last ?? 0) + index + 1),
});

test.each([0, 1, 999, 1_000, 1_001, CSV_RECORDS_MAX, CSV_RECORDS_MAX + 5])('a list of %i is written once each, after its mark and its head, up to the most that a file has', async (total) => {
  const lines = (await wholeText(writeCsv(counted(total)))).split('\r\n');
  expect(lines).toEqual(['\ufeffn', ...Array.from({ length: Math.min(total, CSV_RECORDS_MAX) }, (_, index) => String(index + 1)), '']);
});
