import { db, type Tx } from '../../db/client';
import type { Actor } from '../../identity/schema';
import { newId } from '../../ids';
import { sendJob } from '../../jobs';
import { fail, ok, type Failure, type Result } from '../../result';
import { t } from '../../words/t';
import { z } from '../../zod';
import { FILE_LIMIT_BYTES, FILE_LIMIT_GIB, type Arrived } from './moving';
import { freeBytes, roomNeeded, uploadsFolder } from '../room';
import { mayMove } from './transfers';

/** For throwing a large file away. */
const STEP_MS = 120_000;
const notThere = (): Failure => fail('not-found', t('transfer.refusals.noSuchFile'));
const noRoom = (): Failure => fail('unavailable', t('transfer.refusals.noRoom'));
const atWork = (): Failure => fail('conflict', t('transfer.refusals.atWork'));

const fileSchema = z.object({
  // A browser tells no folder; whatever else does, is shown as text.
  name: z.string().transform((name) => name.replace(/[\u0000-\u001f\u007f]/g, '').slice(-255) || 'file'),
  bytes: z.number().int().min(0),
  mark: z.string().max(64),
});

/** An upload that has been begun, or is gone on with: how much of it is here. */
export type Upload = { id: string; received: number };

/**
 * Begins to take a file in, or goes on with the actor's upload of the same name, size and mark. One at a time for each
 * owner: what they uploaded before is thrown away. Refuses: `not-found` for who is no owner, `malformed`, `invalid` for an
 * empty file, `too-large` over FILE_LIMIT_BYTES, `conflict` while an import of theirs runs, `unavailable` where the disk has
 * no room for it.
 */
export async function beginUpload(actor: Actor, file: unknown, now: Date, free = freeBytes): Promise<Result<Upload>> {
  if (!mayMove(actor)) return notThere();
  const read = fileSchema.safeParse(file);
  if (!read.success) return fail('malformed', t('transfer.refusals.noFile'));
  const { name, bytes, mark } = read.data;
  if (bytes === 0) return fail('invalid', t('transfer.refusals.empty'));
  if (bytes > FILE_LIMIT_BYTES) return fail('too-large', t('transfer.refusals.tooLarge', { max: FILE_LIMIT_GIB }));
  return db().$transaction(async (tx) => {
    // Two tabs at once: one after the other.
    await tx.$queryRaw`SELECT 1 FROM "User" WHERE id = ${actor.userId}::uuid FOR UPDATE`;
    const own = await tx.transfer.findMany({ where: { actorId: actor.userId }, select: { id: true, fileName: true, bytes: true, fileMark: true, received: true, state: true } });
    if (own.some(({ state }) => state === 'checking' || state === 'importing')) return atWork();
    const same = own.find((one) => one.state === 'uploading' && one.fileName === name && one.bytes === BigInt(bytes) && one.fileMark === mark);
    if ((await free(uploadsFolder())) < roomNeeded(bytes, bytes - Number(same?.received ?? 0))) return noRoom();
    await tx.transfer.deleteMany({ where: { actorId: actor.userId, ...(same && { id: { not: same.id } }) } });
    if (same) return ok({ id: same.id, received: Number(same.received) });
    const { id } = await tx.transfer.create({ data: { id: newId(), actorId: actor.userId, fileName: name, fileMark: mark, bytes, createdAt: now }, select: { id: true } });
    return ok({ id, received: 0 });
  }, { timeout: STEP_MS });
}

export type Piece = { id: string; /** Where in the file it begins. */ at: number; bytes: Uint8Array<ArrayBuffer> };

/** `isTaken`: false for a piece that is not the next one, repeated perhaps; nothing was changed by it. */
export type Taken = Arrived & { isTaken: boolean };

/**
 * Takes the next piece of an upload in: one that begins where the file ends so far, so that two tabs, a repeated piece and
 * a lost answer leave it whole. Atomic. With the last piece the file is looked through, by a job. The value says where it
 * stands, taken or not. Refuses: `not-found` for an upload that is unknown, over, or somebody else's, `invalid` for an
 * empty piece, `too-large` for one that goes beyond the file.
 */
export async function takePiece(actor: Actor, { id, at, bytes }: Piece): Promise<Result<Taken>> {
  if (!mayMove(actor)) return notThere();
  if (bytes.length === 0) return fail('invalid', t('transfer.refusals.emptyPiece'));
  return db().$transaction(async (tx) => {
    const [raised] = await tx.$queryRaw<{ received: bigint; bytes: bigint }[]>`
      UPDATE "Transfer" SET received = received + ${bytes.length}::int, "beatAt" = clock_timestamp()
      WHERE id = ${id}::uuid AND "actorId" = ${actor.userId}::uuid AND state = 'uploading' AND received = ${at}::bigint AND received + ${bytes.length}::int <= bytes
      RETURNING received, bytes`;
    if (!raised) return whereItStands(tx, actor.userId, { id, at });
    const { _max: { no } } = await tx.transferPiece.aggregate({ where: { transferId: id }, _max: { no: true } });
    await tx.transferPiece.create({ data: { transferId: id, no: (no ?? -1) + 1, bytes }, select: { no: true } });
    const isWhole = raised.received === raised.bytes;
    if (isWhole) await beginRun(tx, id, 'checking');
    return ok({ received: Number(raised.received), isWhole, isTaken: true });
  }, { timeout: STEP_MS });
}

async function whereItStands(tx: Tx, actorId: string, { id, at }: Pick<Piece, 'id' | 'at'>): Promise<Result<Taken>> {
  const found = await tx.transfer.findFirst({ where: { id, actorId }, select: { received: true, bytes: true, state: true } });
  if (!found) return notThere();
  const received = Number(found.received);
  if (found.state === 'uploading' && received === at) return fail('too-large', t('transfer.refusals.moreThanSaid'));
  return ok({ received, isWhole: found.received === found.bytes, isTaken: false });
}

/** A step of commands: the job begins, and nobody works on it yet. */
export async function beginRun(tx: Tx, id: string, state: 'checking' | 'importing'): Promise<void> {
  await tx.transfer.update({ where: { id }, data: { state, isStopping: false, beatAt: null, turn: { increment: 1 }, tries: 0, message: '', finishedAt: null }, select: { id: true } });
  await tx.$executeRaw`UPDATE "Transfer" SET progress = NULL WHERE id = ${id}::uuid`;
  await sendJob(tx, 'transfer', { id }, { singletonKey: id });
}

/**
 * Throws a file away that nobody works on, however far it came, and what was said of it. One that is gone already is no
 * refusal. Refuses: `not-found` for who is no owner, `conflict` while its import runs.
 */
export async function discardTransfer(actor: Actor, id: string): Promise<Result> {
  if (!mayMove(actor)) return notThere();
  return db().$transaction(async (tx) => {
    await tx.transfer.deleteMany({ where: { id, actorId: actor.userId, state: { notIn: ['checking', 'importing'] } } });
    return (await tx.transfer.count({ where: { id, actorId: actor.userId } })) > 0 ? atWork() : ok();
  }, { timeout: STEP_MS });
}
