import { Client, escapeIdentifier } from 'pg';
import { STAGING_TABLES } from './staging-tables';

/** A connection on which an import runs, holding the one import lock, and the schema its staging tables stand in. */
export type Staging = { client: Client; schema: string; pid: number };

const SCHEMA_PREFIX = 'soapbox_import_';
// One import at a time on a database, on any machine: whoever holds this advisory lock owns every staging schema.
const LOCK = 7_366_024_901;
const LOCK_TRIES = 10;
const LOCK_PAUSE_MILLISECONDS = 200;

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'soapbox import' });
  client.on('error', () => undefined); // a lost connection shows in the query that is under way
  await client.connect();
  await client.query('SET synchronous_commit = off; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET work_mem = \'64MB\'');
  // A killed importer must not leave the server at work for it; not every platform can notice (PostgreSQL then refuses the setting).
  await client.query("SET client_connection_check_interval = '1s'").catch(() => undefined);
  return client;
}

async function takeLock(client: Client, tries: number): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK]);
    if (rows[0]?.taken) return true;
    if (attempt >= tries) return false;
    await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MILLISECONDS));
  }
}

/** Whether an import runs on this database, on whatever machine. By the time the answer is read, another may. */
export async function isImportRunning(url: string): Promise<boolean> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (classid::bigint << 32) + objid::bigint = $1) AS taken`, [LOCK]);
    return rows[0]?.taken === true;
  } finally {
    await client.end();
  }
}

async function dropAll(client: Client): Promise<number> {
  const { rows } = await client.query<{ nspname: string }>('SELECT nspname FROM pg_namespace WHERE starts_with(nspname, $1)', [SCHEMA_PREFIX]);
  for (const { nspname } of rows) await client.query(`DROP SCHEMA IF EXISTS ${escapeIdentifier(nspname)} CASCADE`);
  return rows.length;
}

/**
 * Drops what killed imports left in the database: called at every start of the blog. Leaves the staging of an import
 * that is still running alone, and does nothing where there is none. Idempotent. `url` is a PostgreSQL address.
 */
export const dropLeftoverStaging = (url: string): Promise<void> => whileNoImportRuns(url, dropAll);

/** Does something that no import may meet: where one runs, nothing; and none begins until it is done. */
export async function whileNoImportRuns(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = await connect(url);
  try {
    if (await takeLock(client, 1)) await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Takes the import lock, drops what earlier imports left, and makes fresh unlogged staging tables under `runId`.
 * Null when another import is running on this database. The caller ends it with `closeStaging`.
 */
export async function openStaging(url: string, runId: string): Promise<Staging | null> {
  const client = await connect(url);
  try {
    if (!(await takeLock(client, LOCK_TRIES))) {
      await client.end();
      return null;
    }
    await dropAll(client);
    const schema = `${SCHEMA_PREFIX}${runId.replace(/\W/g, '')}`;
    await client.query(`CREATE SCHEMA ${escapeIdentifier(schema)}`);
    await client.query(`SET search_path = ${escapeIdentifier(schema)}, public`);
    await client.query(STAGING_TABLES);
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return { client, schema, pid: rows[0]!.pid };
  } catch (error) {
    await client.end();
    throw error;
  }
}

/**
 * While an import runs: when `signal` is aborted, ends the statement that PostgreSQL is busy with for it. Gives what stops
 * the watching, and waits for what it has begun. What is between two statements then has to look at `signal` itself.
 */
export function cancelOnAbort({ pid }: Staging, url: string, signal: AbortSignal | undefined): () => Promise<void> {
  let cancelled = Promise.resolve();
  const cancel = async () => {
    const other = await connect(url);
    await other.query('SELECT pg_cancel_backend($1)', [pid]).finally(() => other.end());
  };
  const onAbort = () => void (cancelled = cancel().catch(() => undefined));
  signal?.addEventListener('abort', onAbort);
  return async () => {
    signal?.removeEventListener('abort', onAbort);
    // One that is on its way would hit what comes next.
    await cancelled;
  };
}

/** Drops the staging tables and lets the lock go. Never throws: what it cannot drop, the next start does. */
export async function closeStaging({ client, schema }: Pick<Staging, 'client' | 'schema'>): Promise<void> {
  await client.query('ROLLBACK').catch(() => undefined);
  await client.query(`DROP SCHEMA IF EXISTS ${escapeIdentifier(schema)} CASCADE`).catch(() => undefined);
  await client.end().catch(() => undefined);
}
