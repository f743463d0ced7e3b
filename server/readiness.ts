import pg from 'pg';
import { isUpToDate, migrationStatus } from './migrations';

const PATIENCE_MS = 2_000;

/** Whether PostgreSQL at `url` fails to answer within two seconds. */
export async function isDatabaseAway(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return false;
  } catch {
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Why this instance should get no requests just now: a sentence, or null when it is ready. */
export async function whyNotReady(url: string): Promise<string | null> {
  if (await isDatabaseAway(url)) return 'The database does not answer.';
  const { pending, failed, interrupted } = await migrationStatus(url);
  return isUpToDate({ pending, failed, interrupted, edited: [], unknown: [] }) ? null : 'Migrations are not applied.';
}
