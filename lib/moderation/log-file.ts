import { writeCsv } from '../csv';
import type { Actor } from '../identity/schema';
import { listEntries, type LogEntry } from './log';
import type { LogFilter } from './log-filter';
import { sentenceFor } from './sentences';

const HEAD = ['time', 'who', 'decision', 'comment', 'name', 'post', 'post address', 'before', 'after', 'why'] as const;

const recordOf = ({ at, who, decision, comment, post, from, to, reasons }: LogEntry): string[] =>
  [at.toISOString(), who?.name ?? '', decision, comment.id, comment.name, post.title, post.slug, from ?? '', to, reasons.map(sentenceFor).join(' ')];

/** The log as a file: the newest entries that match. A head alone for anybody but moderators and owners. */
export const writeLog = (viewer: Actor, filter: LogFilter, timeZone: string): AsyncGenerator<string> =>
  writeCsv({ head: HEAD, recordOf, read: (last, take) => listEntries(viewer, filter, timeZone, last, take) });
