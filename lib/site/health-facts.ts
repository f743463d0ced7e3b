import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '../db/client';
import { env } from '../env';
import { countJobs, listGivenUpJobs } from '../given-up-jobs';
import { listProviderStates } from '../identity/login-settings';
import { offeredProviders } from '../identity/offered';
import { isOwner } from '../identity/rules';
import { PROVIDERS, type Person } from '../identity/schema';
import type { JobName } from '../jobs';
import { countFailedMail } from '../notifications/queries';
import { freeBytes } from '../transfer/room';
import type { HealthFacts } from './health';

/** The database has so long to say all of it; then it counts as away. */
const PATIENCE_MS = 5_000;

const NEVER = { lastWorkedAt: null, lastFailedAt: null, lastFailure: '' };

/**
 * What the database knows of the blog's health, in queries that stay cheap however large it is; null when it does not
 * answer, or the viewer is not the owner. `failedSince`: of mails that failed earlier nothing is said.
 */
export async function readHealthFacts(viewer: Person, failedSince: Date): Promise<HealthFacts | null> {
  if (!isOwner(viewer)) return null;
  const asked = askAll(viewer, failedSince).catch(() => null);
  return Promise.race([asked, sleep(PATIENCE_MS, null, { ref: false })]);
}

async function askAll(viewer: Person, failedSince: Date): Promise<HealthFacts> {
  const [database, mail, heldSince, jobs, undone, logins, media] = await Promise.all([
    askDatabase(), findLastMails(), findHeldSince(), countJobs(), countUndone(viewer, failedSince), listLogins(), countMedia(),
  ]);
  return { database, mail, heldSince, jobs, undone, logins, media };
}

async function askDatabase(): Promise<HealthFacts['database']> {
  return db().$transaction(async (tx) => {
    const from = performance.now();
    await tx.$queryRaw`SELECT 1`;
    const answerMs = Math.ceil(performance.now() - from);
    const [row] = await tx.$queryRaw<[{ version: string; bytes: bigint; connections: number; most: number }]>`
      SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes, current_setting('max_connections')::int AS most,
        (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS connections`;
    return { version: row.version.split(' ')[0] ?? '', bytes: Number(row.bytes), answerMs, connections: row.connections, connectionsMost: row.most };
  });
}

async function findLastMails(): Promise<HealthFacts['mail']> {
  const [sent, failed] = await Promise.all([
    db().mail.findFirst({ where: { sentAt: { not: null } }, orderBy: { sentAt: 'desc' }, select: { sentAt: true } }),
    db().mail.findFirst({ where: { failedAt: { not: null } }, orderBy: { failedAt: 'desc' }, select: { failedAt: true, failure: true } }),
  ]);
  return { lastSentAt: sent?.sentAt ?? null, lastFailed: failed?.failedAt ? { at: failed.failedAt, why: failed.failure ?? '' } : null };
}

async function findHeldSince(): Promise<Date | null> {
  const oldest = await db().comment.findFirst({ where: { status: 'pending' }, orderBy: { createdAt: 'asc' }, select: { createdAt: true } });
  return oldest?.createdAt ?? null;
}

async function countUndone(viewer: Person, failedSince: Date): Promise<HealthFacts['undone']> {
  const [givenUp, failedMail] = await Promise.all([listGivenUpJobs(), countFailedMail(viewer, failedSince)]);
  const counts = new Map<JobName, number>(failedMail > 0 ? [['mail', failedMail]] : []);
  for (const { name } of givenUp) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}

async function listLogins(): Promise<HealthFacts['logins']> {
  const [states, offered] = [await listProviderStates(), offeredProviders()];
  return PROVIDERS.flatMap((provider) => (offered.includes(provider) || states.has(provider) ? [{ provider, state: states.get(provider) ?? NEVER }] : []));
}

async function countMedia(): Promise<HealthFacts['media']> {
  const { _count, _sum } = await db().mediaAsset.aggregate({ _count: true, _sum: { bytes: true } });
  return { files: _count, bytes: _sum.bytes ?? 0 };
}

/** How much room the disk has on which this machine keeps what is the blog's; null where that cannot be told. */
export async function freeOnDisk(): Promise<number | null> {
  return freeBytes(path.resolve(env().DATA_DIR)).catch(() => null);
}
