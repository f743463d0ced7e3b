import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, stat, statfs, unlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { env } from '../env';
import { log } from '../log';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { sentenceOfDisk } from './disk-store';
import { HEAD_BYTES, readFileFacts, typeOfHead, type FileFacts } from './file-kinds';
import { keptName, keptPath } from './kept-types';
import { type OpenFile, placeOf, StoreFailed } from './media-store';
import { measureFile, takeMetadataOut } from './metadata';
import { DISK_LEFT_BYTES, KEPT_FILE_MAX_BYTES, KEPT_PICTURE_MAX_BYTES } from './schema';
import { isOnDisk, mediaStore } from './stores';

export type { OpenFile };

/** A file as it is kept: named by the SHA-256 of its bytes, so that it never changes. `path`: where the blog shows it. */
export type KeptFile = { sha256: string; bytes: number; mimeType: string; width: number | null; height: number | null; path: string };

export type KeepLimits = {
  /** What of the disk is left to others. */
  diskLeftBytes?: number;
  /** A last word on what has come; a refusal keeps nothing. */
  refusalTo?: (facts: FileFacts) => Failure | null;
};

const notKept = () => fail('invalid', t('media.refusals.notKept'));
const tooLarge = () => fail('too-large', t('media.refusals.tooLarge'));
const full = () => fail('unavailable', t('media.storage.diskFull'));
const CHECK_EACH_BYTES = 32 * 1024 * 1024;
/** A file that nobody has written to for so long was left by a process that ended. */
const LEFTOVER_MS = 60 * 60_000;

const inMedia = (...parts: string[]): string => path.resolve(env().DATA_DIR, 'media', ...parts);
const incoming = (): string => inMedia('incoming');

/**
 * Keeps a file: its bytes stream to a temporary file beside the others and are hashed on the way; only whole, checked,
 * without what it says of place and people (`takeMetadataOut`), and safe in the store does it get its name, so that a killed
 * process leaves nothing half. Idempotent: the same bytes are one file. `invalid`: by its content no kept type;
 * `too-large`; what `refusalTo` says; `unavailable`: the disk or the store is full or does not take it, and the sentence
 * says so. An error of the stream itself is thrown.
 */
export async function keepFile(stream: AsyncIterable<Uint8Array>, limits: KeepLimits = {}): Promise<Result<KeptFile>> {
  try {
    return await withTemporary(async (temporary) => {
      const written = await write(stream, temporary, limits);
      return written.ok ? await settle(temporary, written.value, limits) : written;
    });
  } catch (error) {
    if (error instanceof SourceFailed) throw error.cause;
    const sentence = error instanceof StoreFailed ? error.message : sentenceOfDisk(error);
    if (sentence === null) throw error;
    if (error instanceof StoreFailed) log.warn({ err: error }, 'A file could not be kept.');
    return fail('unavailable', sentence);
  }
}

/** Tells an error of the stream from one of the disk: both may be of the file system. */
class SourceFailed extends Error {}

async function* fromSource(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (cause) {
    throw new SourceFailed('The source of a file failed.', { cause });
  }
}

type Written = { sha256: string; bytes: number };

async function write(stream: AsyncIterable<Uint8Array>, temporary: string, { diskLeftBytes = DISK_LEFT_BYTES }: KeepLimits): Promise<Result<Written>> {
  const hash = createHash('sha256');
  const file = await open(temporary, 'wx');
  const head: Uint8Array[] = [];
  let [bytes, max, checkedAt] = [0, 0, -CHECK_EACH_BYTES];
  try {
    for await (const chunk of fromSource(stream)) {
      if (bytes - checkedAt >= CHECK_EACH_BYTES) {
        if (await isFull(diskLeftBytes)) return full();
        checkedAt = bytes;
      }
      bytes += chunk.length;
      if (bytes > (max || KEPT_FILE_MAX_BYTES)) return tooLarge();
      if (max === 0) {
        head.push(chunk);
        if (bytes >= HEAD_BYTES) max = await maxBytesOf(Buffer.concat(head));
        if (max < 0) return notKept();
      }
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
    return ok({ sha256: hash.digest('hex'), bytes });
  } finally {
    await file.close();
  }
}

/** How much of a file that begins so is kept; less than nothing where it is none of ours. */
async function maxBytesOf(head: Buffer): Promise<number> {
  const type = await typeOfHead(head);
  if (type === null) return -1;
  return type !== 'later' && type.kind === 'image' ? KEPT_PICTURE_MAX_BYTES : KEPT_FILE_MAX_BYTES;
}

async function isFull(leftBytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(incoming());
  return bavail * bsize < leftBytes;
}

async function settle(temporary: string, written: Written, { refusalTo }: KeepLimits): Promise<Result<KeptFile>> {
  const facts = await readFileFacts(temporary);
  if (!facts.ok) return facts;
  const { type: { mimeType, kind }, width, height } = facts.value;
  if (kind === 'image' && written.bytes > KEPT_PICTURE_MAX_BYTES) return tooLarge();
  const refusal = refusalTo?.(facts.value);
  if (refusal) return refusal;
  const stripped = await takeMetadataOut(temporary, facts.value);
  if (!stripped.ok) return stripped;
  const { sha256, bytes } = stripped.value ? await measureFile(temporary) : written;
  await mediaStore().put(keptName(sha256, mimeType), { path: temporary, bytes, sha256 });
  return ok({ sha256, bytes, mimeType, width, height, path: keptPath(sha256, mimeType) });
}

/** Opens a kept file by its name (SHA256.EXT), or a size of a picture; null where there is none. No other name leads anywhere. @throws StoreFailed */
export const openKept = (name: string): Promise<OpenFile | null> => mediaStore().open(name);

/** Whether a kept file is there with all of its bytes. @throws StoreFailed */
export const isKept = async (name: string, bytes: number): Promise<boolean> => (await mediaStore().sizeOf(name)) === bytes;

/** All kept files by name, in its order. @throws StoreFailed */
export const listKept = (): AsyncGenerator<{ name: string; bytes: number }> => mediaStore().list();

/**
 * Gives a kept file as one on this machine's disk while `work` runs: its own, or a copy that is gone afterwards. Null where
 * there is none. @throws StoreFailed, and what `work` throws
 */
export async function withKeptFile<T>(name: string, work: (path: string) => Promise<T>): Promise<T | null> {
  if (isOnDisk()) return (await mediaStore().sizeOf(name)) === null ? null : work(inMedia(placeOf(name) ?? ''));
  const file = await openKept(name);
  if (!file) return null;
  return withTemporary(async (temporary) => {
    await pipeline(file.stream(), createWriteStream(temporary));
    return work(temporary);
  });
}

/** Runs `work` with the path of a new file beside those that come in, which is gone afterwards. */
export async function withTemporary<T>(work: (path: string) => Promise<T>): Promise<T> {
  const temporary = path.join(incoming(), randomUUID());
  try {
    await mkdir(incoming(), { recursive: true });
    return await work(temporary);
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}

/** Removes what processes that were killed have left unfinished. To be called at a start, and every hour. Leaves what others are writing. */
export async function sweepUnfinished(now: Date): Promise<void> {
  for (const name of await readdir(incoming()).catch(() => [])) {
    const file = path.join(incoming(), name);
    const found = await stat(file).catch(() => null);
    if (found && now.getTime() - found.mtimeMs > LEFTOVER_MS) await unlink(file).catch(() => undefined);
  }
}
