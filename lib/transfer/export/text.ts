import type { ExportCounts } from './wxr-writer';

const KINDS: Record<keyof ExportCounts, string> = {
  authors: 'Authors', categories: 'Categories', tags: 'Tags', posts: 'Posts', pages: 'Pages', comments: 'Comments', mentions: 'Mentions', files: 'Pictures and files',
};

/** The table of an export for a terminal: a line for each kind. Ends without a newline. */
export function exportText(counts: ExportCounts): string {
  const lines = (Object.entries(KINDS) as [keyof ExportCounts, string][]).map(([kind, name]) => [name, String(counts[kind])] as const);
  const width = Math.max(...lines.map(([name]) => name.length));
  const digits = Math.max('went out'.length, ...lines.map(([, count]) => count.length));
  return [['', 'went out'] as const, ...lines].map(([name, count]) => `${name.padEnd(width)}   ${count.padStart(digits)}`.trimEnd()).join('\n');
}
