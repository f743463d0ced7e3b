import { dayAfter } from '../days';
import { dayIn, momentIn } from '../site/rules';

/** What is being told just now has its moment from before: a digest goes up to so long ago, longer than the transaction of a notice may last. */
export const SETTLED_MS = 2 * 60 * 1000;

/** At this hour of the blog's clock what came in a day, or in a week, is told. */
const DIGEST_TIME = 'T07:00';
const DAY_MS = 24 * 60 * 60 * 1000;
const MONDAY = 1;

/**
 * The latest moment up to which those are told who are told daily or weekly: seven in the morning of the blog's calendar, of a
 * Monday for a week. Whoever was told up to an earlier one is due.
 */
export function digestMoment(frequency: 'daily' | 'weekly', timeZone: string, now: Date): Date {
  for (let ago = 0; ; ago += 1) {
    const day = dayIn(new Date(now.getTime() - ago * DAY_MS), timeZone);
    const moment = momentIn(day + DIGEST_TIME, timeZone) ?? momentIn(`${dayAfter(day)}T00:00`, timeZone) ?? now;
    const isItsDay = frequency === 'daily' || new Date(`${day}T00:00:00Z`).getUTCDay() === MONDAY;
    if (moment <= now && isItsDay) return moment;
  }
}
