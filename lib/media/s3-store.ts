import { createReadStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { t } from '../words/t';
import { readKeptName } from './kept-types';
import { type MediaStore, type OpenFile, placeOf, StoreFailed, VARIANTS } from './media-store';
import { readListing } from './s3-listing';
import { away, S3Requests, type S3Settings } from './s3-requests';

export type { S3Settings };

const NOT_THERE = 404;

/**
 * A bucket that speaks S3. Its keys are the paths that a folder would have (`PREFIXab/SHA256.EXT`), so that one can be
 * copied into the other. Every request is signed with the hash of what it sends, and tried three times.
 */
export function s3Store(settings: S3Settings): MediaStore {
  const s3 = new S3Requests(settings);
  const keyOf = (place: string): string => `${settings.prefix}${place}`;
  const sizeOf = async (name: string): Promise<number | null> => {
    const place = placeOf(name);
    if (place === null) return null;
    const answer = await s3.ask('HEAD', keyOf(place));
    answer.resume();
    return answer.statusCode === NOT_THERE ? null : Number(answer.headers['content-length'] ?? 0);
  };
  const remove = async (key: string): Promise<void> => void (await s3.ask('DELETE', key)).resume();
  return {
    sizeOf,
    async put(name, { path, bytes, sha256 }) {
      const place = placeOf(name);
      if (place === null) throw new Error('A file of the store has another name.');
      if ((await sizeOf(name)) === bytes) return;
      const answer = await s3.ask('PUT', keyOf(place), { sha256, bytes, open: () => createReadStream(path) });
      answer.resume();
      if (answer.statusCode === NOT_THERE) throw new StoreFailed(t('media.storage.noBucket'));
    },
    async open(name): Promise<OpenFile | null> {
      const bytes = await sizeOf(name);
      const place = placeOf(name);
      if (bytes === null || place === null) return null;
      return { bytes, stream: (range) => Readable.from(read(s3, keyOf(place), range), { objectMode: false }), close: async () => undefined };
    },
    async *list() {
      for await (const { key, bytes } of listAll(s3, settings.prefix)) {
        const name = key.slice(key.lastIndexOf('/') + 1);
        if (readKeptName(name) && key === keyOf(placeOf(name) ?? '')) yield { name, bytes };
      }
    },
    async remove(name) {
      if (!readKeptName(name)) return;
      const sizes = keyOf(`${VARIANTS}/${name.slice(0, 2)}/${name.slice(0, 64)}-`);
      for await (const { key } of listAll(s3, sizes)) await remove(key);
      await remove(keyOf(placeOf(name) ?? ''));
    },
  };
}

async function* read(s3: S3Requests, key: string, range?: { start: number; end: number }): AsyncGenerator<Buffer> {
  // A range of nothing cannot be written.
  if (range && range.end < range.start) return;
  const answer = await s3.ask('GET', key, { headers: range ? { range: `bytes=${range.start}-${range.end}` } : {} });
  if (answer.statusCode === NOT_THERE) throw new StoreFailed(t('media.storage.fileGone'));
  if (range && answer.statusCode !== 206) {
    answer.destroy();
    throw new StoreFailed(t('media.storage.noParts'));
  }
  yield* chunksOf(answer);
}

async function* chunksOf(answer: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* answer as AsyncIterable<Buffer>;
  } catch (cause) {
    throw new StoreFailed(away(), { cause });
  }
}

async function* listAll(s3: S3Requests, prefix: string): AsyncGenerator<{ key: string; bytes: number }> {
  for (let token: string | null = null; ;) {
    const query: Record<string, string> = { 'list-type': '2', prefix, ...(token !== null && { 'continuation-token': token }) };
    const answer = await s3.ask('GET', '', { query });
    if (answer.statusCode === NOT_THERE) throw new StoreFailed(t('media.storage.noBucket'));
    const page = await readListing(chunksOf(answer));
    yield* page.files;
    if (page.next === null) return;
    token = page.next;
  }
}
