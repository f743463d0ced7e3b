import { createHmac, randomBytes } from 'node:crypto';
import { db } from './db/client';

const DAY_MS = 24 * 60 * 60 * 1000;
/** So many days a key marks what comes; then another is made. */
export const NETWORK_KEY_DAYS = 7;
/** A key that another process has made, or a restore has brought, counts after this time. */
const KNOWN_MS = 60_000;

type Key = { period: number; key: Uint8Array };

/** What is kept of a place on the network from now on, and all that may have been kept of it, by every key that is still there: 64 hex digits each. */
export type NetworkMarks = { present: string; all: string[] };
/** Of a place only a mark is kept, which says nothing any more once its key is gone. */
export type NetworkMarker = (place: string) => NetworkMarks;

const periodOf = (now: number): number => Math.floor(now / (NETWORK_KEY_DAYS * DAY_MS));
const markBy = ({ key }: Key, place: string): string => createHmac('sha256', key).update(place).digest('hex');

let known: { present: Key; keys: Key[]; until: number } | undefined;

async function findKeys(now: number): Promise<{ present: Key; keys: Key[] }> {
  const period = periodOf(now);
  const read = () => db().networkKey.findMany({ orderBy: { period: 'desc' } });
  const before = await read();
  const isThere = (keys: Key[]) => keys.find((one) => one.period === period);
  // Of several processes that make it at once one does.
  if (!isThere(before)) await db().networkKey.createMany({ data: [{ period, key: randomBytes(32) }], skipDuplicates: true });
  const keys = isThere(before) ? before : await read();
  const present = isThere(keys);
  if (!present) throw new Error('The key by which places on the network are marked could not be made.');
  return { present, keys: [present, ...keys.filter((one) => one !== present)] };
}

/**
 * The marker of this moment. To be asked for outside of a transaction: it may write a key, which then holds whatever becomes
 * of what it is asked for. `now`: milliseconds.
 */
export async function networkMarker(now = Date.now()): Promise<NetworkMarker> {
  if (!known || known.until <= now || known.present.period !== periodOf(now)) known = { ...(await findKeys(now)), until: now + KNOWN_MS };
  const { present, keys } = known;
  return (place) => ({ present: markBy(present, place), all: keys.map((key) => markBy(key, place)) });
}

/** Deletes the keys of periods that ended before this moment: nobody can say any more from where what they marked had come. Idempotent. */
export async function forgetNetworkKeys(before: Date): Promise<void> {
  await db().networkKey.deleteMany({ where: { period: { lt: periodOf(before.getTime()) } } });
}
