import { randomUUID } from 'node:crypto';
import PgBoss from 'pg-boss';
import { db, type Tx } from './db/client';

const MINUTE_SECONDS = 60;

/** So long a job that was given up is kept, to be looked at and tried again. */
export const GIVEN_UP_KEPT_DAYS = 30;

/**
 * What may be done later, each in a queue of its own; server/job-handlers.ts does it. Tries come after 15, 30, 60 …
 * seconds (and up to twice that), the last after about a day. A try that takes longer than `expireInSeconds` has failed.
 */
export const JOBS = {
  // The next minute looks for what is due, too.
  publish: { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: MINUTE_SECONDS },
  mail: { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  picture: { retryLimit: 6, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  // As long as it takes: whoever works on one says so in the database, and `tidy-transfers` sees who does no more.
  transfer: { retryLimit: 3, retryDelay: 15, retryBackoff: true, expireInSeconds: 23 * 60 * MINUTE_SECONDS },
  'tidy-transfers': { retryLimit: 0, expireInSeconds: 10 * MINUTE_SECONDS },
  'delete-accounts': { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 10 * MINUTE_SECONDS },
  'fold-counts': { retryLimit: 3, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  'held-notice': { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  'forget-links': { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  'forget-limits': { retryLimit: 3, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  // Soon taken up by another process when its own is killed: each works for a third of that.
  bulk: { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: MINUTE_SECONDS },
  // Each run works for a third of that, and sends another where more is left.
  learn: { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: MINUTE_SECONDS },
  'decision-mail': { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  // Until about an hour has gone by: what cannot be told by then is not told.
  akismet: { retryLimit: 7, retryDelay: 15, retryBackoff: true, expireInSeconds: MINUTE_SECONDS },
  // A page that cannot be had within some twenty minutes is not asked any more: its site may tell of it again.
  webmention: { retryLimit: 2, retryDelay: 60, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  'forget-akismet': { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  'comment-notices': { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  'post-notices': { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  // Whoever it does not come to is told by the next, an hour later.
  'staff-digests': { retryLimit: 3, retryDelay: 60, retryBackoff: true, expireInSeconds: 5 * MINUTE_SECONDS },
  digests: { retryLimit: 3, retryDelay: 60, retryBackoff: true, expireInSeconds: 30 * MINUTE_SECONDS },
  'standing-mail': { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  // A killed one is missed by the next of the hour, which makes it.
  backup: { retryLimit: 1, retryDelay: 15, retryBackoff: true, expireInSeconds: 6 * 60 * MINUTE_SECONDS },
  // What it does not come to is drawn when somebody asks for it.
  variants: { retryLimit: 3, retryDelay: 15, retryBackoff: true, expireInSeconds: 20 * MINUTE_SECONDS },
  'empty-mail': { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  // A start does it, too; but what a kill leaves is too young then, and may be two gigabytes.
  'tidy-incoming': { retryLimit: 3, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  // More is done by the next, a minute later.
  'search-words': { retryLimit: 0, expireInSeconds: 10 * MINUTE_SECONDS },
  // A try that fails is followed by another job (lib/webhooks): these are for a process that is killed.
  webhook: { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: MINUTE_SECONDS },
  'forget-deliveries': { retryLimit: 3, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
  // What is left over is done by the next, an hour later.
  retention: { retryLimit: 3, retryDelay: 60, retryBackoff: true, expireInSeconds: 20 * MINUTE_SECONDS },
  'tidy-reads': { retryLimit: 12, retryDelay: 15, retryBackoff: true, expireInSeconds: 2 * MINUTE_SECONDS },
} as const satisfies Record<string, PgBoss.RetryOptions & PgBoss.ExpirationOptions>;

export type JobName = keyof typeof JOBS;

/** The channel of NOTIFY by which a new job is taken up at once. */
export const JOBS_CHANNEL = 'soapbox_jobs';

export type JobOptions = {
  /** Not before this moment. */
  startAfter?: Date;
  /** While a job with this key waits for its first try, another one with it is left out. */
  singletonKey?: string;
};

// Next bundles its own copy of this module; each has a sender of its own. It is never started: it knows the SQL, no more.
let sender: PgBoss | undefined;
const outsideOfATransaction = () => Promise.reject(new Error('A job is sent inside the transaction that causes it.'));

/**
 * Puts a job in its queue inside the transaction that causes it: with it, it is there or not. Taken up when that commits,
 * by whichever process of the blog runs; the job may be done more than once, so what does it must not mind.
 */
export async function sendJob(tx: Tx, name: JobName, data: object, { startAfter, singletonKey }: JobOptions = {}): Promise<void> {
  sender ??= new PgBoss({ db: { executeSql: outsideOfATransaction } });
  const inTransaction = { executeSql: async (text: string, values: unknown[]) => ({ rows: await tx.$queryRawUnsafe<unknown[]>(text, ...values) }) };
  const id = await sender.send(name, data, {
    db: inTransaction,
    ...(startAfter && { startAfter }),
    // Without a key of its own a job would count as the same as any other.
    singletonKey: singletonKey ?? randomUUID(),
  });
  if (id === null) await refuseWithoutQueue(tx, name);
  else await tx.$executeRaw`SELECT pg_notify(${JOBS_CHANNEL}, ${name})`;
}

/** pg-boss drops in silence what is sent to a queue that is not there. */
async function refuseWithoutQueue(tx: Tx, name: JobName): Promise<void> {
  const queues = await tx.$queryRaw<unknown[]>`SELECT name FROM pgboss.queue WHERE name = ${name}`;
  if (queues.length === 0) throw new Error(`The database has no queue for jobs of the kind “${name}”. Run: npm run db -- migrate`);
}

/** Of these keys those whose job is still to be done, each with the time of its next try (of the present one, if it runs). */
export async function findWaitingJobs(name: JobName, singletonKeys: string[], tx: Tx = db()): Promise<Map<string, Date>> {
  const rows = await tx.$queryRaw<{ key: string; at: Date }[]>`
    SELECT singleton_key AS key, max(start_after) AS at FROM pgboss.job
    WHERE name = ${name} AND state < 'completed' AND singleton_key = ANY(${singletonKeys}) GROUP BY singleton_key`;
  return new Map(rows.map(({ key, at }) => [key, at]));
}
