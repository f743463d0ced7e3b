import { expect, test } from 'vitest';
import { durationWords, LOG_GROUPS, LOGGED, logFilePath, logPath } from '@/lib/moderation/log-filter';
import { nextNoticeAt } from '@/lib/moderation/notice-letter';
import { wordlessFor } from '@/lib/moderation/reasons';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [0, 'under a minute'], [MINUTE - 1, 'under a minute'], [MINUTE, '1 minute'], [10 * MINUTE, '10 minutes'], [90 * MINUTE, '90 minutes'], [2 * HOUR, '2 hours'],
  [47 * HOUR, '47 hours'], [48 * HOUR, '2 days'], [30 * 24 * HOUR, '30 days'],
])('%i ms are “%s”', (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});

test('every decision is in one group of the chart, and can be looked for', () => {
  expect(Object.values(LOG_GROUPS).flat().sort()).toEqual([...LOGGED].sort());
});

test('an address names what the log is narrowed by, and nothing else', () => {
  expect(logPath()).toBe('/admin/log');
  expect(logPath({ who: 'people', decision: null, post: 'a b', from: '2026-01-01' })).toBe('/admin/log?who=people&post=a+b&from=2026-01-01');
  expect(logPath({}, 'x')).toBe('/admin/log?after=x');
  expect(logFilePath({ decision: 'spam' })).toBe('/admin/log.csv?decision=spam');
});

test('after a notice it is quiet for five minutes, and for an hour while very much comes; before the first it is not', () => {
  const last = new Date('2026-11-25T12:00:00Z');
  expect(nextNoticeAt(null, 0)).toBeNull();
  expect(nextNoticeAt(last, 20)).toEqual(new Date('2026-11-25T12:05:00Z'));
  expect(nextNoticeAt(last, 21)).toEqual(new Date('2026-11-25T13:00:00Z'));
});

test.each(['bo@example.net', '@example.net', '192.0.2.1', '192.0.2.', '2001:db8::1', 'FE80::'])('the address “%s” that a list of words has found is shown to owners alone', (word) => {
  const reason = { rule: 'held-word', word } as const;
  expect(wordlessFor(true, reason)).toEqual(reason);
  expect(wordlessFor(false, reason)).toEqual({ rule: 'held-word', word: '…' });
});

test.each(['casino', 'cafe', 'v1.agra', 'www.shop.example'])('the word “%s” is shown to whoever decides', (word) => {
  expect(wordlessFor(false, { rule: 'disallowed-word', word })).toEqual({ rule: 'disallowed-word', word });
});
