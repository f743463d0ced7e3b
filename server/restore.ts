import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { checkBackup, listMedia } from '../lib/backup/checking';
import type { BackupSource } from '../lib/backup/commands';
import { CannotLoad, loadTables } from '../lib/backup/loading';
import { type Manifest, mediaPath, SECRET_NAME } from '../lib/backup/manifest';
import { connectForCopy } from '../lib/backup/snapshot';
import { isEmptied, markEmptied, RESTORING } from '../lib/backup/tables';
import { linkOrCopy, measure, sync } from '../lib/backup/writing';
import { StoreFailed } from '../lib/media/media-store';
import { speak } from '../lib/words/languages';
import { t } from '../lib/words/t';
import { contentOf, emptyDatabase, onDatabase } from './content';
import { knownMigrations, migrate, MIGRATE_LOCK } from './migrations';
import { CannotStart } from './project';

// Held on a connection of its own while a restore works.
const LOCK = 7_305_004;
const NOTHING_CHANGED = 'Nothing was changed.';
const FILES_COPIED = 'Files of the backup were copied, and nothing else was changed.';
const PERHAPS_FILES = 'Files of the backup may have been copied; nothing else was changed.';

/**
 * Puts a backup into an empty place: its files, then its rows under the migrations it was made with, then the newer ones.
 * Everything is checked before anything is changed. No blog starts here meanwhile (`migrate` refuses the place), and one
 * that ran already and wrote something is not emptied. Killed at any moment it leaves a place that is empty, or whole, or
 * says that it is neither, and can be begun again; failed before it emptied the database it leaves that as it was.
 * @throws CannotStart when the backup is not whole or newer than this code, the place is in use or not empty, or its storage takes no files
 */
export async function restoreBackup(folder: string, place: BackupSource, say: (sentence: string) => void = () => undefined): Promise<Manifest> {
  const checked = await checkBackup(folder);
  if (!checked.ok) throw new CannotStart(checked.message);
  const manifest = checked.value;
  refuseNewer(manifest);
  await onDatabase(place.url, async (client) => {
    await lockPlace(client);
    try {
      await markPlace(client);
      say('The backup is whole, and the place is empty.');
      await putMedia(folder, manifest, place);
      await emptyDatabase(client, { forgetRestore: false, first: () => refuseAgain(client) });
    } catch (error) {
      await takeMarkBack(client).catch(() => undefined);
      throw error instanceof StoreFailed ? new CannotStart(`${error.message} ${PERHAPS_FILES}`) : error;
    }
    await putRows(folder, manifest, place);
  });
  return manifest;
}

async function putRows(folder: string, manifest: Manifest, place: BackupSource): Promise<void> {
  await restoreRows(folder, manifest, place.url);
  if (manifest.secret && place.secretFile) await putSecret(path.join(folder, SECRET_NAME), place.secretFile);
  await migrate(place.url, { restoring: true });
  await onDatabase(place.url, async (client) => {
    await client.query('ANALYZE');
    await client.query(`DROP SCHEMA ${RESTORING} CASCADE`);
  });
}

/**
 * Makes the tables of a backup in a database that has none, and loads its rows. Imports that were under way are cancelled:
 * their files are not in it.
 * @throws CannotStart naming the file that is not what it should be
 */
export async function restoreRows(folder: string, manifest: Manifest, url: string): Promise<void> {
  if (manifest.migrations.length > 0) await migrate(url, { only: manifest.migrations, restoring: true });
  const client = await connectForCopy(url);
  try {
    await loadTables(client, folder, manifest);
    if (manifest.tables.some(({ name }) => name === 'Transfer')) await cancelTransfers(client);
  } catch (error) {
    throw error instanceof CannotLoad ? new CannotStart(error.message) : error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function cancelTransfers(client: pg.Client): Promise<void> {
  const { rows: [site] } = await client.query<{ language: string }>('SELECT language FROM public."Site"');
  // The desk shows it, in the language of the blog that was restored.
  speak(site?.language ?? 'en');
  await client.query(`UPDATE public."Transfer" SET state = 'cancelled', message = $1, "isStopping" = false, progress = NULL, "beatAt" = NULL, "finishedAt" = clock_timestamp() WHERE state NOT IN ('done', 'failed', 'cancelled')`, [t('transfer.restored.withoutFile')]);
}

/** @throws CannotStart naming the first migration that this code does not have */
export function refuseNewer({ migrations }: Pick<Manifest, 'migrations'>): void {
  const known = knownMigrations();
  const unknown = migrations.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new CannotStart(`This backup was made by a newer Soapbox: it has the migration ${unknown}, which this one does not know. Update this one first. Nothing was changed.`);
}

async function lockPlace(client: pg.Client): Promise<void> {
  const { rows: [lock] } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [LOCK]);
  if (!lock?.got) throw new CannotStart(`A backup is being restored here already. Wait until that has ended. ${NOTHING_CHANGED}`);
}

/** Refuses, or marks the place as being restored, in one while nobody migrates: who comes later finds the mark. */
async function markPlace(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK]);
  try {
    await refuseRunningBlog(client, NOTHING_CHANGED);
    await refuseContent(client, NOTHING_CHANGED);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${RESTORING}`);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATE_LOCK]).catch(() => undefined);
  }
}

/** While the database is as it was. Where it cannot be had any more, the mark stays, and the restore can be begun again. */
async function takeMarkBack(client: pg.Client): Promise<void> {
  if (!(await isEmptied(client))) await client.query(`DROP SCHEMA IF EXISTS ${RESTORING}`);
}

/** A blog that was about to start when the place was marked has had the time of all the files to write something. */
async function refuseAgain(client: pg.Client): Promise<void> {
  await refuseRunningBlog(client, FILES_COPIED);
  await refuseContent(client, FILES_COPIED);
  await markEmptied(client);
}

async function refuseRunningBlog(client: pg.Client, changed: string): Promise<void> {
  const { rowCount } = await client.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('soapbox jobs', 'soapbox import')");
  if (rowCount) throw new CannotStart(`A blog is running on this database. Stop it first, every instance of it. ${changed}`);
}

async function refuseContent(client: pg.Client, changed: string): Promise<void> {
  // What a restore that did not end has loaded is not missed.
  const content = (await isEmptied(client)) ? null : await contentOf(client);
  if (content !== null) throw new CannotStart(`This place is not empty: its blog has ${content}. Restore into another one (DATA_DIR or DATABASE_URL), or erase it first: npm run db -- reset. ${changed}`);
}

/** Before the rows that name them. Named by their content, so that one which is there already is right or is replaced. */
async function putMedia(folder: string, { media }: Manifest, { mediaDir, elsewhere }: BackupSource): Promise<void> {
  if (!media) return;
  if (elsewhere) {
    for await (const { name, bytes } of listMedia(folder)) await elsewhere.put(name, { path: path.join(folder, 'media', mediaPath(name)), bytes, sha256: name.slice(0, 64) });
    return;
  }
  for await (const { name } of listMedia(folder)) {
    const target = path.join(mediaDir, mediaPath(name));
    await mkdir(path.dirname(target), { recursive: true });
    const there = await measure(target).catch(() => null);
    if (there?.sha256 === name.slice(0, 64)) continue;
    await rm(target, { force: true });
    await linkOrCopy(path.join(folder, 'media', mediaPath(name)), target);
  }
  await sync(mediaDir);
}

async function putSecret(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  const temporary = `${to}.${process.pid}`;
  await copyFile(from, temporary);
  await chmod(temporary, 0o600);
  await sync(temporary);
  await rename(temporary, to);
  await sync(path.dirname(to));
}
