import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import { db } from '../db/client';
import { env } from '../env';
import { listMedia, readManifest } from './checking';
import { bytesOf, type Manifest, MANIFEST_NAME, MEDIA_LIST_NAME, mediaPath, rowsOf, SECRET_NAME, tableFile } from './manifest';

/** A backup in DATA_DIR/backups: whole, or it would not have its name. */
export type KeptBackup = { name: string; madeAt: Date; bytes: number; rows: number; files: number };

/** Why the last try failed, for the owner. */
export type BackupFailure = { at: Date; sentence: string };

/** What an owner is told of backups. */
export type BackupState = { last: KeptBackup | null; failure: BackupFailure | null };

/** One backup by itself at a time on a database, whichever machine makes it: it holds this lock there. */
export const BACKUP_LOCK = 7_366_024_902;

/** Between taking up the job and holding the lock. */
const TAKING_UP_SECONDS = 30;
const FAILURE_NAME = '.last-failure.json';
const NAME = /^(\d{4}-\d{2}-\d{2}T\d{4}(\d{2}-by-hand)?|before-\w{1,200}(-\d{1,4})?)$/;

/** The folder of this machine's own backups. */
export const backupsDir = (): string => path.resolve(env().DATA_DIR, 'backups');

export const failureFile = (): string => path.join(backupsDir(), FAILURE_NAME);

/** Whether a name is one that our own backups have: no path, whoever sent it. */
export const isBackupName = (name: string): boolean => NAME.test(name);

/** The backups that this machine keeps, the latest first. */
export async function listBackups(folder = backupsDir()): Promise<KeptBackup[]> {
  const names = (await readdir(folder).catch((): string[] => [])).filter(isBackupName);
  const kept: KeptBackup[] = [];
  for (const name of names) {
    const read = await readManifest(path.join(folder, name));
    if (read.ok) kept.push({ name, madeAt: new Date(read.value.madeAt), bytes: bytesOf(read.value), rows: rowsOf(read.value), files: read.value.media?.files ?? 0 });
  }
  return kept.sort((one, other) => other.madeAt.getTime() - one.madeAt.getTime());
}

/** The last backup of this machine, and why a later try failed, if one did. */
export async function readBackupState(): Promise<BackupState> {
  const [last = null] = await listBackups();
  const failure = await readFile(failureFile(), 'utf8').then(readFailure, () => null);
  return { last, failure };
}

/** Whether a backup that somebody asked for waits or is being made; one whose maker was killed is not. */
export async function isBackupComing(): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE name = 'backup' AND singleton_key = 'by-hand' AND (state < 'active'
      OR state = 'active' AND (started_on > clock_timestamp() - make_interval(secs => ${TAKING_UP_SECONDS}::int)
        OR EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND classid::bigint << 32 | objid::bigint = ${BACKUP_LOCK}::bigint)))
    LIMIT 1`;
  return rows.length > 0;
}

function readFailure(text: string): BackupFailure | null {
  try {
    const { at, sentence } = JSON.parse(text) as { at?: unknown; sentence?: unknown };
    return typeof at === 'string' && typeof sentence === 'string' ? { at: new Date(at), sentence } : null;
  } catch {
    return null;
  }
}

/**
 * One of this machine's backups as a tar file, made while it is read, so that memory does not grow with it; null where
 * there is none of this name. Unpacked it is the folder that `npm run restore` takes.
 */
export async function tarOf(name: string, folder = backupsDir()): Promise<Readable | null> {
  if (!isBackupName(name)) return null;
  const read = await readManifest(path.join(folder, name));
  if (!read.ok) return null;
  const packed = pack();
  void packAll(packed, path.join(folder, name), name, read.value).then(() => packed.finalize(), (error: Error) => packed.destroy(error));
  // tar-stream's own streams are not Node's: whoever pipes them on would wait for signs that do not come.
  return Readable.from(packed, { objectMode: false });
}

async function packAll(packed: Pack, folder: string, name: string, { tables, media, secret, madeAt }: Manifest): Promise<void> {
  const add = async (inside: string) => {
    const file = path.join(folder, inside);
    const { size } = await stat(file);
    await pipeline(createReadStream(file), packed.entry({ name: `${name}/${inside}`, size, mode: 0o600, mtime: new Date(madeAt) }));
  };
  for (const table of tables) await add(tableFile(table.name));
  if (secret) await add(SECRET_NAME);
  if (media) {
    await add(MEDIA_LIST_NAME);
    for await (const { name: file } of listMedia(folder)) await add(`media/${mediaPath(file)}`);
  }
  // Last: a download that was cut off is no backup.
  await add(MANIFEST_NAME);
}
