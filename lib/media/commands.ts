import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { log } from '../log';
import { ok, type Result } from '../result';
import { fetchPicture } from './fetch-picture';
import { changePortrait } from './portraits';
import { PICTURE_TYPE, type PictureJob } from './schema';

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
    log.warn({ userId, code: fetched.code }, 'A person’s picture was not kept.');
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
