import type { Prisma } from './db/generated/client';
import { db, type Tx } from './db/client';
import { JOBS, sendJob, type JobName } from './jobs';

/** What pg-boss has given up: it stands in its queue as failed for GIVEN_UP_KEPT_DAYS, and nobody tries it. */
export type GivenUpJob = { id: string; name: JobName; at: Date };

export const GIVEN_UP_LISTED = 50;

/** These are sent again by themselves (server/jobs.ts): of them only the last is told of, and only until a later one is done. */
const REGULAR_KEYS = ['hourly', 'minutely'];
/** Mails have a list of their own, with their own button; what a stranger's page does not answer to is nobody's loss. */
const NOT_TOLD: JobName[] = ['mail', 'webmention'];

const isKnown = (name: string): name is JobName => name in JOBS;

/** The jobs that were given up and that somebody should know of, the latest first, GIVEN_UP_LISTED at most. */
export async function listGivenUpJobs(): Promise<GivenUpJob[]> {
  const rows = await db().$queryRaw<{ id: string; name: string; at: Date }[]>`
    WITH failed AS (
      SELECT id, name, completed_on AS at, singleton_key = ANY(${REGULAR_KEYS}) IS TRUE AS regular, singleton_key AS key
      FROM pgboss.job WHERE state = 'failed' AND name <> ALL(${NOT_TOLD})
    )
    SELECT id, name, at FROM failed
    WHERE NOT regular
      OR (NOT EXISTS (SELECT FROM failed later WHERE later.name = failed.name AND later.key = failed.key AND (later.at, later.id) > (failed.at, failed.id))
        AND NOT EXISTS (SELECT FROM pgboss.job done WHERE done.name = failed.name AND done.state = 'completed' AND done.completed_on > failed.at))
    ORDER BY at DESC, id LIMIT ${GIVEN_UP_LISTED}`;
  return rows.flatMap(({ id, name, at }) => (isKnown(name) ? [{ id, name, at }] : []));
}

/** Of these keys those of which a job was given up. */
export async function findGivenUpKeys(name: JobName, singletonKeys: string[], tx: Tx = db()): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    SELECT DISTINCT singleton_key AS key FROM pgboss.job WHERE name = ${name} AND state = 'failed' AND singleton_key = ANY(${singletonKeys})`;
  return new Set(rows.map(({ key }) => key));
}

/** Forgets the jobs of this key that were given up; a step of the transaction that sends it anew. */
export async function forgetGivenUp(tx: Tx, name: JobName, singletonKey: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM pgboss.job WHERE name = ${name} AND state = 'failed' AND singleton_key = ${singletonKey}`;
}

/**
 * Sends a job that was given up anew, with all its tries, in place of the old one (pg-boss's own `retry` gives it one more
 * try, and what is old is put away before). Two at once send one: who comes second finds nothing. Value: whether it did.
 */
export async function sendGivenUp(tx: Tx, id: string): Promise<boolean> {
  const [job] = await tx.$queryRaw<{ name: string; data: Prisma.JsonObject; key: string }[]>`
    DELETE FROM pgboss.job WHERE id = ${id}::uuid AND state = 'failed' AND name <> ALL(${NOT_TOLD}) RETURNING name, data, singleton_key AS key`;
  if (!job || !isKnown(job.name)) return false;
  if (REGULAR_KEYS.includes(job.key)) await forgetGivenUp(tx, job.name, job.key);
  await sendJob(tx, job.name, job.data, { singletonKey: job.key });
  return true;
}

/** How many jobs of a kind are to be done now or are under way, and how many wait for a later time. */
export type JobCount = { name: JobName; due: number; later: number };

/** The kinds of which a job is to be done, by name. Runs over the jobs of the last hours: milliseconds. */
export async function countJobs(): Promise<JobCount[]> {
  const rows = await db().$queryRaw<(Omit<JobCount, 'name'> & { name: string })[]>`
    SELECT name, count(*) FILTER (WHERE start_after <= now())::int AS due, count(*) FILTER (WHERE start_after > now())::int AS later
    FROM pgboss.job WHERE state < 'completed' GROUP BY name ORDER BY name`;
  return rows.flatMap((row) => (isKnown(row.name) ? [{ ...row, name: row.name }] : []));
}

/** The same with what was given up. */
export type QueueCount = JobCount & { givenUp: number };

/** How full every queue is, the empty ones too. Runs over the jobs of the last hours, and those that were given up: milliseconds. */
export async function countQueues(): Promise<QueueCount[]> {
  const rows = await db().$queryRaw<(Omit<QueueCount, 'name'> & { name: string })[]>`
    SELECT name, count(*) FILTER (WHERE state < 'completed' AND start_after <= now())::int AS due,
      count(*) FILTER (WHERE state < 'completed' AND start_after > now())::int AS later, count(*) FILTER (WHERE state = 'failed')::int AS "givenUp"
    FROM pgboss.job WHERE state < 'completed' OR state = 'failed' GROUP BY name`;
  const found = new Map(rows.map(({ name, ...counts }) => [name, counts]));
  return (Object.keys(JOBS) as JobName[]).map((name) => ({ name, ...(found.get(name) ?? { due: 0, later: 0, givenUp: 0 }) }));
}
