import { z } from '../zod';
import { dayRangeFields } from '../days';
import { pathWith } from '../query';
import { t } from '../words/t';
import type { Decision } from './schema';

/** The decisions of the log, in the order in which its filter offers them. */
export const LOGGED = ['submit', 'approve', 'unapprove', 'spam', 'trash', 'decline', 'restore', 'delete', 'edit', 'report', 'withdraw', 'undo'] as const satisfies readonly Decision[];

/** What decisions come to, as the chart counts them. */
export const LOG_GROUPS = { published: ['approve'], refused: ['spam', 'trash', 'decline', 'delete'], other: ['submit', 'unapprove', 'restore', 'edit', 'report', 'withdraw', 'undo'] } as const satisfies Record<string, readonly Decision[]>;
export type LogGroup = keyof typeof LOG_GROUPS;
export const logGroupName = (group: LogGroup): string => t(`decisions.log.${group}`);

export const LOG_GROUP_KEYS = Object.keys(LOG_GROUPS) as LogGroup[];

const isGroup = (value: string): value is LogGroup => value in LOG_GROUPS;

/** What the log is asked for, from an address; what is wrong in it is left out. */
export const logFilterSchema = z.object({
  /** Somebody's id, `people` for whoever is one, `blog` for the blog itself. */
  who: z.union([z.enum(['people', 'blog']), z.uuid()]).nullable().catch(null),
  decision: z.enum([...LOGGED, 'published', 'refused', 'other']).nullable().catch(null),
  /** The slug of a post. */
  post: z.string().min(1).max(200).refine((slug) => !slug.includes('\0')).nullable().catch(null),
  ...dayRangeFields,
});
export type LogFilter = z.infer<typeof logFilterSchema>;

/** The last entry of the page before; what is none begins anew. */
export const logCursorSchema = z.uuid().nullable().default(null).catch(null);

/** The decisions that a filter's word stands for; null: any. */
export function decisionsOf(word: LogFilter['decision']): readonly Decision[] | null {
  return word === null ? null : isGroup(word) ? LOG_GROUPS[word] : [word];
}

/** The address of the log as a filter narrows it, of one page of it. */
export const logPath = (filter: Partial<LogFilter> = {}, after: string | null = null): string => pathWith('/admin/log', { ...filter, after });

/** The same as a file. */
export const logFilePath = (filter: Partial<LogFilter> = {}): string => pathWith('/admin/log.csv', filter);

const UNITS = [['days', 86_400_000], ['hours', 3_600_000], ['minutes', 60_000]] as const;

/** How long something takes, in its largest unit, rounded: `3 hours`, `under a minute`. */
export function durationWords(ms: number): string {
  // Two days are 48 hours: what is short of it is told in hours.
  const [unit, size] = UNITS.find(([name, length]) => ms >= (name === 'minutes' ? 1 : 2) * length) ?? UNITS[2];
  const count = Math.round(ms / size);
  return ms < 60_000 ? t('decisions.log.underAMinute') : t(`decisions.log.${unit}`, { count });
}
