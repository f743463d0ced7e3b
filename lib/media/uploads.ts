import type { Tag } from '../cache-tags';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { hasPosts, isOwner } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { sendJob } from '../jobs';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { goneMeanwhile, holdFile, noteFile, STORE_MS } from './keeping';
import { readKeptName } from './kept-types';
import { uploadedOf } from './library';
import { FILE_NAME_MAX_CHARACTERS, type UploadedMedia } from './schema';
import { runIn } from './sources';
import { keepFile, type KeepLimits, type KeptFile } from './store';
import { mediaStore } from './stores';
import { measurePicture, tagsOfMedia } from './variants';

const notYours = () => fail('not-found', t('media.refusals.notYours'));

/** What a file is called, of what a browser says: its last part, without signs that no name has. */
export const nameOfFile = (said: string): string => (said.split(/[/\\]/).at(-1) ?? '').replace(/\p{C}+/gu, ' ').trim().slice(0, FILE_NAME_MAX_CHARACTERS);

/**
 * Keeps a file that somebody sends to the library, and writes down who brought it. Idempotent: the same bytes are one
 * asset, whoever brings them and whatever they are called; what another author calls it and says of it is not told.
 * `not-found`: who has no library; else as `keepFile` refuses. What the stream throws is thrown.
 */
export async function takeUpload(actor: Actor, said: string, bytes: AsyncIterable<Uint8Array>, limits?: KeepLimits): Promise<Result<UploadedMedia>> {
  if (!hasPosts(actor)) return notYours();
  const kept = await keepFile(bytes, limits);
  if (!kept.ok) return kept;
  const widths = await measurePicture(kept.value);
  return changing((tx, changed) => note(tx, changed, actor, nameOfFile(said), kept.value, widths), { timeout: STORE_MS });
}

async function note(tx: Tx, changed: (tag: Tag) => void, actor: Person, name: string, file: KeptFile, widths: number[]): Promise<Result<UploadedMedia>> {
  const noted = await noteFile(runIn(tx), file, { name, uploadedById: actor.userId, widths });
  if (!noted) return goneMeanwhile();
  // It may have been deleted, and posts still name it: they show it again.
  if (noted.isNew) for (const tag of await tagsOfMedia(tx, [file.sha256])) changed(tag);
  if (widths.length > 0) await sendJob(tx, 'variants', { id: noted.id }, { singletonKey: noted.id });
  const isTheirs = isOwner(actor) || noted.uploadedById === actor.userId;
  return ok(uploadedOf({ ...file, ...noted, ...(!isTheirs && { name, alt: '' }) }));
}

/** Job `variants`, after a deletion is committed: takes the bytes away, unless somebody has brought the same file again. Idempotent. */
export async function removeDeleted(name: string): Promise<void> {
  const read = readKeptName(name);
  if (!read) return;
  await db().$transaction(async (tx) => {
    await holdFile(runIn(tx), read.sha256);
    const asset = await tx.mediaAsset.findUnique({ where: { sha256: read.sha256 }, select: { id: true } });
    if (!asset) await mediaStore().remove(name);
  }, { timeout: STORE_MS });
}
