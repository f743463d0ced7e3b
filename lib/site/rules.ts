import { dayAfter, type DayRange } from '../days';
import { spokenLanguage, t } from '../words/t';
import type { SiteLocale } from './schema';

// `en` alone would write the American order; the day comes first unless the site says `en-US`.
const spoken = (language: string) => (language === 'en' ? 'en-GB' : language);

const WRITTEN_DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const WRITTEN_CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const WRITTEN_MONTH = { month: 'long', year: 'numeric' } as const;

// Making a format costs a hundred times what writing with it costs. A blog has one language and zone: only theirs are held.
const formats = new Map<Intl.DateTimeFormatOptions, { site: SiteLocale; format: Intl.DateTimeFormat }>();

function formatFor({ language, timeZone }: SiteLocale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const held = formats.get(options);
  if (held && held.site.language === language && held.site.timeZone === timeZone) return held.format;
  const format = newFormat({ language, timeZone }, options);
  formats.set(options, { site: { language, timeZone }, format });
  return format;
}

function newFormat({ language, timeZone }: SiteLocale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(spoken(language), { ...options, timeZone });
  } catch {
    // A language or zone that this Node does not know must not break every page.
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}

const write = (at: Date, site: SiteLocale, options: Intl.DateTimeFormatOptions): string => formatFor(site, options).format(at);

/** The date as people write it in the site's language and zone: `13 May 2016`. Never throws. */
export const writtenDate = (at: Date, site: SiteLocale): string => write(at, site, WRITTEN_DATE);

/** The date with the clock: `13 May 2016 at 10:31`. Never throws. Two formats: how they are joined, servers and browsers do not agree on. */
export function writtenTime(at: Date, site: SiteLocale): string {
  const [date, time] = [writtenDate(at, site), write(at, site, WRITTEN_CLOCK)];
  // A language whose words the blog does not have is not given those of another one.
  return isSameLanguage(site.language, spokenLanguage()) ? t('ui.dateAndTime', { date, time }) : `${date}, ${time}`;
}

const isSameLanguage = (tag: string, other: string): boolean => tag.toLowerCase().split('-')[0] === other.toLowerCase().split('-')[0];

/** A month by name: `May 2016`. `month` is 1 to 12. Never throws. */
export const writtenMonth = (year: number, month: number, language: string): string =>
  write(new Date(Date.UTC(year, month - 1, 15)), { language, timeZone: 'UTC' }, WRITTEN_MONTH);

const DAY_MS = 24 * 60 * 60 * 1000;

function zoneOffsetMs(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}

function monthStart(year: number, month: number, timeZone: string): Date {
  const wall = Date.UTC(year, month - 1, 1);
  // Twice: the first guess may lie on the other side of a clock change.
  const guess = wall - zoneOffsetMs(new Date(wall), timeZone);
  return new Date(wall - zoneOffsetMs(new Date(guess), timeZone));
}

/** The instants a month begins (inclusive) and ends (exclusive) in a zone; an unknown zone counts as UTC. */
export function monthRange(year: number, month: number, timeZone: string): { from: Date; to: Date } {
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  try {
    return { from: monthStart(year, month, timeZone), to: monthStart(next.year, next.month, timeZone) };
  } catch {
    return { from: new Date(Date.UTC(year, month - 1, 1)), to: new Date(Date.UTC(next.year, next.month - 1, 1)) };
  }
}

const WALL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,3})?)?$/;

const knownZone = (timeZone: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
};

/**
 * The moment at which the clocks of a zone show `2026-12-05T10:30`, what a field for date and time sends; seconds are
 * left out. Null for what is no such date, or in the year 10000, which nothing here could write. An hour that a clock change leaves out is moved on by it; an unknown zone counts as UTC.
 */
export function momentIn(wallClock: string, timeZone: string): Date | null {
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN] = (WALL.exec(wallClock) ?? []).slice(1).map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  const isDate = Number.isFinite(wall) && new Date(wall).toISOString().startsWith(wallClock.slice(0, 16));
  if (!isDate) return null;
  const zone = knownZone(timeZone);
  const momentBy = (away: number) => new Date(wall - zoneOffsetMs(new Date(wall + away), zone));
  const [before, after] = [momentBy(-DAY_MS), momentBy(DAY_MS)];
  const isShown = (at: Date) => wallClockIn(at, zone) === wallClock.slice(0, 16);
  const at = !isShown(before) && isShown(after) ? after : before;
  return at.getUTCFullYear() > 9999 ? null : at;
}

/** The moments from `first` on and before `end` that are of these days in a zone, both days included; null where there is no bound. */
export function momentsOf({ from, to }: DayRange, timeZone: string): { first: Date | null; end: Date | null } {
  const begin = (day: string | null) => (day === null ? null : momentIn(`${day}T00:00`, timeZone));
  return { first: begin(from), end: begin(to && dayAfter(to)) };
}

/** The moment at which a day of a zone's calendar, `2026-12-05`, is over; null for what is no such day. */
export const endOfDay = (day: string, timeZone: string): Date | null =>
  momentIn(`${day}T00:00`, 'UTC') && momentIn(`${dayAfter(day)}T00:00`, timeZone);

/** The day of a zone's calendar on which a moment is: `2026-12-05`. */
export const dayIn = (at: Date, timeZone: string): string => wallClockIn(at, timeZone).slice(0, 10);

/** What the clocks of a zone show at a moment, for a field for date and time: `2026-12-05T10:30`. */
export function wallClockIn(at: Date, timeZone: string): string {
  return new Date(at.getTime() + zoneOffsetMs(at, knownZone(timeZone))).toISOString().slice(0, 16);
}
