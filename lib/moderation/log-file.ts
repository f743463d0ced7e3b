import { stringify } from 'csv-stringify/sync';
import type { Actor } from '../identity/schema';
import { listEntries, type LogCursor, type LogEntry } from './log';
import type { LogFilter } from './log-filter';
import { sentenceFor } from './rules';

/** So many entries a file has at most, the newest. */
export const FILE_ENTRIES_MAX = 100_000;
const PIECE_ENTRIES = 1_000;

const COLUMNS = ['time', 'who', 'decision', 'comment', 'name', 'post', 'post address', 'before', 'after', 'why'] as const;

const recordOf = ({ at, who, decision, comment, post, from, to, reasons }: LogEntry): string[] =>
  [at.toISOString(), who?.name ?? '', decision, comment.id, comment.name, post.title, post.slug, from ?? '', to, reasons.map(sentenceFor).join(' ')];

/** Records as CSV (RFC 4180, UTF-8). What a spreadsheet would take for a formula begins with an apostrophe: names are anybody's. */
export const asCsv = (records: readonly (readonly string[])[], isFirst: boolean): string =>
  stringify(isFirst ? [[...COLUMNS], ...records] : [...records], { bom: isFirst, escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });

/**
 * The log as a file, piece by piece, however long: a mark of UTF-8, a head, the newest FILE_ENTRIES_MAX entries that match.
 * A head alone for anybody but moderators and owners.
 */
export async function* writeLog(viewer: Actor, filter: LogFilter, timeZone: string): AsyncGenerator<string> {
  let last: LogCursor | null = null;
  for (let written = 0; written < FILE_ENTRIES_MAX; written += PIECE_ENTRIES) {
    const entries: LogEntry[] = await listEntries(viewer, filter, timeZone, last, PIECE_ENTRIES);
    yield asCsv(entries.map(recordOf), written === 0);
    const final = entries.at(-1);
    if (!final || entries.length < PIECE_ENTRIES) return;
    last = { at: final.at, id: final.id };
  }
}
