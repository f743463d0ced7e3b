import { accessSync, constants, mkdirSync } from 'node:fs';
import pg from 'pg';
import type { Env } from '../lib/env';
import { joinEmbeddedPostgres } from './embedded-postgres';
import { CannotStart, inProject } from './project';

const OLDEST_POSTGRES = 14;

export type Database = {
  /** For queries; also in process.env.DATABASE_URL from now on. */
  url: string;
  /** For migrations, locks and LISTEN: never through a pooler. */
  directUrl: string;
  /** Leaves the database; the last one out of a built-in one stops it. Safe to call twice. */
  close(): Promise<void>;
};

/**
 * The one door to the database, for the server and for every command: DATABASE_URL, or the built-in PostgreSQL in
 * DATA_DIR, joined while it runs and started while it does not. Sets process.env.DATABASE_URL and DATABASE_DIRECT_URL.
 * @throws CannotStart when it cannot be reached or written, is older than PostgreSQL 14, or (a server only) is served already
 */
export async function openDatabase(env: Env, { server }: { server: boolean }): Promise<Database> {
  const opened = env.DATABASE_URL ? await openGiven(env.DATABASE_URL, env.DATABASE_DIRECT_URL) : await openEmbedded(env.DATA_DIR, server);
  Object.assign(process.env, { DATABASE_URL: opened.url, DATABASE_DIRECT_URL: opened.directUrl });
  return opened;
}

/** The PostgreSQL itself, for locks and long transactions of what runs in this process. Known once the database is open. */
export const directAddress = (): string => process.env.DATABASE_DIRECT_URL ?? process.env.DATABASE_URL ?? '';

async function openGiven(url: string, directUrl = url): Promise<Database> {
  await checkVersion('DATABASE_URL', url);
  if (directUrl !== url) await checkVersion('DATABASE_DIRECT_URL', directUrl);
  return { url, directUrl, close: async () => undefined };
}

async function openEmbedded(dataDir: string, server: boolean): Promise<Database> {
  const folder = inProject(dataDir);
  refuseUnwritable(folder);
  const postgres = await joinEmbeddedPostgres(folder, { server, say: server ? console.log : console.error });
  let closed: Promise<void> | undefined;
  return { url: postgres.url, directUrl: postgres.url, close: () => (closed ??= postgres.leave()) };
}

function refuseUnwritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new CannotStart(`DATA_DIR must be a folder that this user may write to: ${(error as Error).message}.`);
  }
}

async function checkVersion(setting: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    if (major < OLDEST_POSTGRES) throw new CannotStart(`${setting} leads to PostgreSQL ${major}; ${OLDEST_POSTGRES} or newer is needed.`);
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    const { host } = new URL(url);
    const reason = (error as Error).message || (error as NodeJS.ErrnoException).code;
    throw new CannotStart(`The database at ${setting} (${host}) cannot be reached: ${reason}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
