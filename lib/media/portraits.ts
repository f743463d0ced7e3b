import { createHash } from 'node:crypto';
import { pictureTag, postTag, type Tag } from '../cache-tags';
import type { Tx } from '../db/client';
import { sendJob } from '../jobs';
import { PICTURE_SOURCE_MAX_CHARACTERS, type PictureJob } from './schema';

/**
 * A step of signing in: has the person's picture fetched once this transaction is committed, unless the one kept is from
 * there. `trustedOrigin`: the origin of the login server that stands in for the provider, or null.
 */
export async function askForPicture(tx: Tx, userId: string, source: string, trustedOrigin: string | null): Promise<void> {
  if (source === '' || source.length > PICTURE_SOURCE_MAX_CHARACTERS) return;
  const kept = await tx.picture.findUnique({ where: { userId }, select: { source: true } });
  if (kept?.source === source) return;
  const job: PictureJob = { userId, source, trustedOrigin };
  await sendJob(tx, 'picture', job, { singletonKey: createHash('sha256').update(`${userId} ${source}`).digest('hex') });
}

/**
 * A step of every act that changes whether or how a person's picture is seen: names what shows it. That is the picture's
 * own address, the posts where they have visible comments under their own name, and, if they write posts, all of these.
 */
export async function changePortrait(tx: Tx, userId: string, changed: (tag: Tag) => void): Promise<void> {
  const picture = await tx.picture.findUnique({ where: { userId }, select: { sha256: true } });
  if (picture) changed(pictureTag(picture.sha256));
  const posts = await tx.comment.groupBy({ by: ['postId'], where: { userId, pseudonymId: null, status: 'approved', kind: 'comment' } });
  for (const { postId } of posts) changed(postTag(postId));
  if ((await tx.post.findFirst({ where: { authorId: userId }, select: { id: true } })) !== null) changed('posts');
}
