import { t } from '../words/t';
import { lineWords } from './readers/file-lines';
import type { ImportReport, ReportNote } from './schema';

function tableLines({ rows, dryRun }: ImportReport): string[] {
  const headings = ['', dryRun ? t('transfer.text.wouldComeIn') : t('transfer.text.cameIn'), t('transfer.text.alreadyHere'), t('transfer.text.skipped')];
  const cells = [headings, ...rows.map((row) => [t(`transfer.kinds.${row.kind}`), row.cameIn, row.alreadyHere, row.skipped].map(String))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('   ').trimEnd());
}

function noteLines({ reason, count, examples }: ReportNote): string[] {
  const more = count - examples.length;
  return [
    `  ${reason} (${count}):`,
    ...examples.map(({ line, what }) => `    ${line === null ? '' : `${lineWords(line)}: `}${what.replace(/\s+/g, ' ')}`),
    ...(more > 0 && examples.some(({ line }) => line !== null) ? [`    ${t('transfer.report.more', { count: String(more) })}`] : []),
  ];
}

/** The table of an import for a terminal: a line for each kind, then what could not be used and why. Ends without a newline. */
export function reportText(report: ImportReport): string {
  const notes = report.notes.flatMap(noteLines);
  return [
    ...tableLines(report),
    '',
    ...(notes.length > 0 ? [t('transfer.text.notes'), ...notes] : [t('transfer.text.allUsed')]),
    ...(report.dryRun ? ['', t('transfer.text.dryRun')] : []),
  ].join('\n');
}
