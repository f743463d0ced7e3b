import { createHash } from 'node:crypto';
import { constants, createReadStream, rmSync } from 'node:fs';
import { copyFile, link, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const UNFINISHED = '.soapbox-backup-';
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;
// Where a hard link cannot be had: another disk, a file system without them, somebody else's file, too many of them.
const NO_LINK = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);
const NEWLINE = 0x0a;

/** Passes bytes on, and knows afterwards how many they were, their SHA-256, and in how many lines. */
export class Measured extends Transform {
  bytes = 0;
  lines = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly wants: { lines?: boolean } = {}) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.wants.lines) for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) this.lines += 1;
    else this.hash.update(chunk);
    done(null, chunk);
  }

  sha256(): string {
    return this.hash.digest('hex');
  }
}

/** Size and SHA-256 of a file, read piece by piece. */
export async function measure(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return { bytes, sha256: hash.digest('hex') };
}

/**
 * Puts the file `from` at `to` too: as a second name of the same bytes where the file system allows, else as a copy that
 * has its name only when it is whole. For files that are never changed.
 */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!NO_LINK.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const temporary = `${to}.${process.pid}`;
    try {
      await copyFile(from, temporary, constants.COPYFILE_FICLONE);
      await sync(temporary);
      await rename(temporary, to);
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

/** Waits until what was written to a file or a folder is on the disk. */
export async function sync(place: string): Promise<void> {
  const handle = await open(place, 'r').catch(() => null);
  // Windows opens no folders; it also needs no telling.
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

const mine = new Set<string>();

/**
 * A new folder, for the owner's eyes alone, in which something of `parent` is made before it gets its name. What killed
 * makers left there is cleared first. `leave` removes it, unless it was renamed; the end of the process does, too.
 */
export async function unfinishedFolder(parent: string): Promise<{ folder: string; leave: () => Promise<void> }> {
  await sweep(parent);
  const folder = await mkdtemp(path.join(parent, `${UNFINISHED}${hostname().replace(/\W/g, '_')}-${process.pid}-`));
  mine.add(folder);
  const atExit = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', atExit);
  return {
    folder,
    leave: async () => {
      await rm(folder, { recursive: true, force: true });
      process.off('exit', atExit);
      mine.delete(folder);
    },
  };
}

/** Removes the unfinished folders whose makers are gone. */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const folder = path.join(parent, name);
    if (name.startsWith(UNFINISHED) && !mine.has(folder) && (await isAbandoned(folder, name))) await rm(folder, { recursive: true, force: true });
  }
}

async function isAbandoned(folder: string, name: string): Promise<boolean> {
  const [, host, pid] = /^\.soapbox-backup-(\w*)-(\d+)-\w+$/.exec(name) ?? [];
  // A maker with our own number that we do not know of was a process of before: numbers begin anew in a container.
  if (host === hostname().replace(/\W/g, '_') && (Number(pid) === process.pid || !isAlive(Number(pid)))) return true;
  const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > ABANDONED_AFTER_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
