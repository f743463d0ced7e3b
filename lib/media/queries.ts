import { showing } from '../answer';
import { pictureTag } from '../cache-tags';
import { db } from '../db/client';

/** The bytes of a kept picture, while somebody whose picture it is lets it be shown; else null. */
export async function findPicture(sha256: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; mimeType: string } | null> {
  showing('posts', pictureTag(sha256));
  return db().picture.findFirst({ where: { sha256, user: { showPicture: true } }, select: { bytes: true, mimeType: true } });
}

/** What a kept file was called; null where nothing is known of it. No page shows it. */
export async function findFileName(sha256: string): Promise<string | null> {
  const found = await db().mediaAsset.findUnique({ where: { sha256 }, select: { name: true } });
  return found?.name || null;
}
