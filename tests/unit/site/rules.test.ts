import { expect, test } from 'vitest';
import { monthRange, writtenDate, writtenMonth, writtenTime } from '@/lib/site/rules';

const at = new Date('2016-05-13T22:31:00Z');

test.each([
  ['en', 'UTC', '13 May 2016'],
  ['en-US', 'UTC', 'May 13, 2016'],
  ['de', 'Europe/Berlin', '14. Mai 2016'],
  ['en', 'America/New_York', '13 May 2016'],
  ['not a language', 'UTC', '13 May 2016'],
  ['en', 'Nowhere/Land', '13 May 2016'],
])('in %s, %s the date is written %s', (language, timeZone, written) => {
  expect(writtenDate(at, { language, timeZone })).toBe(written);
});

test('the clock is that of the site', () => {
  expect(writtenTime(at, { language: 'en', timeZone: 'Europe/Berlin' })).toBe('14 May 2016 at 00:31');
  expect(writtenMonth(2016, 5, 'en')).toBe('May 2016');
});

test.each([
  [2016, 5, 'UTC', '2016-05-01T00:00:00.000Z', '2016-06-01T00:00:00.000Z'],
  [2016, 12, 'UTC', '2016-12-01T00:00:00.000Z', '2017-01-01T00:00:00.000Z'],
  [2016, 3, 'Europe/Berlin', '2016-02-29T23:00:00.000Z', '2016-03-31T22:00:00.000Z'],
  [2016, 5, 'America/New_York', '2016-05-01T04:00:00.000Z', '2016-06-01T04:00:00.000Z'],
  [2016, 11, 'America/New_York', '2016-11-01T04:00:00.000Z', '2016-12-01T05:00:00.000Z'],
  [2016, 5, 'Pacific/Kiritimati', '2016-04-30T10:00:00.000Z', '2016-05-31T10:00:00.000Z'],
  [2016, 5, 'Nowhere/Land', '2016-05-01T00:00:00.000Z', '2016-06-01T00:00:00.000Z'],
])('the month %i-%i in %s runs from %s to %s', (year, month, zone, from, to) => {
  const range = monthRange(year, month, zone);
  expect([range.from.toISOString(), range.to.toISOString()]).toEqual([from, to]);
});
