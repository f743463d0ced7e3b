import { expect, test } from 'vitest';
import { boundText, isMet } from '../../bench/measure';
import { median, percentile } from '../../bench/statistics';

test.each([
  [[3], 0.5, 3],
  [[1, 2, 3, 4], 0.5, 2],
  [[4, 1, 3, 2], 0.99, 4],
  [Array.from({ length: 100 }, (_, index) => index + 1), 0.99, 99],
  [[7, 8], 0, 7],
])('of %j the share %d lies at or below %d', (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});

test('the median is the middle one, or the mean of the middle two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test.each([
  [{ atLeast: 0.9, unit: '×' }, 0.9, true],
  [{ atLeast: 0.9, unit: '×' }, 0.89, false],
  [{ atMost: 3, unit: '×' }, 3, true],
  [{ atMost: 3, unit: '×' }, 3.01, false],
  [{ under: 50, unit: 'ms' }, 50, false],
  [{ under: 50, unit: 'ms' }, 49.9, true],
  [{ under: 50, unit: 'ms' }, Number.NaN, false],
  [{ atLeast: 150, unit: 'ms' }, Number.NaN, false],
])('%j is kept by %d: %s', (bound, value, expected) => {
  expect(isMet({ bound, value })).toBe(expected);
});

test('a bound is told in words', () => {
  expect([boundText({ atLeast: 15, unit: '×' }), boundText({ atMost: 1, unit: 'KB' }), boundText({ under: 50, unit: 'ms' })]).toEqual(['at least 15 ×', 'at most 1 KB', 'under 50 ms']);
});
