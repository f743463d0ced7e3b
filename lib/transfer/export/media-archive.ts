import type { Readable } from 'node:stream';
import { listKept, openKept } from '../../media/store';
import { zipOf, type ZipEntry } from './zip';

// ZIP keeps no years before it was made; the files have no date of their own that matters.
const NO_DATE = new Date('1980-01-01T00:00:00Z');

async function* entries(count: () => void): AsyncGenerator<ZipEntry> {
  for await (const { name } of listKept()) {
    const kept = await openKept(name);
    if (!kept) continue;
    count();
    yield { path: `media/${name}`, at: NO_DATE, compress: false, bytes: kept.bytes, stream: kept.stream() };
  }
}

/**
 * All files that the blog keeps, as a ZIP archive of `media/SHA256.EXT`, streamed: what an import takes by `--media`.
 * They are packed already, so the archive does not pack them again. Equal files give an equal archive.
 */
export const mediaArchive = (count: () => void = () => undefined): Readable => zipOf(entries(count));
