import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { db } from '../db/client';
import { noteFault } from '../faults';
import { isOwner } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { sendJob } from '../jobs';
import { fail, ok, type Result } from '../result';
import { findSite } from '../site/queries';
import { t } from '../words/t';
import { type BackupSource, makeBackup, removeBackup, removeUnlessWhole } from './commands';
import { BACKUP_LOCK, failureFile, backupsDir, listBackups } from './files';
import type { Manifest } from './manifest';
import { type BackupKind, dueTonight, kindOf, nameBefore, nameByHand, tooMany } from './rules';

/**
 * Makes the night's backup on this machine if it is due and missing, and removes those that are too many, only after it is
 * whole. May be called as often as one likes. A failure is kept for the owner, and thrown.
 */
export async function backUpNightly(source: BackupSource, now: Date): Promise<void> {
  await alone(source.url, 'or leave it', async () => {
    const { timeZone } = await findSite();
    const name = dueTonight((await listBackups()).map((backup) => backup.name), timeZone, now);
    if (name !== null) orThrow(await backUpHere(name, source, now));
  });
}

/** Makes the backup that somebody asked for. A failure is kept for the owner, and thrown. */
export async function backUpByHand(source: BackupSource, now: Date): Promise<void> {
  await alone(source.url, 'after the other', async () => {
    const { timeZone } = await findSite();
    orThrow(await backUpHere(nameByHand(timeZone, now), source, now));
  });
}

/**
 * Has a backup made now, by whichever process takes the job; it stands in `listBackups` when it is whole. Asked for again
 * while one waits, it is one. Refusal: `not-found` for everybody but the owner.
 */
export async function askForBackup(actor: Actor): Promise<Result> {
  if (!isOwner(actor)) return fail('not-found', t('backup.making.notYours'));
  await db().$transaction((tx) => sendJob(tx, 'backup', { byHand: true }, { singletonKey: 'by-hand' }));
  return ok();
}

/** Makes the backup that stands before a migration. Refusals: those of `makeBackup`. */
export async function backUpBefore(migration: string, source: BackupSource, now: Date): Promise<Result<{ name: string; manifest: Manifest }>> {
  const name = nameBefore(migration, (await listBackups()).map((backup) => backup.name));
  const made = await backUpHere(name, source, now);
  return made.ok ? ok({ name, manifest: made.value }) : made;
}

async function backUpHere(name: string, source: BackupSource, now: Date): Promise<Result<Manifest>> {
  const target = path.join(backupsDir(), name);
  const made = await removeUnlessWhole(target).then(() => makeBackup(target, source, now)).catch((error: unknown) => {
    if (!(error instanceof Error)) throw error;
    return fail('unavailable', t('backup.making.notMadeBecause', { reason: error.message }));
  });
  if (made.ok) await Promise.all([rm(failureFile(), { force: true }), removeOld(kindOf(name))]);
  else await keepFailure(made.message, now);
  return made;
}

async function removeOld(kind: BackupKind): Promise<void> {
  const names = (await listBackups()).map((backup) => backup.name);
  for (const name of tooMany(names, kind)) await removeBackup(path.join(backupsDir(), name));
}

async function keepFailure(sentence: string, now: Date): Promise<void> {
  noteFault('A backup could not be made. Why stands below; the older ones are kept.', null, now);
  await writeFile(failureFile(), JSON.stringify({ at: now.toISOString(), sentence }), { mode: 0o600 }).catch(() => undefined);
}

function orThrow(result: Result<unknown>): void {
  if (!result.ok) throw new Error(result.message);
}

/** While one is being made already: leaves it to that, or comes after it. */
async function alone(url: string, otherwise: 'or leave it' | 'after the other', work: () => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true, application_name: 'soapbox backup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const take = otherwise === 'or leave it' ? 'SELECT pg_try_advisory_lock($1) AS got' : 'SELECT true AS got FROM pg_advisory_lock($1)';
    const { rows } = await client.query<{ got: boolean }>(take, [BACKUP_LOCK]);
    if (rows[0]?.got) await work();
  } finally {
    await client.end().catch(() => undefined);
  }
}
