import { db } from '../../db/client';
import type { TransferState } from '../../db/generated/enums';
import { findPerson } from '../../identity/queries';
import { sendJob } from '../../jobs';
import type { Run } from '../../media/sources';
import type { TransferProgress } from './moving';
import { SILENT_SECONDS } from './running';
import type { ImportReport } from '../schema';
import { mayMove } from './transfers';

/**
 * One process' turn at a job. Whoever is silent loses it to the next, and from then on changes nothing any more: `turn` only
 * rises. `tries`: how often it was taken up since it was begun, and not given back.
 */
export type Turn = { id: string; turn: number; tries: number; state: 'checking' | 'importing'; withMedia: boolean; bytes: number; isAllowed: boolean };

/** Takes a job up that nobody works on; null when somebody does, or it is over. `isAllowed`: who began it may still do so. */
export async function takeTurn(id: string, now: Date): Promise<Turn | null> {
  const [taken] = await db().$queryRaw<(Pick<Turn, 'id' | 'turn' | 'tries' | 'state' | 'withMedia'> & { bytes: bigint; actorId: string | null })[]>`
    UPDATE "Transfer" SET turn = turn + 1, tries = tries + 1, "beatAt" = clock_timestamp()
    WHERE id = ${id}::uuid AND state IN ('checking', 'importing') AND ("beatAt" IS NULL OR "beatAt" < clock_timestamp() - make_interval(secs => ${SILENT_SECONDS}::int))
    RETURNING id, turn, tries, state::text, "withMedia", bytes, "actorId"`;
  if (!taken) return null;
  const { actorId, bytes, ...same } = taken;
  const actor = actorId === null ? null : await findPerson(db(), actorId, now);
  return { ...same, bytes: Number(bytes), isAllowed: actor !== null && mayMove(actor) };
}

/** Says that the turn goes on, and how far it is. */
export async function beat({ id, turn }: Turn, progress: TransferProgress | null): Promise<'go-on' | 'stop' | 'lost'> {
  const [row] = await db().$queryRaw<{ isStopping: boolean }[]>`
    UPDATE "Transfer" SET "beatAt" = clock_timestamp(), progress = ${progress && JSON.stringify(progress)}::jsonb
    WHERE id = ${id}::uuid AND turn = ${turn}::int AND state IN ('checking', 'importing') RETURNING "isStopping"`;
  if (!row) return 'lost';
  return row.isStopping ? 'stop' : 'go-on';
}

/**
 * Whether the turn goes on, asked inside the transaction that is to be committed: until that is over, nobody else takes the
 * job up.
 */
export async function holdTurn({ id, turn }: Turn, run: Run): Promise<boolean> {
  const rows = await run(`SELECT 1 FROM public."Transfer" WHERE id = $1::uuid AND turn = $2::int AND state = 'importing' FOR UPDATE`, [id, turn]);
  return rows.length > 0;
}

export type Outcome = { state: Extract<TransferState, 'checked' | 'done' | 'failed' | 'cancelled'>; report?: ImportReport; message?: string };

/** Ends the turn and the job. The file of what is done goes away. */
export async function settle({ id, turn }: Turn, { state, report, message = '' }: Outcome): Promise<void> {
  const settled = await db().$executeRaw`
    UPDATE "Transfer" SET state = ${state}::"TransferState", message = ${message}, report = coalesce(${report ? JSON.stringify(report) : null}::jsonb, report),
      "isStopping" = false, progress = NULL, "beatAt" = NULL, "finishedAt" = clock_timestamp()
    WHERE id = ${id}::uuid AND turn = ${turn}::int AND state IN ('checking', 'importing')`;
  if (settled > 0 && state === 'done') await forgetPiecesOfDone();
}

/** Gives the turn back: the job is taken up by whoever comes, not before `startAfter`. */
export async function giveBack({ id, turn }: Turn, progress: TransferProgress | null, startAfter?: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const given = await tx.$executeRaw`
      UPDATE "Transfer" SET "beatAt" = NULL, turn = turn + 1, tries = tries - 1, progress = ${progress && JSON.stringify(progress)}::jsonb
      WHERE id = ${id}::uuid AND turn = ${turn}::int AND state IN ('checking', 'importing')`;
    if (given > 0) await sendJob(tx, 'transfer', { id }, { singletonKey: id, ...(startAfter && { startAfter }) });
  });
}

/** The bytes of what is done are not needed any more. One statement: as long as it takes. */
export async function forgetPiecesOfDone(): Promise<void> {
  await db().$executeRaw`DELETE FROM "TransferPiece" p USING "Transfer" t WHERE t.id = p."transferId" AND t.state = 'done'`;
}

/** Sends a job for each import that waits for one, or whose process was killed. One that has its job gets no other. */
export async function sendForSilent(): Promise<void> {
  const silent = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM "Transfer" WHERE state IN ('checking', 'importing')
      AND ("beatAt" IS NULL OR "beatAt" < clock_timestamp() - make_interval(secs => ${SILENT_SECONDS}::int))`;
  for (const { id } of silent) await db().$transaction((tx) => sendJob(tx, 'transfer', { id }, { singletonKey: id }));
}
