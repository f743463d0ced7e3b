import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { t } from '../words/t';
import { readKeptName } from './kept-types';
import { type MediaStore, type OpenFile, placeOf, StoreFailed, VARIANTS } from './media-store';

const full = () => t('media.storage.diskFull');
const REFUSED = ['EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE', 'ENOTDIR', 'ENOENT'];

/** What the disk said, as a sentence; null for any other error. */
export function sentenceOfDisk(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === 'EFBIG') return full();
  return REFUSED.includes(String(error.code)) ? t('media.storage.diskRefuses', { reason: error.message }) : null;
}

/** A folder of this machine, or one that all instances share. */
export function diskStore(folder: string): MediaStore {
  const inside = (place: string): string => path.join(folder, place);
  return {
    async put(name, file) {
      try {
        await settle(file.path, inside(placeIn(name)));
      } catch (error) {
        const sentence = sentenceOfDisk(error);
        throw sentence === null ? error : new StoreFailed(sentence, { cause: error });
      }
    },
    async open(name) {
      const place = placeOf(name);
      return place === null ? null : openFile(inside(place));
    },
    async sizeOf(name) {
      const place = placeOf(name);
      const found = place === null ? null : await stat(inside(place)).catch(() => null);
      return found?.isFile() ? found.size : null;
    },
    list: () => listFolder(folder),
    async remove(name) {
      if (!readKeptName(name)) return;
      const sizes = path.join(folder, VARIANTS, name.slice(0, 2));
      for (const one of await readdir(sizes).catch((): string[] => [])) if (one.startsWith(`${name.slice(0, 64)}-`)) await rm(path.join(sizes, one), { force: true });
      await rm(inside(placeIn(name)), { force: true });
    },
  };
}

function placeIn(name: string): string {
  const place = placeOf(name);
  if (place === null) throw new Error('A file of the store has another name.');
  return place;
}

async function settle(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  await rename(from, to);
  await syncFolder(path.dirname(to));
}

/** So that the new name outlives a power cut. Not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

async function openFile(file: string): Promise<OpenFile | null> {
  const handle: FileHandle | null = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: NodeJS.ErrnoException) => {
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

async function* listFolder(folder: string): AsyncGenerator<{ name: string; bytes: number }> {
  const shelves = await readdir(folder).catch((): string[] => []);
  for (const shelf of shelves.filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()) {
    for (const name of (await readdir(path.join(folder, shelf)).catch((): string[] => [])).sort()) {
      const found = readKeptName(name) && name.startsWith(shelf) ? await stat(path.join(folder, shelf, name)).catch(() => null) : null;
      if (found?.isFile()) yield { name, bytes: found.size };
    }
  }
}
