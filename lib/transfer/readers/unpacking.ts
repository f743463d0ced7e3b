import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { t } from '../../words/t';
import { HEAD_BYTES, kindOfHead, type FileKind } from './file-kind';
import { headOf } from './read-together';
import { DISK_LEFT_BYTES, freeBytes as freeBytesOf } from '../room';
import { BrokenFile } from './xml-source';

/** How much may come out of an archive, far beyond what a blog's words are. */
export const UNPACKING_LIMITS = { bytes: 20 * 1024 ** 3, entries: 200_000, files: 500, ratio: 250, freeBytes: 100 * 1024 ** 2, diskLeftBytes: DISK_LEFT_BYTES };
export type UnpackingLimits = typeof UNPACKING_LIMITS;

type Taken = { name: string; path: string };
type Skipped = { name: string; kind: FileKind };

const byName = new Intl.Collator('en', { numeric: true });
const NAME_CHARACTERS = 200;
const CHECK_EACH_BYTES = 32 * 1024 ** 2;
const noRoom = () => t('transfer.archive.noRoom');

/** Finds the exports among the files of an archive and writes them into a folder under names of its own. */
class Unpacking {
  private readonly taken: Taken[] = [];
  private skipped: Skipped | null = null;
  private entries = 0;
  private bytes = 0;
  private checkedAt = -CHECK_EACH_BYTES;
  isLocked = false;

  constructor(private readonly folder: string, private readonly packedBytes: number, private readonly limits: UnpackingLimits, private readonly signal: AbortSignal | undefined) {}

  /** @throws BrokenFile for too many entries, and for a name that points out of the archive */
  meet(name: string): void {
    if (++this.entries > this.limits.entries) throw new BrokenFile(t('transfer.archive.tooManyFiles', { max: String(this.limits.entries) }));
    if (name.startsWith('/') || /^[a-z]:/i.test(name) || name.split(/[\\/]/).includes('..')) throw new BrokenFile(t('transfer.archive.pointsOutside'));
  }

  /** Looks at how a file begins, and writes it where a reader understands it. `readOn`: the archive can only be read past it, not skip it. */
  async look(name: string, content: AsyncIterable<unknown>, readOn: boolean): Promise<void> {
    const chunks = buffersOf(content);
    const head = await beginOf(chunks);
    this.measure(head.length);
    const kind = kindOfHead(head.subarray(0, HEAD_BYTES));
    if (kind.is === 'empty' || kind.is === 'other' || kind.is === 'packed') {
      this.skipped ??= { name: name.slice(-NAME_CHARACTERS), kind };
      if (readOn) await this.pass(chunks);
      return;
    }
    if (this.taken.length >= this.limits.files) throw new BrokenFile(t('transfer.archive.tooManyExports', { max: String(this.limits.files) }));
    const path = join(this.folder, `${this.taken.length + 1}.export`);
    this.taken.push({ name: name.slice(-NAME_CHARACTERS), path });
    await pipeline(this.measured(head, chunks), createWriteStream(path, { flags: 'wx' }), { signal: this.signal });
  }

  /** The files written, in the order of their names: part 2 before part 10. @throws BrokenFile where there is none */
  result(): string[] {
    if (this.taken.length > 0) return this.taken.sort((a, b) => byName.compare(a.name, b.name)).map(({ path }) => path);
    if (this.isLocked) throw new BrokenFile(t('transfer.archive.locked'));
    if (!this.skipped) throw new BrokenFile(t('transfer.archive.empty'));
    const { name, kind } = this.skipped;
    const sentence = kind.is === 'other' ? kind.sentence : kind.is === 'packed' ? t('transfer.archive.packedTwice') : t('transfer.archive.thatIsEmpty');
    throw new BrokenFile(this.entries === 1 ? t('transfer.archive.oneFile', { name, sentence }) : t('transfer.archive.noExport', { count: String(this.entries), name, sentence }));
  }

  /** Reads past what is not wanted: it had to be unpacked to get there. */
  async pass(content: AsyncIterable<unknown>): Promise<void> {
    for await (const chunk of buffersOf(content)) this.measure(chunk.length);
  }

  private async *measured(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await this.next(rest); !next.done; next = await this.next(rest)) yield next.value;
  }

  private async next(chunks: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer>> {
    this.signal?.throwIfAborted();
    await this.lookForRoom();
    const next = await chunks.next();
    if (!next.done) this.measure(next.value.length);
    return next;
  }

  /** Before the disk is full for everybody. */
  private async lookForRoom(): Promise<void> {
    if (this.bytes - this.checkedAt < CHECK_EACH_BYTES) return;
    this.checkedAt = this.bytes;
    if ((await freeBytesOf(this.folder)) < this.limits.diskLeftBytes) throw new BrokenFile(noRoom());
  }

  /** Counts what came out. Words shrink to a tenth or less, but nothing that people wrote shrinks to a two-hundredth. */
  private measure(count: number): void {
    this.bytes += count;
    const { bytes, ratio, freeBytes } = this.limits;
    if (this.bytes > bytes || (this.bytes > freeBytes && this.bytes > this.packedBytes * ratio)) {
      throw new BrokenFile(t('transfer.archive.bomb'));
    }
  }
}

