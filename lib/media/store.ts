import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, stat, statfs, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { env } from '../env';
import { fail, ok, type Failure, type Result } from '../result';
import { HEAD_BYTES, readFileFacts, typeOfHead, type FileFacts } from './file-kinds';
import { keptName, keptPath, readKeptName } from './kept-types';
import { DISK_LEFT_BYTES, KEPT_FILE_MAX_BYTES, KEPT_PICTURE_MAX_BYTES } from './schema';

/** A file as it is kept: named by the SHA-256 of its bytes, so that it never changes. `path`: where the blog shows it. */
export type KeptFile = { sha256: string; bytes: number; mimeType: string; width: number | null; height: number | null; path: string };

export type KeepLimits = {
  /** What of the disk is left to others. */
  diskLeftBytes?: number;
  /** A last word on what has come; a refusal keeps nothing. */
  refusalTo?: (facts: FileFacts) => Failure | null;
};

const NOT_KEPT = fail('invalid', 'What lies there is no picture, sound, film or document that this blog keeps.');
const TOO_LARGE = fail('too-large', 'The file is larger than this blog keeps: sixty megabytes for a picture, two gigabytes for others.');
const FULL = fail('unavailable', 'The disk on which the blog keeps its files (DATA_DIR) is full. Make room, then go on.');
const CHECK_EACH_BYTES = 32 * 1024 * 1024;
/** A file that nobody has written to for so long was left by a process that ended. */
const LEFTOVER_MS = 60 * 60_000;

const inMedia = (...parts: string[]): string => path.resolve(env().DATA_DIR, 'media', ...parts);
const incoming = (): string => inMedia('incoming');
const fileOf = (name: string): string => inMedia(name.slice(0, 2), name);

/** What the disk said, as a sentence; null for any other error. */
function refusalOfDisk(error: unknown): Failure | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return FULL;
  return ['EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE', 'ENOTDIR', 'ENOENT'].includes(String(error.code)) ? fail('unavailable', `The blog cannot write to its folder for files (DATA_DIR): ${error.message}.`) : null;
}

/**
 * Keeps a file: its bytes stream to a temporary file beside the others and are hashed on the way; only whole, checked and
 * safe on the disk does it get its name, so that a killed process leaves nothing half. Idempotent: the same bytes are one
 * file. `invalid`: by its content no kept type; `too-large`; what `refusalTo` says; `unavailable`: the disk is full or
 * does not take it, and the sentence says so. An error of the stream itself is thrown.
 */
export async function keepFile(stream: AsyncIterable<Uint8Array>, limits: KeepLimits = {}): Promise<Result<KeptFile>> {
  const temporary = path.join(incoming(), randomUUID());
  try {
    await mkdir(incoming(), { recursive: true });
    const written = await write(stream, temporary, limits);
    return written.ok ? await settle(temporary, written.value, limits) : written;
  } catch (error) {
    if (error instanceof SourceFailed) throw error.cause;
    const refusal = refusalOfDisk(error);
    if (!refusal) throw error;
    return refusal;
  } finally {
    await unlink(temporary).catch(() => undefined);
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
        if (await isFull(diskLeftBytes)) return FULL;
        checkedAt = bytes;
      }
      bytes += chunk.length;
      if (bytes > (max || KEPT_FILE_MAX_BYTES)) return TOO_LARGE;
      if (max === 0) {
        head.push(chunk);
        if (bytes >= HEAD_BYTES) max = await maxBytesOf(Buffer.concat(head));
        if (max < 0) return NOT_KEPT;
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

async function settle(temporary: string, { sha256, bytes }: Written, { refusalTo }: KeepLimits): Promise<Result<KeptFile>> {
  const facts = await readFileFacts(temporary);
  if (!facts.ok) return facts;
  const { type: { mimeType, kind }, width, height } = facts.value;
  if (kind === 'image' && bytes > KEPT_PICTURE_MAX_BYTES) return TOO_LARGE;
  const refusal = refusalTo?.(facts.value);
  if (refusal) return refusal;
  const name = keptName(sha256, mimeType);
  const folder = path.dirname(fileOf(name));
  await mkdir(folder, { recursive: true });
  await rename(temporary, fileOf(name));
  await syncFolder(folder);
  return ok({ sha256, bytes, mimeType, width, height, path: keptPath(sha256, mimeType) });
}

/** So that the new name outlives a power cut. Not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

export type OpenFile = {
  bytes: number;
  /** The bytes from `start` to `end`, both included; all of them by default. Closes the file when it ends or is destroyed. */
  stream: (range?: { start: number; end: number }) => Readable;
  /** To be called where nothing is streamed. */
  close: () => Promise<void>;
};

/** Opens a kept file by its name (SHA256.EXT); null where there is none. No other name leads anywhere. */
export async function openKept(name: string): Promise<OpenFile | null> {
  if (!readKeptName(name)) return null;
  const handle: FileHandle | null = await open(fileOf(name), constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ELOOP') return null;
    throw error;
  });
  const found = await handle?.stat();
  if (!handle || !found?.isFile()) {
    await handle?.close();
    return null;
  }
  return { bytes: found.size, stream: (range) => handle.createReadStream(range), close: () => handle.close() };
}

/** Whether a kept file is there with all of its bytes. */
export async function isKept(name: string, bytes: number): Promise<boolean> {
  const found = readKeptName(name) ? await stat(fileOf(name)).catch(() => null) : null;
  return found?.isFile() === true && found.size === bytes;
}

/** All kept files by name, in its order. */
export async function* listKept(): AsyncGenerator<{ name: string; bytes: number }> {
  const folders = await readdir(inMedia()).catch(() => []);
  for (const folder of folders.filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()) {
    for (const name of (await readdir(inMedia(folder)).catch(() => [])).sort()) {
      const found = readKeptName(name) && name.startsWith(folder) ? await stat(fileOf(name)).catch(() => null) : null;
      if (found?.isFile()) yield { name, bytes: found.size };
    }
  }
}

/** Removes what processes that were killed have left unfinished. To be called at a start. Leaves what others are writing. */
export async function sweepUnfinished(now: Date): Promise<void> {
  for (const name of await readdir(incoming()).catch(() => [])) {
    const file = path.join(incoming(), name);
    const found = await stat(file).catch(() => null);
    if (found && now.getTime() - found.mtimeMs > LEFTOVER_MS) await unlink(file).catch(() => undefined);
  }
}
