import { digestMoment } from '../subscriptions/digest-moment';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** When somebody may be told again who was told last at this moment: an hour later, or at the next seven in the morning of the blog's clock. */
export function nextByRhythm(rhythm: 'hourly' | 'daily', last: Date, timeZone: string, now: Date): Date {
  if (rhythm === 'hourly') return new Date(last.getTime() + HOUR_MS);
  const morning = digestMoment('daily', timeZone, now);
  return last < morning ? morning : digestMoment('daily', timeZone, new Date(morning.getTime() + DAY_MS + 2 * HOUR_MS));
}
