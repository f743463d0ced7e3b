import { createHash } from 'node:crypto';
import type { Tag } from '../cache-tags';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { hasPosts } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { newId } from '../ids';
import { sendJob } from '../jobs';
import { fail, ok, type Result } from '../result';
import { keptName, readKeptName } from './kept-types';
import { uploadedOf } from './library';
import { FILE_NAME_MAX_CHARACTERS, type UploadedMedia } from './schema';
import { isKept, keepFile, type KeepLimits, type KeptFile } from './store';
import { mediaStore } from './stores';
import { measurePicture, tagsOfMedia } from './variants';

const NOT_YOURS = fail('not-found', 'There is nothing at this address.');
// The store is asked meanwhile, and tried again where it is away.
const STORE_MS = 60_000;
const GONE_MEANWHILE = fail('unavailable', 'This file was just being removed from the library. Please send it again.');

/** What a file is called, of what a browser says: its last part, without signs that no name has. */
export const nameOfFile = (said: string): string => (said.split(/[/\\]/).at(-1) ?? '').replace(/\p{C}+/gu, ' ').trim().slice(0, FILE_NAME_MAX_CHARACTERS);

/**
 * Keeps a file that somebody sends to the library, and writes down who brought it. Idempotent: the same bytes are one
 * asset, whoever brings them and whatever they are called. `not-found`: who has no library; else as `keepFile` refuses.
 * What the stream throws is thrown.
 */
export async function takeUpload(actor: Actor, said: string, bytes: AsyncIterable<Uint8Array>, limits?: KeepLimits): Promise<Result<UploadedMedia>> {
  if (!hasPosts(actor)) return NOT_YOURS;
  const kept = await keepFile(bytes, limits);
  if (!kept.ok) return kept;
  const widths = await measurePicture(kept.value);
  return changing((tx, changed) => note(tx, changed, actor.userId, nameOfFile(said), kept.value, widths), { timeout: STORE_MS });
}

const columns = { id: true, sha256: true, mimeType: true, width: true, height: true, name: true, alt: true } as const;

async function note(tx: Tx, changed: (tag: Tag) => void, uploadedById: string, name: string, { sha256, mimeType, bytes, width, height }: KeptFile, widths: number[]): Promise<Result<UploadedMedia>> {
  await holdFile(tx, sha256);
  // Somebody may have deleted the same file since it was kept.
  if (!(await isKept(keptName(sha256, mimeType), bytes))) return GONE_MEANWHILE;
  const { count } = await tx.mediaAsset.createMany({ data: { id: newId(), sha256, mimeType, bytes, width, height, name, widths, measuredAt: new Date(), uploadedById }, skipDuplicates: true });
  const asset = await tx.mediaAsset.findUniqueOrThrow({ where: { sha256 }, select: columns });
  // It may have been deleted, and posts still name it: they show it again.
  if (count > 0) for (const tag of await tagsOfMedia(tx, [sha256])) changed(tag);
  if (widths.length > 0) await sendJob(tx, 'variants', { id: asset.id }, { singletonKey: asset.id });
  return ok(uploadedOf(asset));
}

/** Until the transaction ends nobody else writes down or removes the file of these bytes. */
async function holdFile(tx: Tx, sha256: string): Promise<void> {
  const key = createHash('sha256').update(`media ${sha256}`).digest().readBigInt64BE();
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${key})::text`;
}

/** Job `variants`, after a deletion is committed: takes the bytes away, unless somebody has brought the same file again. Idempotent. */
export async function removeDeleted(name: string): Promise<void> {
  const read = readKeptName(name);
  if (!read) return;
  await db().$transaction(async (tx) => {
    await holdFile(tx, read.sha256);
    const asset = await tx.mediaAsset.findUnique({ where: { sha256: read.sha256 }, select: { id: true } });
    if (!asset) await mediaStore().remove(name);
  }, { timeout: STORE_MS });
}
