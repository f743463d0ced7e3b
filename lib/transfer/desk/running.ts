import { db, type Tx } from '../../db/client';
import type { TransferState } from '../../db/generated/enums';
import type { Actor } from '../../identity/schema';
import { fail, ok, type Failure, type Result } from '../../result';
import { t } from '../../words/t';
import { mayMove } from './transfers';
import { beginRun } from './uploads';

const notThere = (): Failure => fail('not-found', t('transfer.refusals.noSuchImport'));

/** A step of an act on one's own import, which nobody else changes meanwhile. */
async function onOwn(actor: Actor, id: string, step: (tx: Tx, found: { state: TransferState }) => Promise<Result>): Promise<Result> {
  if (!mayMove(actor)) return notThere();
  return db().$transaction(async (tx) => {
    const [found] = await tx.$queryRaw<{ state: TransferState }[]>`SELECT state FROM "Transfer" WHERE id = ${id}::uuid AND "actorId" = ${actor.userId}::uuid FOR UPDATE`;
    return found ? step(tx, found) : notThere();
  });
}

/**
 * Begins the import of a file that was looked through; a job does it, which goes on whether anybody looks or not.
 * Refuses: `not-found` for an import that is unknown or somebody else's, `conflict` for one that is not at that point.
 */
export function startImport(actor: Actor, { id, withMedia }: { id: string; withMedia: boolean }): Promise<Result> {
  return onOwn(actor, id, async (tx, { state }) => {
    if (state === 'importing' || state === 'done') return fail('conflict', t('transfer.refusals.begunAlready'));
    if (state !== 'checked') return fail('conflict', t('transfer.refusals.notChecked'));
    await tx.transfer.update({ where: { id }, data: { withMedia }, select: { id: true } });
    await beginRun(tx, id, 'importing');
    return ok();
  });
}

/** Looks through the same file anew, after it failed or was cancelled. Refuses as startImport. */
export function beginAgain(actor: Actor, id: string): Promise<Result> {
  return onOwn(actor, id, async (tx, { state }) => {
    if (state !== 'failed' && state !== 'cancelled') return fail('conflict', t('transfer.refusals.nothingToBegin'));
    await tx.$executeRaw`UPDATE "Transfer" SET report = NULL WHERE id = ${id}::uuid`;
    await beginRun(tx, id, 'checking');
    return ok();
  });
}

/**
 * Ends what runs, within a few seconds; whichever process works on it sees to that. Nothing is imported, unless all was by
 * then. One that is over stays as it is. Refuses: `not-found` for an import that is unknown or somebody else's.
 */
export function stopTransfer(actor: Actor, id: string): Promise<Result> {
  return onOwn(actor, id, async (tx, { state }) => {
    if (state !== 'checking' && state !== 'importing') return ok();
    await tx.$executeRaw`
      UPDATE "Transfer" SET "isStopping" = true WHERE id = ${id}::uuid`;
    // Nobody works on it: it waits in the queue, or whoever did was killed.
    await tx.$executeRaw`
      UPDATE "Transfer" SET state = 'cancelled', "isStopping" = false, progress = NULL, "finishedAt" = clock_timestamp()
      WHERE id = ${id}::uuid AND ("beatAt" IS NULL OR "beatAt" < clock_timestamp() - make_interval(secs => ${SILENT_SECONDS}::int))`;
    return ok();
  });
}

/** Whoever works on an import says so every second. Who was not heard for so long is taken to be gone. */
export const SILENT_SECONDS = 60;
