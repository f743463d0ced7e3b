import { constants, createReadStream } from 'node:fs';
import { open, opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { type Entry, getFileNameLowLevel, openPromise } from 'yauzl';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { archivePath, ArchiveNames } from './archive-names';
import { ARCHIVE_NAMES_MAX } from './schema';

/** Takes a file of an archive; it is read no further than that takes. */
export type Take = (path: string, bytes: AsyncIterable<Buffer>) => Promise<void>;

/** Files that somebody has of their old blog. Nothing is written by their names: only addresses are compared with them. */
export type Archive = {
  /** The path of the file that an address names, or null. */
  find: (address: string) => string | null;
  /** Goes through it once, in its own order, and gives each of these files to `take`, one after the other. */
  read: (paths: ReadonlySet<string>, take: Take, signal?: AbortSignal) => Promise<void>;
};

/** Goes through the files of an archive: those that `wants`, by their bytes. */
type Walk = (wants: (path: string) => boolean, take: Take, signal?: AbortSignal) => Promise<void>;

class TooMany extends Error {}

/**
 * Opens a folder (of files, or of archives), a .zip, a .tar or a .tar.gz, told apart by content, and reads its names. Symbolic links, devices, names
 * that lead out, are hidden or not readable, and names that stand twice are ignored.
 * `not-found`: nothing there; `invalid`: another kind, broken, or of more than ARCHIVE_NAMES_MAX files.
 */
export async function openArchive(written: string, signal?: AbortSignal): Promise<Result<Archive>> {
  const place = await realpath(written).catch(() => null);
  if (place === null) return fail('not-found', t('media.archive.notThere', { path: written }));
  const names = new ArchiveNames();
  try {
    const walk = await walkOf(place);
    if (!walk) return fail('invalid', t('media.archive.ofNoKind', { path: written }));
    await walk((found) => {
      if (names.size >= ARCHIVE_NAMES_MAX) throw new TooMany();
      names.add(found);
      return false;
    }, async () => undefined, signal);
    return ok({ find: (address) => names.find(address), read: (paths, take, ended) => walk((found) => paths.has(found), take, ended) });
  } catch (error) {
    signal?.throwIfAborted();
    const isTooLarge = error instanceof TooMany;
    return fail('invalid', isTooLarge ? t('media.archive.tooMany', { path: written, max: ARCHIVE_NAMES_MAX }) : t('media.archive.unreadable', { path: written, reason: (error as Error).message }));
  }
}

async function walkOf(place: string): Promise<Walk | null> {
  if ((await stat(place)).isDirectory()) return (...more) => walkFolder(place, '', ...more);
  const head = Buffer.alloc(512);
  const file = await open(place, 'r');
  const { bytesRead } = await file.read(head, 0, head.length, 0).finally(() => file.close());
  if (head.toString('latin1', 0, 2) === 'PK') return (...more) => walkZip(place, ...more);
  if (head.readUInt16BE(0) === 0x1f8b) return (...more) => walkTar(place, true, ...more);
  // POSIX and GNU both write this; what is older has no sign of its own.
  const isTar = bytesRead === head.length && head.toString('latin1', 257, 262) === 'ustar';
  return isTar ? (...more) => walkTar(place, false, ...more) : null;
}

async function walkFolder(root: string, inside: string, ...[wants, take, signal]: Parameters<Walk>): Promise<void> {
  for await (const entry of await opendir(path.join(root, inside))) {
    signal?.throwIfAborted();
    const found = path.posix.join(inside, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.')) await walkFolder(root, found, wants, take, signal);
    // Never what a symbolic link leads to: it may lie anywhere.
    const known = entry.isFile() ? archivePath(found) : null;
    if (known === null) continue;
    if (inside === '' && PART.test(known)) await walkPart(path.join(root, found), known, wants, take, signal);
    if (!wants(known)) continue;
    const file = await open(path.join(root, found), constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => null);
    if (file) await take(known, file.createReadStream()).finally(() => file.close().catch(() => undefined));
  }
}

/** WordPress.com gives a large blog's files as several archives: a folder of them is one. */
const PART = /\.(?:zip|tar|tgz|tar\.gz)$/i;

async function walkPart(place: string, name: string, ...[wants, take, signal]: Parameters<Walk>): Promise<void> {
  const walk = await walkOf(place);
  await walk?.((found) => wants(`${name}/${found}`), (found, bytes) => take(`${name}/${found}`, bytes), signal);
}

const FILE_KIND = 0o170000;
const ORDINARY = [0, 0o100000];
// Films and pictures do not get a hundredth of their size; what does was made to fill a disk.
const BOMB_RATIO = 200;
const BOMB_FROM_BYTES = 1024 * 1024;

function pathOfEntry(entry: Entry): string | null {
  const mode = (entry.externalFileAttributes >>> 16) & FILE_KIND;
  const isBomb = entry.uncompressedSize > BOMB_FROM_BYTES && entry.uncompressedSize > entry.compressedSize * BOMB_RATIO;
  if (!ORDINARY.includes(mode) || entry.isEncrypted() || isBomb) return null;
  return archivePath(getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true));
}

async function walkZip(place: string, ...[wants, take, signal]: Parameters<Walk>): Promise<void> {
  // A name that leads out would end the reading; we ignore it.
  const zip = await openPromise(place, { decodeStrings: false, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      const found = pathOfEntry(entry);
      if (found === null || !wants(found)) continue;
      // One that is broken is as if it were not there.
      const bytes = await zip.openReadStreamPromise(entry).catch(() => null);
      if (bytes) await take(found, bytes).finally(() => bytes.destroy());
    }
  } finally {
    zip.close();
  }
}

async function walkTar(place: string, isCompressed: boolean, ...[wants, take, signal]: Parameters<Walk>): Promise<void> {
  const tar = extract();
  const source = createReadStream(place, { signal });
  // An error of any of them ends the loop with it.
  const ended = () => undefined;
  if (isCompressed) pipeline(source, createGunzip(), tar, ended);
  else pipeline(source, tar, ended);
  for await (const entry of tar) {
    signal?.throwIfAborted();
    const { name, type } = entry.header;
    const found = type === 'file' || type === 'contiguous-file' ? archivePath(name) : null;
    if (found === null || !wants(found)) {
      entry.resume();
      continue;
    }
    const bytes = entry[Symbol.asyncIterator]();
    await take(found, someOf(bytes));
    while (!(await bytes.next()).done);
  }
}

/** What of these bytes somebody takes. To stop early ends nothing: an entry of a tar that is ended ends the whole. */
async function* someOf(bytes: AsyncIterator<unknown>): AsyncGenerator<Buffer> {
  for (let next = await bytes.next(); !next.done; next = await bytes.next()) if (Buffer.isBuffer(next.value)) yield next.value;
}
