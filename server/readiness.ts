import pg from 'pg';
import { migrationStatus } from './migrations';
import { shared } from './sharing';

const PATIENCE_MS = 2_000;

export type DatabaseState = 'steady' | 'just-started' | 'away';

/** How PostgreSQL at `url` is: away when it does not answer within two seconds, just started for its first ten. */
export async function databaseState(url: string): Promise<DatabaseState> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ young: boolean }>("SELECT clock_timestamp() - pg_postmaster_start_time() < interval '10 seconds' AS young");
    return rows[0]?.young ? 'just-started' : 'steady';
  } catch {
    return 'away';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** How long an answer to whether the database is away holds, and for how long one that it is serves while it is asked again. */
const KNOWN_MS = 1_000;
const STILL_AWAY_MS = 10_000;

/** Whether the database is away, as of a moment ago; while it is, nobody waits for the next look. */
export function awayWatch(look: () => Promise<DatabaseState>): () => Promise<boolean> {
  let last = { isAway: false, at: -Infinity };
  const ask = shared(async () => {
    const isAway = (await look()) === 'away';
    last = { isAway, at: performance.now() };
    return isAway;
  });
  return async () => {
    const ageMs = performance.now() - last.at;
    if (ageMs < KNOWN_MS) return last.isAway;
    const next = ask();
    return last.isAway && ageMs < STILL_AWAY_MS ? true : next;
  };
}

/**
 * Why this instance should get no requests just now: a sentence, or null when it is ready. `jobs`: its worker, once there is
 * one. `pages`: whether what renders them answers; in development it is this thread, which does.
 */
export async function whyNotReady(url: string, jobs: { isRunning: boolean } | undefined, pages: () => Promise<boolean> = async () => true): Promise<string | null> {
  const [database, areRendered] = await Promise.all([databaseState(url), pages()]);
  if (database === 'away') return 'The database does not answer.';
  if (!areRendered) return 'The pages do not answer.';
  const { pending, failed, interrupted } = await migrationStatus(url);
  if ([...pending, ...failed, ...interrupted].length > 0) return 'Migrations are not applied.';
  return jobs?.isRunning ? null : 'The queue of jobs is not running.';
}
