import { copyFile, mkdir, readdir, rename, writeFile, chmod, stat } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError } from 'pg';
import { StoreFailed } from '../media/media-store';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { type Manifest, MANIFEST_NAME, MANIFEST_VERSION, SECRET_NAME } from './manifest';
import { type Elsewhere, withSnapshot, writeMedia, writeTables } from './snapshot';
import { isHalfRestored, listApplied, listSequences } from './tables';
import { measure, sync, unfinishedFolder } from './writing';

class NotWhole extends Error {}

/** What a backup is made of. */
export type BackupSource = {
  /** Address of the PostgreSQL, direct, not through a pooler. */
  url: string;
  /** The folder of kept files. */
  mediaDir: string;
  /** Where they lie in place of that folder. */
  elsewhere?: Elsewhere;
  /** The file of the blog's own secret; null where the secret is a setting. */
  secretFile: string | null;
};

/**
 * Writes a backup into the new folder `target`: the database as it is at one moment, the files it names then, and a manifest
 * with checksums. The blog goes on meanwhile. The folder has its name only when it is whole and on the disk; what a killed
 * one leaves is cleared by the next. Memory does not grow with the blog.
 * Refusals: `conflict` (something is there already, or the blog is half restored), `unavailable` (no room, or the database went away), `forbidden` (the
 * place may not be written, or the tables may not be read).
 */
export async function makeBackup(target: string, source: BackupSource, now: Date): Promise<Result<Manifest>> {
  try {
    if (!(await isFree(target))) return fail('conflict', t('backup.making.folderTaken', { folder: target }));
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    const { folder, leave } = await unfinishedFolder(path.dirname(target));
    try {
      const manifest = await writeAll(folder, source, now);
      await rename(folder, target);
      await sync(path.dirname(target));
      return ok(manifest);
    } finally {
      await leave();
    }
  } catch (error) {
    const refused = refusalOf(error, target);
    if (refused) return refused;
    throw error;
  }
}

async function isFree(target: string): Promise<boolean> {
  try {
    return (await readdir(target)).length === 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return true;
    // A file has the name; or one stands where a folder above it should.
    if (code === 'ENOTDIR' && (await stat(target).catch(() => null))) return false;
    throw error;
  }
}

async function writeAll(folder: string, { url, mediaDir, elsewhere, secretFile }: BackupSource, now: Date): Promise<Manifest> {
  const manifest = await withSnapshot(url, async (client, tables): Promise<Manifest> => {
    if (await isHalfRestored(client)) throw new NotWhole();
    return {
      format: 'soapbox-backup',
      version: MANIFEST_VERSION,
      madeAt: now.toISOString(),
      postgres: (await client.query<{ server_version: string }>('SHOW server_version')).rows[0]?.server_version ?? '',
      migrations: await listApplied(client),
      tables: await writeTables(client, tables, folder),
      sequences: await listSequences(client),
      media: await writeMedia(client, tables, elsewhere ?? mediaDir, folder),
      secret: secretFile === null ? null : await keepSecret(secretFile, path.join(folder, SECRET_NAME)),
    };
  });
  await writeFile(path.join(folder, MANIFEST_NAME), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  await sync(folder);
  return manifest;
}

/** A blog whose secret is the setting AUTH_SECRET has no such file. */
async function keepSecret(from: string, to: string): Promise<Manifest['secret']> {
  const found = await stat(from).catch(() => null);
  if (!found) return null;
  await copyFile(from, to);
  await chmod(to, 0o600);
  await sync(to);
  return measure(to);
}

function refusalOf(error: unknown, target: string): Failure | null {
  if (error instanceof NotWhole) return fail('conflict', t('backup.making.halfRestored'));
  if (error instanceof StoreFailed) return fail('unavailable', `${error.message} ${t('backup.making.notMade')}`);
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (error instanceof DatabaseError) {
    if (code === '42501') return fail('forbidden', t('backup.making.mayNotRead', { reason: error.message }));
    return code.startsWith('57P') || code.startsWith('53') ? fail('unavailable', t('backup.making.databaseRefused', { reason: error.message })) : null;
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') return fail('unavailable', t('backup.making.diskFull', { folder: path.dirname(target) }));
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(code)) return fail('forbidden', t('backup.making.mayNotWrite', { folder: path.dirname(target) }));
  if (['ENOTEMPTY', 'EEXIST'].includes(code)) return fail('conflict', t('backup.making.folderTaken', { folder: target }));
  if (/Connection terminated|ECONNRE|EPIPE/.test(`${code} ${(error as Error).message}`)) return fail('unavailable', t('backup.making.databaseAway'));
  return null;
}

/** Removes a backup. It loses its name first: what a killed one leaves is cleared by the next backup. */
export async function removeBackup(folder: string): Promise<void> {
  const { folder: aside, leave } = await unfinishedFolder(path.dirname(folder));
  try {
    await rename(folder, path.join(aside, path.basename(folder))).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  } finally {
    await leave();
  }
}

/** Removes what stands under the name of a backup without being one: the manifest of every whole one is there. */
export async function removeUnlessWhole(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length > 0 && !names.includes(MANIFEST_NAME)) await removeBackup(folder);
}
