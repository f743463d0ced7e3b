import { lineWords } from './readers/file-lines';
import type { ImportReport, ReportNote } from './schema';

const HEADINGS = ['', 'came in', 'already here', 'skipped'];

function tableLines({ rows, dryRun }: ImportReport): string[] {
  const headings = dryRun ? ['', 'would come in', ...HEADINGS.slice(2)] : HEADINGS;
  const cells = [headings, ...rows.map((row) => [row.kind, row.cameIn, row.alreadyHere, row.skipped].map(String))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('   ').trimEnd());
}

function noteLines({ reason, count, examples }: ReportNote): string[] {
  const more = count - examples.length;
  return [
    `  ${reason} (${count}):`,
    ...examples.map(({ line, what }) => `    ${line === null ? '' : `${lineWords(line)}: `}${what.replace(/\s+/g, ' ')}`),
    ...(more > 0 && examples.some(({ line }) => line !== null) ? [`    … and ${more} more`] : []),
  ];
}

/** The table of an import for a terminal: a line for each kind, then what could not be used and why. Ends without a newline. */
export function reportText(report: ImportReport): string {
  const notes = report.notes.flatMap(noteLines);
  return [
    ...tableLines(report),
    '',
    ...(notes.length > 0 ? ['What could not be used, or not as it stood, and why:', ...notes] : ['Everything could be used as it stood.']),
    ...(report.dryRun ? ['', 'This was a dry run: nothing was changed.'] : []),
  ].join('\n');
}
