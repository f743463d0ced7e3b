import { stat } from 'node:fs/promises';
import { DatabaseError, type Client } from 'pg';
import { announce } from '../db/change';
import { newId } from '../ids';
import { fail, ok, type Failure, type Result } from '../result';
import { CopyingEnded, type MediaFrom } from '../media/copying';
import type { Run } from '../media/sources';
import { t } from '../words/t';
import { Copier } from './copy';
import { analyzeFilled, moveStaged } from './move';
import { moveFileAddresses } from './move-addresses';
import { resolveComments } from './resolve-comments';
import { noteGone, resolveAuthors } from './resolve-names';
import { resolvePosts, resolveTerms } from './resolve-posts';
import type { ImportedSite } from './form';
import type { ImportProgress, ImportReport } from './schema';
import { copyStaged, runOn } from './stage-media';
import { stageOwnTexts } from './stage-own';
import { stageOwnPictures, stagePostTexts } from './stage-posts';
import { stageRecords, Stager } from './stage';
import { cancelOnAbort, closeStaging, openStaging } from './staging';
import { STAGING_INDEXES } from './staging-tables';
import { Tally } from './tally';
import { readTogether, sizeOf } from './readers/read-together';
import { resolveThreads } from './resolve-threads';
import { inUnpackFolder } from './unpack-folders';
import { unpacked } from './readers/unpacking';
import { BrokenFile } from './readers/xml-source';

export type ImportOptions = {
  /** Address of the PostgreSQL, direct, not through a pooler: the import holds a lock on its connection. */
  url: string;
  dryRun?: boolean;
  /** Where pictures and files come from: the old site, or a folder or archive; by default the old site alone. */
  media?: MediaFrom;
  /** Ends it: nothing was imported then, but pictures copied so far stay copied. */
  signal?: AbortSignal;
  onProgress?: (progress: ImportProgress) => void;
  /** Asked inside the transaction, when all is in: false takes it back, as `signal` does. */
  mayCommit?: (run: Run) => Promise<boolean>;
};

/** It was not to be committed. */
class Withheld extends Error {}

const TRIES = 3;
// The blog goes on while we move: a reader's act may meet ours. Then we begin again, with what is there now.
const MEETS_ANOTHER = new Set(['23503', '23505', '40001', '40P01']);
const SORTING_STEPS = 6;
const cancelled = () => fail('conflict', t('transfer.failures.cancelled'));

type Pass = { client: Client; dryRun: boolean; onProgress: (progress: ImportProgress) => void; mayCommit: (run: Run) => Promise<boolean> };

/** Pass 1: all files of the export into staging, checked, pictures copied, every text made safe. */
async function readAll(files: string[], pass: Pass, { media = {}, signal }: ImportOptions, tally: Tally, now: Date): Promise<ImportedSite> {
  const { client, dryRun, onProgress } = pass;
  const copier = new Copier(client);
  const stager = new Stager(copier, tally);
  await stageRecords(readTogether(files, now), stager, copier, await sizeOf(files), onProgress);
  await client.query(STAGING_INDEXES);
  await stagePostTexts(client, copier, stager.site, tally, onProgress);
  await copyStaged(client, tally, { dryRun, from: media, signal, onProgress });
  await stageOwnPictures(client, copier, stager.site);
  await stageOwnTexts(client, stager.site);
  await client.query('ANALYZE s_post_text');
  return stager.site;
}

async function resolveAll({ client, onProgress }: Pass, source: string, tally: Tally): Promise<void> {
  const steps = [resolveAuthors, resolveTerms, resolvePosts, resolveThreads, resolveComments, noteGone];
  for (const [index, resolve] of steps.entries()) {
    onProgress({ step: 'sorting', done: index, total: SORTING_STEPS });
    await resolve(client, source, tally);
  }
  onProgress({ step: 'sorting', done: SORTING_STEPS, total: SORTING_STEPS });
}

