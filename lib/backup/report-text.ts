import { sizeText } from '../size-text';
import { t } from '../words/t';
import { bytesOf, type Manifest, rowsOf } from './manifest';

const NAMED = 10;

/** The table of a backup for a terminal: what has rows, the kept files, and what could not be taken along. No newline at the end. */
export function backupText(manifest: Manifest): string {
  const { tables, media, secret } = manifest;
  const lines = [
    ['', t('backup.text.rows'), t('backup.text.inTheBackup')],
    ...tables.filter(({ rows }) => rows > 0).map(({ name, rows, bytes }) => [name, String(rows), sizeText(bytes)]),
    ...(media ? [[t('backup.text.files'), String(media.files), sizeText(media.bytes)]] : []),
    ...(secret ? [[t('backup.text.secret'), '', sizeText(secret.bytes)]] : []),
    [t('backup.text.together'), String(rowsOf(manifest) + (media?.files ?? 0)), sizeText(bytesOf(manifest))],
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const table = lines.map((cells) => cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ').trimEnd());
  return [...table, ...missingLines(media)].join('\n');
}

function missingLines(media: Manifest['media']): string[] {
  if (!media || media.missingCount === 0) return [];
  const more = media.missingCount - NAMED;
  return ['', t('backup.text.missing', { count: String(media.missingCount) }), ...media.missing.slice(0, NAMED).map((name) => `  ${name}`), ...(more > 0 ? [`  ${t('backup.text.more', { count: String(more) })}`] : [])];
}
