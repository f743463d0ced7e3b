import { t } from '../../words/t';

// Several files of one export are one import, and a line is a number in its tables: the file stands in the same number.

const LINES_OF_A_FILE = 20_000_000;
const FILES = 100;

/** The number that keeps line and file (counted from 0) together, small enough for PostgreSQL's `int`. Null stays null. */
export function placeLine(line: number | null, file: number): number | null {
  if (line === null) return null;
  return Math.min(file, FILES) * LINES_OF_A_FILE + Math.min(line, LINES_OF_A_FILE - 1);
}

/** What `placeLine` put together: the line, and the file counted from 1. */
export function lineAt(place: number): { line: number; file: number } {
  return { line: place % LINES_OF_A_FILE, file: Math.floor(place / LINES_OF_A_FILE) + 1 };
}

/** A line, its number as it is to be written; of another file than the first, the file too. */
export const lineText = (file: number, line: string): string => (file === 1 ? t('transfer.lines.line', { line }) : t('transfer.lines.lineOfFile', { line, file: String(file) }));

/** `line 12`, or `line 12 of file 2` for another file than the first. */
export function lineWords(place: number): string {
  const { line, file } = lineAt(place);
  return lineText(file, String(line));
}