/** Pass 2: one transaction decides what is new and moves it; a dry run decides and takes it back. */
async function moveAll(pass: Pass, site: ImportedSite, read: Tally): Promise<Tally> {
  const { client, dryRun, onProgress, mayCommit } = pass;
  for (let attempt = 1; ; attempt++) {
    const tally = read.copy();
    try {
      // Staging may be lost with the power, what we say came in may not.
      await client.query('BEGIN; SET LOCAL synchronous_commit = on');
      await resolveAll(pass, site.source, tally);
      if (!dryRun) {
        await moveStaged(client, site, (done, total) => onProgress({ step: 'moving', done, total }));
        await moveFileAddresses(client, site);
        // Every page shows `posts`; which posts got comments need not be told one by one.
        await announce((sql, values) => client.query(sql, values), ['site', 'posts']);
        if (!(await mayCommit(runOn(client)))) throw new Withheld();
      }
      await client.query(dryRun ? 'ROLLBACK' : 'COMMIT');
      return tally;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      if (attempt >= TRIES || !(error instanceof DatabaseError && MEETS_ANOTHER.has(error.code ?? ''))) throw error;
    }
  }
}

// PostgreSQL's own codes, or none where the connection is gone.
function refusalOf(error: unknown): Failure | null {
  if (error instanceof BrokenFile) return fail('invalid', error.message);
  if (error instanceof Withheld) return cancelled();
  if (error instanceof CopyingEnded) return error.failure;
  const code = error instanceof DatabaseError ? (error.code ?? '') : '';
  if (code === '42501') return fail('forbidden', t('transfer.failures.noSchema'));
  if (code.startsWith('53')) return fail('unavailable', t('transfer.failures.databaseFull', { reason: (error as Error).message }));
  if (code.startsWith('57P') || (error instanceof Error && /Connection terminated|ECONNRESET|EPIPE/.test(error.message))) {
    return fail('unavailable', t('transfer.failures.databaseAway'));
  }
  return null;
}

async function refusalToFile(path: string, media = ''): Promise<Failure | null> {
  if (media !== '' && !(await stat(media).catch(() => null))) return fail('not-found', t('transfer.failures.noMedia', { path: media }));
  const found = await stat(path).catch(() => null);
  if (!found) return fail('not-found', t('transfer.failures.noFile', { path }));
  return found.isFile() ? null : fail('invalid', t('transfer.failures.notAFile', { path }));
}

/**
 * Imports an export of WordPress (WXR 1.0 to 1.2), Blogger, Ghost or Disqus, packed or not. Atomic: all of it or nothing.
 * Idempotent: a second run of the same or a newer export adds what is new, overwrites no edit and revives no deletion.
 * Bounded memory, whatever the file's size.
 * Pictures and files are copied first, each for good, so that a run that was ended goes on where it was.
 * With `dryRun` it checks and counts everything and changes nothing. Nothing that the export keeps private becomes public.
 * Refusals: `not-found` (no such file), `invalid` (a broken file or another kind: line and reason), `conflict` (another
 * import is running, or it was cancelled), `forbidden` (the database user may not make a schema), `unavailable` (the database went away or is
 * full). What could not be used is in the report. `now` stands in for dates that the file does not have.
 */
export async function importFile(path: string, options: ImportOptions, now: Date): Promise<Result<ImportReport>> {
  const { url, dryRun = false, signal, onProgress = () => undefined, mayCommit = () => Promise.resolve(true) } = options;
  const refusal = await refusalToFile(path, options.media?.path);
  if (refusal) return refusal;
  const runId = newId();
  const staging = await openStaging(url, runId);
  if (!staging) return fail('conflict', t('transfer.failures.another'));
  const stopWatching = cancelOnAbort(staging, url, signal);
  // Every step tells how far it is: there it ends, too.
  const pass: Pass = { client: staging.client, dryRun, onProgress: (progress) => (signal?.throwIfAborted(), onProgress(progress)), mayCommit };
  try {
    const read = new Tally();
    const site = await inUnpackFolder(url, runId, async (folder) => readAll(await unpacked(path, folder, signal && { signal }), pass, options, read, now));
    const tally = await moveAll(pass, site, read);
    // It has come in: whoever cancels now is too late, and statistics alone do not make it fail.
    await stopWatching();
    if (!dryRun) await analyzeFilled(staging.client).catch(() => undefined);
    return ok(tally.report(dryRun, site.source));
  } catch (error) {
    const refused = signal?.aborted ? cancelled() : refusalOf(error);
    if (refused) return refused;
    throw error;
  } finally {
    await stopWatching();
    await closeStaging(staging);
  }
}
