import { postTag } from '../cache-tags';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { hasPosts } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { sendJob } from '../jobs';
import { log } from '../log';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { fetchPicture } from './fetch-picture';
import { keptName } from './kept-types';
import { theirMedia } from './library';
import { changePortrait } from './portraits';
import { PICTURE_TYPE, type AltText, type PictureJob, type VariantsJob } from './schema';
import { tagsOfMedia } from './variants';

/** How the job ended: with the picture, with nothing to do, or with a picture that will never be one of ours. */
export type KeptPicture = 'kept' | 'as-before' | 'nobody-there' | 'refused';

/**
 * Job `picture`: fetches a person's picture and keeps it, in place of an earlier one. Idempotent: what is kept from the
 * same source is not fetched again. What is refused leaves what was kept, and is an end: only another sign-in asks anew.
 * A person deleted meanwhile is no error. `unavailable`: worth another try later.
 */
export async function keepPicture({ userId, source, trustedOrigin }: PictureJob): Promise<Result<KeptPicture>> {
  const person = await db().user.findUnique({ where: { id: userId }, select: { picture: { select: { source: true } } } });
  if (!person) return ok('nobody-there');
  if (person.picture?.source === source) return ok('as-before');
  const fetched = await fetchPicture(source, trustedOrigin);
  if (!fetched.ok) {
    log.warn({ code: fetched.code }, 'A person’s picture was not kept.');
    return fetched.code === 'unavailable' ? fetched : ok('refused');
  }
  const { bytes, sha256 } = fetched.value;
  return changing<Result<KeptPicture>>(async (tx, changed) => {
    if (!(await holdPerson(tx, userId))) return ok('nobody-there');
    const before = await tx.picture.findUnique({ where: { userId }, select: { sha256: true } });
    const kept = { sha256, mimeType: PICTURE_TYPE, bytes, source, fetchedAt: new Date() };
    // Before and after, for both addresses answer differently now.
    if (before && before.sha256 !== sha256) await changePortrait(tx, userId, changed);
    await tx.picture.upsert({ where: { userId }, create: { userId, ...kept }, update: kept });
    if (before?.sha256 !== sha256) await changePortrait(tx, userId, changed);
    return ok('kept');
  });
}

/** Whether the person is there, and stays until the transaction ends. */
async function holdPerson(tx: Tx, userId: string): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "User" WHERE id = ${userId}::uuid FOR KEY SHARE`;
  return found.length > 0;
}

const notThere = () => fail('not-found', t('media.refusals.notInLibrary'));

/**
 * Says what a file shows, for those who do not see it. A post's text keeps the words it was written with; the covers
 * without words of their own have these. `not-found`: none, or not this person's to change.
 */
export async function describeMedia(actor: Actor, { id, alt }: AltText): Promise<Result<{ alt: string }>> {
  if (!hasPosts(actor)) return notThere();
  return changing<Result<{ alt: string }>>(async (tx, changed) => {
    const { count } = await tx.mediaAsset.updateMany({ where: { AND: [{ id }, theirMedia(actor)] }, data: { alt } });
    if (count === 0) return notThere();
    const covers = await tx.post.findMany({ where: { coverId: id }, select: { id: true } });
    for (const cover of covers) changed(postTag(cover.id));
    return ok({ alt });
  });
}

/**
 * Deletes a file from the library: it goes from the pages that show it with the commit, and from the store by a job of the
 * same transaction. No import brings it back: the addresses it came from are written down as deleted. Sent again by hand it
 * is a new file. `not-found`: none, or not this person's to change.
 */
export async function deleteMedia(actor: Actor, id: string): Promise<Result> {
  if (!hasPosts(actor)) return notThere();
  return changing<Result>(async (tx, changed) => {
    const found = await tx.mediaAsset.findFirst({ where: { AND: [{ id }, theirMedia(actor)] }, select: { sha256: true, mimeType: true, _count: { select: { sitePictures: true, siteIcons: true } } } });
    if (!found) return notThere();
    const tags = await tagsOfMedia(tx, [found.sha256]);
    tags.forEach(changed);
    if (found._count.sitePictures + found._count.siteIcons > 0) changed('site');
    await tx.mediaSource.updateMany({ where: { assetId: id }, data: { assetId: null, failure: 'deleted' } });
    const { count } = await tx.mediaAsset.deleteMany({ where: { id } });
    if (count === 0) return notThere();
    const job: VariantsJob = { gone: keptName(found.sha256, found.mimeType) };
    await sendJob(tx, 'variants', job);
    return ok();
  });
}
