import { once } from 'node:events';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of an archive. `bytes`: how many it has, where that is known. */
export type ZipEntry = { path: string; at: Date; compress: boolean; bytes?: number; stream: Readable };

/** Waits until a file is in the archive, so that the next is not even opened before. */
async function add(zip: ZipFile, { path, at, compress, bytes, stream }: ZipEntry, signal: AbortSignal): Promise<void> {
  const ended = once(stream, 'close', { signal });
  zip.addReadStream(stream, path, { mtime: at, compress, ...(bytes === undefined ? {} : { size: bytes }) });
  try {
    await ended;
  } finally {
    stream.destroy();
  }
  if (stream.errored) throw stream.errored;
}

async function fill(zip: ZipFile, entries: AsyncIterable<ZipEntry>, signal: AbortSignal): Promise<void> {
  for await (const entry of entries) await add(zip, entry, signal);
  zip.end();
}

/**
 * A ZIP archive (with 64-bit sizes where it needs them) of what `entries` gives, one file after another, as fast as it is
 * read. Who reads no further destroys it: then the file under way is closed, and `entries` told to end. Its failure is an
 * error of the stream.
 */
export function zipOf(entries: AsyncIterable<ZipEntry>): Readable {
  const zip = new ZipFile();
  const stop = new AbortController();
  const archive = zip.outputStream;
  if (!(archive instanceof Readable)) throw new Error('yazl writes to no stream of Node’s.');
  zip.on('error', (error: Error) => archive.destroy(error));
  archive.on('close', () => stop.abort());
  fill(zip, entries, stop.signal).catch((error: Error) => archive.destroy(stop.signal.aborted ? undefined : error));
  return archive;
}
