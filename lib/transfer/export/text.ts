import { t } from '../../words/t';
import type { ExportCounts } from './wxr-writer';

const KINDS = ['authors', 'categories', 'tags', 'posts', 'pages', 'comments', 'mentions', 'files'] as const satisfies (keyof ExportCounts)[];

/** The table of an export for a terminal: a line for each kind. Ends without a newline. */
export function exportText(counts: ExportCounts): string {
  const wentOut = t('transfer.text.wentOut');
  const lines = KINDS.map((kind) => [t(`transfer.kinds.${kind}`), String(counts[kind])] as const);
  const width = Math.max(...lines.map(([name]) => name.length));
  const digits = Math.max(wentOut.length, ...lines.map(([, count]) => count.length));
  return [['', wentOut] as const, ...lines].map(([name, count]) => `${name.padEnd(width)}   ${count.padStart(digits)}`.trimEnd()).join('\n');
}
