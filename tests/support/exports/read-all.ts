import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { ImportRecord, Reader } from '@/lib/transfer/form';

/** The moment that stands in for dates that the exports of the tests do not have. */
export const NOW = new Date('2026-01-01T00:00:00Z');

/** A fixture of this folder, by its absolute path. */
export const exported = (name: string): string => path.join(import.meta.dirname, name);

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder of its own in the system's temporary folder, removed after the test file. */
export function madeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'exports-'));
  folders.push(folder);
  return folder;
}

/** Writes `content` to a file of its own, removed after the test file, and gives its path. */
export function written(content: string | Uint8Array, name = 'file'): string {
  const file = path.join(madeFolder(), name);
  writeFileSync(file, content);
  return file;
}

/** Everything a reader says of a file. */
export async function recordsOf(read: Reader, file: string): Promise<ImportRecord[]> {
  const records: ImportRecord[] = [];
  for await (const batch of read(file, NOW)) records.push(...batch.records);
  return records;
}

type Values = { [R in ImportRecord as R extends { value: unknown } ? R['kind'] : never]: R extends { value: infer V } ? V : never };

/** The values of all records of one kind. */
export const valuesOf = <K extends keyof Values>(records: ImportRecord[], kind: K): Values[K][] =>
  records.flatMap((record) => (record.kind === kind && 'value' in record ? [record.value as Values[K]] : []));

/** The notes as `reason: what`. */
export const notesOf = (records: ImportRecord[]): string[] => records.flatMap((record) => (record.kind === 'note' ? [`${record.reason}: ${record.what}`] : []));