async function* buffersOf(content: AsyncIterable<unknown>): AsyncGenerator<Buffer, undefined> {
  for await (const chunk of content) if (chunk instanceof Uint8Array) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** The first HEAD_BYTES of a stream, or a little more, or all of it; the iterator goes on behind them. */
async function beginOf(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const begin: Buffer[] = [];
  for (let length = 0; length < HEAD_BYTES; ) {
    const next = await chunks.next();
    if (next.done) break;
    begin.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(begin);
}

async function* together(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

const isLeftOver = (name: string): boolean => /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/.test(name);

async function lookIntoZip(path: string, unpacking: Unpacking): Promise<void> {
  const zip: ZipFile = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) await lookAtEntry(zip, entry, unpacking);
  } finally {
    zip.close();
  }
}

async function lookAtEntry(zip: ZipFile, entry: Entry, unpacking: Unpacking): Promise<void> {
  unpacking.meet(entry.fileName);
  if (entry.fileName.endsWith('/') || isLeftOver(entry.fileName)) return;
  if (entry.isEncrypted()) unpacking.isLocked = true;
  if (entry.isEncrypted() || !entry.canDecodeFileData()) return;
  const content = await zip.openReadStreamPromise(entry);
  try {
    await unpacking.look(entry.fileName, content, false);
  } finally {
    content.destroy();
  }
}

async function lookIntoTar(tar: Readable, unpacking: Unpacking): Promise<void> {
  const entries = extract();
  const feeding = pipeline(tar, entries).catch((error: unknown) => void entries.destroy(error instanceof Error ? error : new Error('unreadable')));
  for await (const entry of entries) {
    unpacking.meet(entry.header.name);
    if ((entry.header.type !== 'file' && entry.header.type !== 'contiguous-file') || isLeftOver(entry.header.name)) await unpacking.pass(entry);
    else await unpacking.look(entry.header.name, entry, true);
  }
  await feeding;
}

async function lookIntoGzip(path: string, unpacking: Unpacking): Promise<void> {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  const feeding = pipeline(file, gunzip).catch((error: unknown) => void gunzip.destroy(error instanceof Error ? error : new Error('unreadable')));
  try {
    const chunks = buffersOf(gunzip);
    const head = await beginOf(chunks);
    const whole = Readable.from(together(head, chunks), { objectMode: false });
    const kind = kindOfHead(head.subarray(0, HEAD_BYTES));
    if (kind.is === 'packed' && kind.as === 'tar') return await lookIntoTar(whole, unpacking);
    unpacking.meet('export');
    await unpacking.look(t('transfer.archive.theFile'), whole, false);
  } finally {
    gunzip.destroy();
    file.destroy();
    await feeding;
  }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof BrokenFile || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') return new BrokenFile(noRoom());
  // Faults of the machine, and an end that was asked for, are not the archive's.
  if (error.name === 'AbortError' || /^E[A-Z]+$/.test(code)) return error;
  if (/invalid relative path|absolute path|invalid characters in fileName/.test(error.message)) return new BrokenFile(t('transfer.archive.pointsOutside'));
  return new BrokenFile(t('transfer.archive.damaged', { reason: error.message.slice(0, 120) }));
}

/**
 * The files to read of an export that may be packed (.zip, .gz, .tar, .tar.gz): a plain file is given back as it is; of an
 * archive, those files that a reader understands by their content, written into `folder`, which is made where it
 * is not there; the caller removes it. In the order of their names, 2 before 10. Streams; whatever the archive claims, no more comes out than
 * `limits` let. Names in the archive are never used as paths.
 * @throws BrokenFile in words: damaged, locked, far too large, names that point elsewhere, or no export in it
 */
export async function unpacked(path: string, folder: string, { signal, limits = UNPACKING_LIMITS }: { signal?: AbortSignal; limits?: UnpackingLimits } = {}): Promise<string[]> {
  const kind = kindOfHead(await headOf(path));
  if (kind.is !== 'packed') return [path];
  const unpacking = new Unpacking(folder, (await stat(path)).size, limits, signal);
  try {
    await mkdir(folder, { recursive: true });
    if (kind.as === 'zip') await lookIntoZip(path, unpacking);
    else if (kind.as === 'gzip') await lookIntoGzip(path, unpacking);
    else await lookIntoTar(createReadStream(path), unpacking);
    signal?.throwIfAborted();
    return unpacking.result();
  } catch (error) {
    throw refusalOf(error);
  }
}
