/** Every night's backups that are kept. */
export const NIGHTS_KEPT = 7;
/** Backups that somebody asked for, and those made before migrations, that are kept. */
export const OTHERS_KEPT = 3;
/** The hour of the blog's own zone from which on a night's backup is made. */
export const NIGHT_HOUR = 3;

export type BackupKind = 'nightly' | 'by-hand' | 'before';

/** What a backup was made for, by its name. */
export function kindOf(name: string): BackupKind {
  if (name.startsWith('before-')) return 'before';
  return name.endsWith('-by-hand') ? 'by-hand' : 'nightly';
}

type Clock = { day: string; hour: number; minutes: string; seconds: string };

function clockIn(timeZone: string, at: Date): Clock {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return { day: `${of('year')}-${of('month')}-${of('day')}`, hour: Number(of('hour')), minutes: `${of('hour')}${of('minute')}`, seconds: of('second') };
}

/**
 * The name of the night's backup that is to be made now, such as `2026-11-26T0300`, or null: from three o'clock on in the
 * blog's zone, if that day has none yet. `names`: the backups that are there.
 */
export function dueTonight(names: string[], timeZone: string, now: Date): string | null {
  const { day, hour, minutes } = clockIn(timeZone, now);
  const isMade = names.some((name) => kindOf(name) === 'nightly' && name.startsWith(day));
  return hour < NIGHT_HOUR || isMade ? null : `${day}T${minutes}`;
}

/** The name of a backup that somebody asked for, such as `2026-11-26T151012-by-hand`. */
export function nameByHand(timeZone: string, now: Date): string {
  const { day, minutes, seconds } = clockIn(timeZone, now);
  return `${day}T${minutes}${seconds}-by-hand`;
}

/** The name of the backup before this migration; a second one of the same name is numbered. */
export function nameBefore(migration: string, names: string[]): string {
  const first = `before-${migration}`;
  for (let number = 1; ; number++) {
    const name = number === 1 ? first : `${first}-${number}`;
    if (!names.includes(name)) return name;
  }
}

/** Of the backups of one kind, latest first, those that are not kept any longer. */
export function tooMany(names: string[], kind: BackupKind): string[] {
  return names.filter((name) => kindOf(name) === kind).slice(kind === 'nightly' ? NIGHTS_KEPT : OTHERS_KEPT);
}
