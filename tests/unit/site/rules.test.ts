import { expect, test } from 'vitest';
import { momentIn, momentsOf, monthRange, wallClockIn, writtenDate, writtenMonth, writtenTime } from '@/lib/site/rules';

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
  // In a language whose words the blog does not have no English one stands between.
  expect(writtenTime(at, { language: 'de', timeZone: 'Europe/Berlin' })).toBe('14. Mai 2016, 00:31');
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

test.each([
  ['2026-12-05T10:30', 'UTC', '2026-12-05T10:30:00.000Z', '2026-12-05T10:30'],
  ['2026-12-05T10:30:59', 'UTC', '2026-12-05T10:30:00.000Z', '2026-12-05T10:30'],
  ['2026-12-05T10:30', 'Europe/Berlin', '2026-12-05T09:30:00.000Z', '2026-12-05T10:30'],
  ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z', '2026-03-29T01:59'],
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z', '2026-03-29T03:30'], // left out by the clock change
  ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z', '2026-03-29T03:30'],
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25T02:30'], // there twice: the first
  ['2026-10-25T03:30', 'Europe/Berlin', '2026-10-25T02:30:00.000Z', '2026-10-25T03:30'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', '2026-11-01T01:30'],
  ['2026-12-05T10:30', 'Pacific/Kiritimati', '2026-12-04T20:30:00.000Z', '2026-12-05T10:30'],
  ['2026-12-05T10:30', 'Nowhere/Land', '2026-12-05T10:30:00.000Z', '2026-12-05T10:30'],
])('%s in %s is %s, and is shown there as %s', (wall, zone, moment, shown) => {
  const at = momentIn(wall, zone);
  expect(at?.toISOString()).toBe(moment);
  expect(at && wallClockIn(at, zone)).toBe(shown);
});

test.each(['', 'tomorrow', '2026-02-30T10:00', '2026-13-01T10:00', '2026-12-05T24:00', '2026-12-05', '99999-01-01T00:00', ' 2026-12-05T10:30'])('“%s” is no moment', (wall) => {
  expect(momentIn(wall, 'Europe/Berlin')).toBeNull();
});

test('the last evening of the year 9999 is a moment where it is not the year 10000 elsewhere', () => {
  expect(momentIn('9999-12-31T23:59', 'UTC')?.toISOString()).toBe('9999-12-31T23:59:00.000Z');
  expect(momentIn('9999-12-31T23:59', 'America/New_York')).toBeNull();
});

test('days of a zone are from their first moment to the first of the day after', () => {
  const range = (from: string | null, to: string | null) => Object.values(momentsOf({ from, to }, 'Europe/Berlin')).map((at) => at?.toISOString() ?? null);
  expect(range('2026-03-29', '2026-03-29')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  expect(range(null, '2026-12-31')).toEqual([null, '2026-12-31T23:00:00.000Z']);
  expect(range('2026-12-31', null)).toEqual(['2026-12-30T23:00:00.000Z', null]);
  expect(range(null, '9999-12-31')).toEqual([null, null]);
});
