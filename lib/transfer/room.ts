import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { env } from '../env';

const MIB = 1024 * 1024;
/** So much of the disk is left to everything else. */
export const DISK_LEFT_BYTES = 256 * MIB;

/** Where files are put together and unpacked for an import, on this machine. */
export const uploadsFolder = (): string => path.resolve(env().DATA_DIR, 'uploads');

/** How much room the disk has on which this folder is, or will be. */
export async function freeBytes(folder: string): Promise<number> {
  const place = path.resolve(folder);
  if (!existsSync(place) && path.dirname(place) !== place) return freeBytes(path.dirname(place));
  const { bavail, bsize } = await statfs(place);
  return bavail * bsize;
}

/** How much room the disk of DATA_DIR needs for a file of which `missing` bytes are still to come: the file itself while it is imported, and what is to come of it in the built-in database. */
export function roomNeeded(bytes: number, missing: number): number {
  const isBuiltIn = existsSync(path.resolve(env().DATA_DIR, 'postgres.json'));
  return bytes + (isBuiltIn ? missing : 0) + DISK_LEFT_BYTES;
}
