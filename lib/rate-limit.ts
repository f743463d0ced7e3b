import { db } from './db/client';
import { networkMarker } from './network-keys';

/** So many within so many seconds, counted from the first. */
export type Limit = { name: string; most: number; seconds: number };

const TEN_MINUTES = 10 * 60;

const LIMITS = {
  /** Sign-ins begun with a provider, each of which may keep a text. */
  'sign-in': { name: 'sign-in', most: 40, seconds: TEN_MINUTES },
  /** Returns from a provider, each of which asks it something. */
  'sign-in-return': { name: 'sign-in-return', most: 60, seconds: TEN_MINUTES },
  /** Links of a mail that lead nowhere: somebody guesses. */
  'wrong-link': { name: 'wrong-link', most: 20, seconds: TEN_MINUTES },
  /** Wrong passwords of one post: somebody guesses. */
  password: { name: 'password', most: 10, seconds: TEN_MINUTES },
  /** Addresses typed into the form of followers. */
  follow: { name: 'follow', most: 10, seconds: TEN_MINUTES },
  /** Addresses of which somebody asks what is kept, and requests to take something down. */
  'own-data': { name: 'own-data', most: 10, seconds: TEN_MINUTES },
  removal: { name: 'removal', most: 5, seconds: TEN_MINUTES },
  /** Tests of a mail about a new post. */
  'test-post': { name: 'test-post', most: 5, seconds: TEN_MINUTES },
  /** Changes of one comment by its writer. */
  'own-edit': { name: 'own-edit', most: 10, seconds: TEN_MINUTES },
} as const satisfies Record<string, Limit>;

/** What is kept of a key, which often is a place on the network. */
const markOf = async (name: string, key: string): Promise<string> => (await networkMarker())(`${name}\0${key}`).present;

/**
 * Counts one more of these for `key`, by one statement in the database: exact when many come at once, on however many
 * instances, whose clocks do not count. `count`: with this one. `retryAfterSeconds`: null while it may, else the whole
 * seconds until it begins anew. Of the key only a mark is kept (lib/network-keys.ts): once a week all begins anew.
 */
export async function countOne({ name, most, seconds }: Limit, key: string): Promise<{ count: number; retryAfterSeconds: number | null }> {
  const mark = await markOf(name, key);
  const [row] = await db().$queryRaw<{ count: number; left: number }[]>`
    INSERT INTO "RateLimit" AS l ("key", "count", "endsAt") VALUES (${mark}, 1, clock_timestamp() + make_interval(secs => ${seconds}::int))
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN l."endsAt" <= clock_timestamp() THEN 1 ELSE l."count" + 1 END,
      "endsAt" = CASE WHEN l."endsAt" <= clock_timestamp() THEN EXCLUDED."endsAt" ELSE l."endsAt" END
    RETURNING "count", ceil(extract(epoch FROM "endsAt" - clock_timestamp()))::int AS "left"`;
  const { count, left } = row!;
  return { count, retryAfterSeconds: count > most ? Math.max(1, left) : null };
}

/** Counts one more of these for `key`; null while it may, else the seconds to wait. */
export async function secondsToWait(what: keyof typeof LIMITS, key: string): Promise<number | null> {
  return (await countOne(LIMITS[what], key)).retryAfterSeconds;
}

/** Takes one back that turned out not to count. */
export async function takeBack(what: keyof typeof LIMITS, key: string): Promise<void> {
  const mark = await markOf(LIMITS[what].name, key);
  await db().$executeRaw`UPDATE "RateLimit" SET "count" = "count" - 1 WHERE "key" = ${mark} AND "count" > 0`;
}

/** Deletes counts whose time is over. Idempotent; for the hourly job `forget-limits`. */
export async function forgetLimits(): Promise<void> {
  await db().$executeRaw`DELETE FROM "RateLimit" WHERE "endsAt" < clock_timestamp()`;
}
