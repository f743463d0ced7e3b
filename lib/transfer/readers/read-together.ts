import { open, stat } from 'node:fs/promises';
import { t } from '../../words/t';
import { readBlogger } from './blogger-reader';
import { readDisqus } from './disqus-reader';
import { HEAD_BYTES, kindOfHead, type ExportName, type FileKind } from './file-kind';
import type { ImportBatch, Reader } from '../form';
import { readGhost } from './ghost-reader';
import { placeLine } from './file-lines';
import { readWordPress } from './wxr-form';
import { BrokenFile } from './xml-source';

export type { ExportName };

const READERS: Record<ExportName, Reader> = { WordPress: readWordPress, Disqus: readDisqus, Ghost: readGhost, Blogger: readBlogger };

/** The first `HEAD_BYTES` of a file, or all of it. */
export async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    let length = 0;
    for (let count = -1; count !== 0 && length < HEAD_BYTES; length += count) ({ bytesRead: count } = await file.read(head, length, HEAD_BYTES - length, length));
    return head.subarray(0, length);
  } finally {
    await file.close();
  }
}

/** Why a file of that kind cannot be read, in a sentence; null where a reader understands it. */
function refusalTo(kind: FileKind): string | null {
  if (kind.is === 'empty') return t('transfer.file.empty');
  if (kind.is === 'packed') return t('transfer.file.packed');
  return kind.is === 'other' ? kind.sentence : null;
}

/**
 * Which export a file is, told by its content alone, and what reads it.
 * @throws BrokenFile that says what the file is where nothing here reads it: a feed, a theme, a copy of a database, a table, a page…
 */
export async function readerOf(path: string): Promise<{ name: ExportName; read: Reader }> {
  const kind = kindOfHead(await headOf(path));
  const refusal = refusalTo(kind);
  if (refusal !== null) throw new BrokenFile(refusal);
  const name = kind.is as ExportName;
  return { name, read: READERS[name] };
}

/** The bytes of all files together, for the progress of `readTogether`. */
export async function sizeOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Reads the files of one export (as `unpacked` gives them) as if they were one: one site, items counted on, bytes added up.
 * Lines say of which file they are (lib/transfer/readers/file-lines.ts).
 * @throws BrokenFile what the readers refuse, and for exports of two blogs at once, which are two imports
 */
export async function* readTogether(paths: readonly string[], now: Date): AsyncGenerator<ImportBatch> {
  let source: string | null = null;
  let items = 0;
  let bytes = 0;
  for (const [index, path] of paths.entries()) {
    const { read } = await readerOf(path);
    const itemsBefore = items;
    for await (const { records, bytesRead } of inFile(read(path, now), index, paths.length)) {
      const kept = records.filter((record) => {
        if (record.kind !== 'site') return true;
        if (source !== null && source !== record.value.source) throw new BrokenFile(t('transfer.file.twoBlogs', { one: source, other: record.value.source }));
        const isFirst = source === null;
        source = record.value.source;
        return isFirst;
      });
      for (const record of kept) {
        record.line = placeLine(record.line, index);
        if ('item' in record) items = Math.max(items, (record.item += itemsBefore));
      }
      yield { records: kept, bytesRead: bytes + bytesRead };
    }
    bytes += (await stat(path)).size;
  }
}

/** Says which of several files is broken. */
async function* inFile(batches: AsyncGenerator<ImportBatch>, index: number, files: number): AsyncGenerator<ImportBatch> {
  try {
    yield* batches;
  } catch (error) {
    if (error instanceof BrokenFile && files > 1) throw new BrokenFile(t('transfer.file.inFile', { number: String(index + 1), files: String(files), reason: error.message }));
    throw error;
  }
}
