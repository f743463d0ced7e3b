import { open, readdir, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { db } from '../../db/client';
import { DISK_LEFT_BYTES, freeBytes } from '../room';

const NAME = /^([0-9a-f-]{36})\.[0-9a-z]+$/;

/** The disk has no room for the file, and something left for the rest of the machine. */
export class NoRoom extends Error {}

/** The file did not come together as it was sent. */
export class NotWhole extends Error {}

/**
 * Puts the pieces of an uploaded file together in a folder of this machine, piece by piece, and gives its path. Whoever
 * asked removes it. Ends early when aborted, by throwing the signal's reason.
 * @throws NotWhole when they are not as many bytes as were announced, NoRoom, or an error of the disk
 */
export async function writeFileOf(id: string, bytes: number, folder: string, signal: AbortSignal, free = freeBytes): Promise<string> {
  if ((await free(folder)) < bytes + DISK_LEFT_BYTES) throw new NoRoom();
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${id}.${process.pid.toString(36)}${Date.now().toString(36)}`);
  const handle = await open(file, 'wx', 0o600);
  try {
    let size = 0;
    for (let no = 0; ; no += 1) {
      signal.throwIfAborted();
      const piece = await db().transferPiece.findUnique({ where: { transferId_no: { transferId: id, no } }, select: { bytes: true } });
      if (!piece) break;
      await handle.writeFile(piece.bytes);
      size += piece.bytes.length;
    }
    if (size !== bytes) throw new NotWhole();
    return file;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Removes from the folder what killed processes left: files of imports that nobody works on. Idempotent. */
export async function removeLeftFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const ids = new Map(names.flatMap((name) => { const id = NAME.exec(name)?.[1]; return id === undefined ? [] : [[name, id] as const]; }));
  if (ids.size === 0) return;
  const running = await db().transfer.findMany({ where: { id: { in: [...ids.values()] }, state: { in: ['checking', 'importing'] } }, select: { id: true } });
  const used = new Set(running.map(({ id }) => id));
  for (const [name, id] of ids) if (!used.has(id)) await rm(path.join(folder, name), { force: true });
}
