import { cpus, platform, release, totalmem } from 'node:os';
import { boundText, isMet, type Measure, type Row } from './measure';

export type Machine = { machine: string; node: string; date: string; commit: string; client: string; seconds: number };

/** What came of one measure: its rows, or why there are none. */
export type Outcome = { measure: Pick<Measure, 'name' | 'how'>; rows: Row[]; failure: string | null; seconds: number };

const BYTES_PER_GB = 1024 ** 3;

/** The machine in words. */
export function machineText(): string {
  const all = cpus();
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / BYTES_PER_GB)} GB, ${platform()} ${release()}`;
}

/** A number with three figures that matter; whole numbers above 100 as they are. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

const rawText = (value: string | number): string => (typeof value === 'number' ? numberText(value) : value);
// A pipe would end the cell.
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
const line = (cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string[] => [line(head), line(head.map(() => '---')), ...rows.map(line)];

/** One line for the terminal. */
export const rowText = (row: Row): string =>
  `${isMet(row) ? 'met   ' : 'missed'}  ${row.what}: ${numberText(row.value)} ${row.bound.unit} (${boundText(row.bound)})`;

/** Whether every measure came to an end and every number keeps its bound. */
export const isAllMet = (outcomes: readonly Outcome[]): boolean => outcomes.every(({ rows, failure }) => failure === null && rows.length > 0 && rows.every(isMet));

/** docs/performance.md, whole. */
export function performancePage(outcomes: readonly Outcome[], machine: Machine): string {
  const numbers = outcomes.flatMap(({ measure, rows, failure }) => [
    ...rows.map((row) => [row.what, boundText(row.bound), `${numberText(row.value)} ${row.bound.unit}`, isMet(row) ? 'met' : '**missed**']),
    ...(failure === null ? [] : [[measure.name, '', failure.split('\n', 1)[0] ?? '', '**not measured**']]),
  ]);
  return [
    '# Performance', '',
    'Written by `npm run bench`; every number was measured in the same run, on one machine that client and server share.', '',
    `${machine.machine}. Node ${machine.node}. ${machine.date}. Commit ${machine.commit}. Load by ${machine.client}, rounds of ${machine.seconds} s.`, '',
    ...table(['what', 'bound', 'seen', ''], numbers), '',
    '## Raw numbers', '',
    ...outcomes.flatMap(({ measure, rows }) => [
      `### ${measure.name}`, '',
      // Several numbers may come of the same readings.
      ...[...new Set(rows.map(({ raw }) => raw))].flatMap((raw) => [
        ...rows.filter((row) => row.raw === raw).map(({ what }) => `- ${what}`), '',
        ...table(['seen', 'value'], Object.entries(raw).map(([name, value]) => [name, rawText(value)])), '',
      ]),
    ]),
    '## How it is measured', '',
    ...outcomes.map(({ measure, seconds }) => `- **${measure.name}** (${Math.round(seconds)} s): ${measure.how}`), '',
  ].join('\n');
}
