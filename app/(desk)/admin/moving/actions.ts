'use server';

import { answerWith, formOf } from '@/lib/answer';
import { askForBackup } from '@/lib/backup/nightly';
import type { Actor } from '@/lib/identity/schema';
import { currentActor } from '@/lib/identity/session';
import { fail, httpStatus, ok, type Result } from '@/lib/result';
import { MOVING_ACTS, type BackupsState, type MovingAct, type MovingState, type TransferView } from '@/lib/transfer/desk/moving';
import { beginAgain, startImport, stopTransfer } from '@/lib/transfer/desk/running';
import { findOwnTransfer, mayMove } from '@/lib/transfer/desk/transfers';
import { beginUpload, discardTransfer, takePiece, type Upload } from '@/lib/transfer/desk/uploads';
import { z } from '@/lib/zod';
import { findBackups } from './backups';
import { t } from '@/lib/words/t';

const actSchema = z.object({ act: z.enum(MOVING_ACTS), id: z.uuid().or(z.literal('')).default('') });

const ACTS: Record<MovingAct, (actor: Actor, id: string, form: FormData) => Promise<Result<unknown>>> = {
  upload: (actor, _, form) => uploadWhole(actor, form.get('file')),
  start: (actor, id, form) => startImport(actor, { id, withMedia: form.has('withMedia') }),
  again: beginAgain,
  stop: stopTransfer,
  discard: (actor, id) => (id === '' ? Promise.resolve(ok()) : discardTransfer(actor, id)),
};

/** Does what one of the page's buttons says. Anyone may call it with anything. */
export async function actAction(_: MovingState, form: FormData): Promise<MovingState> {
  const actor = await currentActor();
  const sent = formOf(form);
  const read = actSchema.safeParse(Object.fromEntries(['act', 'id'].flatMap((name) => (sent.has(name) ? [[name, sent.get(name)]] : []))));
  const done = read.success ? await ACTS[read.data.act](actor, read.data.id, sent) : fail('malformed', t('desk.refusals.incomplete'));
  if (!done.ok) answerWith(httpStatus[done.code]);
  return { transfer: await findOwnTransfer(actor), message: done.ok ? null : done.message };
}

/** A browser without script sends a small file at once. */
async function uploadWhole(actor: Actor, file: unknown): Promise<Result<unknown>> {
  if (!(file instanceof File)) return fail('malformed', t('desk.refusals.noFile'));
  const begun = await beginUpload(actor, { name: file.name, bytes: file.size, mark: '' }, new Date());
  return begun.ok ? takePiece(actor, { id: begun.value.id, at: 0, bytes: new Uint8Array(await file.arrayBuffer()) }) : begun;
}

/** Begins to send a file, or goes on; its pieces go to the server itself. Anyone may call it with anything. */
export async function beginAction(file: unknown): Promise<Result<Upload>> {
  const begun = await beginUpload(await currentActor(), file, new Date());
  if (!begun.ok) answerWith(httpStatus[begun.code]);
  return begun;
}

/** How far one's own import is. */
export async function lookAction(): Promise<TransferView | null> {
  return findOwnTransfer(await currentActor());
}

const NO_BACKUPS: BackupsState = { kept: [], isBeingMade: false, failure: null, message: null };

/** Has a backup made now; while it is made, shows how it stands. */
export async function backupAction({ isBeingMade }: BackupsState): Promise<BackupsState> {
  const actor = await currentActor();
  if (!mayMove(actor)) return { ...NO_BACKUPS, message: t('desk.refusals.notSignedIn') };
  const asked = isBeingMade === true ? ok() : await askForBackup(actor);
  if (!asked.ok) answerWith(httpStatus[asked.code]);
  return { ...(await findBackups()), message: asked.ok ? null : asked.message };
}
