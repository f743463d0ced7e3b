import { db } from '../db/client';
import { env } from '../env';
import { keyed } from '../keyed';
import { siteOrigin } from '../site-origin';
import { verifyAkismetKey } from './akismet';

const MINUTE_MS = 60 * 1000;
/** So often Akismet is asked at most whether it takes the key; sooner where it did not answer. */
const VERIFIED_FOR_MS = 60 * MINUTE_MS;
const ASKED_AGAIN_AFTER_MS = 5 * MINUTE_MS;

/** How Akismet does, for the owner. `isValid` null: it did not say. */
export type AkismetStateView = { isValid: boolean | null; lastWorkedAt: Date | null; lastFailedAt: Date | null; lastFailure: string };

const select = { isValid: true, keyMark: true, verifiedAt: true, lastWorkedAt: true, lastFailedAt: true, lastFailure: true } as const;

/** How Akismet does; null where the blog has no key for it. Asks it whether it takes the key, once an hour at most for all instances. */
export async function readAkismetState(now: Date): Promise<AkismetStateView | null> {
  const key = env().AKISMET_KEY;
  if (key === undefined) return null;
  const keyMark = keyed('akismet-key', `${key}\0${env().AKISMET_URL}`);
  const kept = await db().akismetState.findUnique({ where: { id: 1 }, select });
  const isOfKey = kept?.keyMark === keyMark;
  const age = now.getTime() - (kept?.verifiedAt?.getTime() ?? -Infinity);
  if (kept && isOfKey && age < (kept.isValid === null ? ASKED_AGAIN_AFTER_MS : VERIFIED_FOR_MS)) return viewOf(kept);
  const { isValid, failure } = await verifyAkismetKey(siteOrigin());
  const known = { keyMark, isValid, verifiedAt: now, ...(failure === '' ? { lastWorkedAt: now } : { lastFailedAt: now, lastFailure: failure }) };
  return viewOf(await db().akismetState.upsert({ where: { id: 1 }, create: { id: 1, ...known }, update: known, select }));
}

const viewOf = ({ isValid, lastWorkedAt, lastFailedAt, lastFailure }: AkismetStateView): AkismetStateView => ({ isValid, lastWorkedAt, lastFailedAt, lastFailure });

/** Notes for the owner that Akismet has worked, or the sentence of its failure; once a minute at most, for a flood asks it often. */
export async function noteAkismet(failure: string | null, now: Date): Promise<void> {
  const at = now.toISOString();
  const before = new Date(now.getTime() - MINUTE_MS).toISOString();
  if (failure === null) {
    await db().$executeRaw`
      INSERT INTO "AkismetState" (id, "lastWorkedAt") VALUES (1, ${at}::timestamptz)
      ON CONFLICT (id) DO UPDATE SET "lastWorkedAt" = EXCLUDED."lastWorkedAt" WHERE "AkismetState"."lastWorkedAt" IS NULL OR "AkismetState"."lastWorkedAt" < ${before}::timestamptz`;
  } else {
    await db().$executeRaw`
      INSERT INTO "AkismetState" (id, "lastFailedAt", "lastFailure") VALUES (1, ${at}::timestamptz, ${failure})
      ON CONFLICT (id) DO UPDATE SET "lastFailedAt" = EXCLUDED."lastFailedAt", "lastFailure" = EXCLUDED."lastFailure"
      WHERE "AkismetState"."lastFailedAt" IS NULL OR "AkismetState"."lastFailedAt" < ${before}::timestamptz OR "AkismetState"."lastFailure" <> EXCLUDED."lastFailure"`;
  }
}
