import { describe, expect, test } from 'vitest';
import { BY_RULE, chosenClosing, closesAt, closingOf, discussionMark, inDays, lastOpenMoment, sensitiveUntil, takesComments, type ClosingFacts } from '@/lib/posts/rules';
import { dayIn, endOfDay } from '@/lib/site/rules';

const out = new Date('2026-03-01T10:31:00Z');
const date = new Date('2026-03-20T23:00:00Z');
const after = (at: Date, ms: number) => new Date(at.getTime() + ms);
const days = (number: number) => new Date(out.getTime() + number * 24 * 60 * 60 * 1000);
const post = (given: Partial<ClosingFacts> = {}): ClosingFacts => ({ ...BY_RULE, publishedAt: out, ...given });

describe('until when a post takes comments', () => {
  test.each<[string, Partial<ClosingFacts>, number, Date | 'closed' | null]>([
    ['no rule', {}, 0, null],
    ['the rule', {}, 30, days(30)],
    ['the rule of one day', {}, 1, days(1)],
    ['the rule, of a draft', { publishedAt: null }, 30, null],
    ['opened for good, whatever the rule', { commentsByAge: false }, 30, null],
    ['a date, whatever the rule: earlier', { commentsByAge: false, commentsCloseAt: date }, 5, date],
    ['a date, whatever the rule: later', { commentsByAge: false, commentsCloseAt: date }, 300, date],
    ['a date where nobody said that the rule does not count', { commentsCloseAt: date }, 5, date],
    ['closed', { commentsOpen: false, commentsByAge: false }, 0, 'closed'],
    ['closed, whatever date and rule', { commentsOpen: false, commentsCloseAt: date }, 30, 'closed'],
  ])('%s', (_what, given, closeAfterDays, at) => {
    expect(closesAt(post(given), closeAfterDays)).toEqual(at);
  });

  test.each<[string, Partial<ClosingFacts>, number, Date]>([
    ['by the rule', {}, 30, days(30)],
    ['by a date', { commentsCloseAt: date, commentsByAge: false }, 0, date],
  ])('%s a post is open to the last millisecond, and closed from the moment on', (_what, given, closeAfterDays, at) => {
    expect(takesComments(post(given), closeAfterDays, after(at, -1))).toBe(true);
    expect(takesComments(post(given), closeAfterDays, at)).toBe(false);
    expect(takesComments(post(given), closeAfterDays, after(at, 1))).toBe(false);
  });

  test('a post without an end is open whenever, and a closed one is not', () => {
    expect(takesComments(post(), 0, new Date('9999-01-01T00:00:00Z'))).toBe(true);
    expect(takesComments(post({ commentsOpen: false }), 0, out)).toBe(false);
  });

  test('days of the rule are 24 hours each, over a change of clocks too', () => {
    const beforeSpring = new Date('2026-03-28T12:00:00+01:00');
    expect(closesAt(post({ publishedAt: beforeSpring }), 1)).toEqual(new Date('2026-03-29T13:00:00+02:00'));
  });
});

test('what is told: the rule’s days where the rule counts, the moment where there is one', () => {
  expect(closingOf(post(), 30)).toEqual({ at: days(30), afterDays: 30 });
  expect(closingOf(post({ commentsCloseAt: date }), 30)).toEqual({ at: date, afterDays: null });
  expect(closingOf(post({ commentsOpen: false, commentsCloseAt: date }), 30)).toEqual({ at: null, afterDays: null });
  expect(closingOf(post({ commentsByAge: false }), 30)).toEqual({ at: null, afterDays: null });
  expect([inDays(1), inDays(30)]).toEqual(['1 day', '30 days']);
});

test('what was chosen is known again, and every choice has a mark of its own', () => {
  const choices = [post(), post({ commentsByAge: false }), post({ commentsOpen: false, commentsByAge: false }), post({ commentsCloseAt: date, commentsByAge: false }), post({ commentsCloseAt: out, commentsByAge: false })];
  expect(choices.map(chosenClosing)).toEqual(['rule', 'open', 'closed', 'date', 'date']);
  const marks = choices.flatMap((choice) => (['open', 'sensitive'] as const).flatMap((care) => ['', 'Call.'].map((helpline) => discussionMark({ ...choice, care, helpline }))));
  expect(new Set(marks).size).toBe(20);
});

test('a sensitive post closes so many days after it is made so, or after it comes out if that is later', () => {
  const now = new Date('2026-03-10T08:00:00Z');
  expect(sensitiveUntil(out, 14, now)).toEqual(new Date('2026-03-24T08:00:00Z'));
  expect(sensitiveUntil(new Date('2026-03-20T09:00:00Z'), 14, now)).toEqual(new Date('2026-04-03T09:00:00Z'));
  expect(sensitiveUntil(null, 14, now)).toEqual(new Date('2026-03-24T08:00:00Z'));
  expect(sensitiveUntil(out, 0, now)).toBeNull();
});

describe('the end of a day in the blog’s time zone', () => {
  test.each([
    ['2026-12-03', 'UTC', '2026-12-04T00:00:00Z'],
    ['2026-12-03', 'Europe/Berlin', '2026-12-03T23:00:00Z'],
    ['2026-12-03', 'Pacific/Kiritimati', '2026-12-03T10:00:00Z'],
    ['2026-12-03', 'America/Los_Angeles', '2026-12-04T08:00:00Z'],
    // 23 hours long, and 25.
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00Z'],
    // The next day begins at one o’clock: the clocks go forward at midnight.
    ['2026-04-23', 'Africa/Cairo', '2026-04-23T22:00:00Z'],
    ['2024-02-28', 'UTC', '2024-02-29T00:00:00Z'],
    ['2026-12-31', 'UTC', '2027-01-01T00:00:00Z'],
    ['2026-12-03', 'Nowhere/None', '2026-12-04T00:00:00Z'],
  ])('%s in %s', (day, zone, end) => {
    const at = endOfDay(day, zone);
    expect(at).toEqual(new Date(end));
    // And it is told as this day, not as the one that begins then.
    expect(dayIn(lastOpenMoment(at!), zone)).toBe(day);
  });

  test.each(['', '2026-02-29', '2026-13-01', '03.12.2026', '2026-12-03T10:00', '9999-12-31', 'tomorrow', '-2026-12-03'])('%j is no such day', (day) => {
    expect(endOfDay(day, 'Europe/Berlin')).toBeNull();
  });
});
