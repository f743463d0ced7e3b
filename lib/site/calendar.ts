import { dayAfter } from '../days';
import { dayIn, momentIn } from './rules';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day of the blog's calendar, `2026-12-05`, and its first moment. */
export type CalendarDay = { day: string; at: Date };

/**
 * The last days of the calendar of a zone, today the last, each from its first moment: a day of a clock change has 23 hours
 * or 25. `end`: the first moment of tomorrow.
 */
export function lastDays(count: number, timeZone: string, now: Date): { days: CalendarDay[]; end: Date } {
  const first = new Date(Date.parse(`${dayIn(now, timeZone)}T00:00:00Z`) - (count - 1) * DAY_MS).toISOString().slice(0, 10);
  const days: CalendarDay[] = [];
  for (let day = first; days.length <= count; day = dayAfter(day)) days.push({ day, at: momentIn(`${day}T00:00`, timeZone) ?? new Date(`${day}T00:00:00Z`) });
  return { days: days.slice(0, count), end: days[count]?.at ?? now };
}
