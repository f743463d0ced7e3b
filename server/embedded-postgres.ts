import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { carryOver } from './carry-over';
import { removeReady } from './carry-renames';
import { keepBinaries, type Majors, MAJORS } from './kept-binaries';
import { findPostgresHome, type PostgresHome } from './postgres-home';
import { DATABASE_USER, ensureCluster, findPostmaster, startPostmaster, stopPostmaster, WRONG_PASSWORD, WRONG_PASSWORD_CODE } from './postgres-process';
import { CannotStart } from './project';

const DATABASE_NAME = 'soapbox';
// Advisory locks in the database `postgres`: everyone who uses it holds USERS shared, the one server holds SERVER.
const USERS_LOCK = 7_305_001;
const SERVER_LOCK = 7_305_002;
const JOIN_PATIENCE_MS = 90_000;
const SERVER_PATIENCE_MS = 3_000;
const START_ATTEMPTS = 3;
const POLL_MS = 100;
const REJOIN_PAUSE_MS = 5_000;

/** Kept in DATA_DIR/postgres.json, mode 600. */
type Record = { port: number; password: string; cluster?: string };

export type EmbeddedPostgres = {
  url: string;
  /** Leaves; the last one out stops PostgreSQL. */
  leave(): Promise<void>;
};

type Joining = {
  server: boolean;
  say: (sentence: string) => void;
  /** For tests: two majors are seldom at hand. */
  majors?: Majors;
};

/**
 * Joins the PostgreSQL kept in `dataDir`, making and starting it where needed; data of another major version is carried
 * over first (carry-over.ts). It outlives a killed process; the next
 * one joins it. Whoever uses it holds a shared lock on a connection of its own, and takes it again if that is lost.
 * @throws CannotStart when a server already uses this data directory, or PostgreSQL cannot be started
 */
export async function joinEmbeddedPostgres(dataDir: string, { server, say, majors = MAJORS }: Joining): Promise<EmbeddedPostgres> {
  const file = path.join(dataDir, 'postgres.json');
  const recorded = readRecord(file);
  const home = findPostgresHome(dataDir, recorded?.cluster);
  if (home.notice) say(home.notice);
  if (!recorded && existsSync(home.cluster)) await putAside(home, say);
  const record = recorded ?? (await firstRecord(file, home));
  const addressOn = (port: number, database: string) => address(port, record.password, database);
  await carryOver({ home, password: record.password, majors, database: DATABASE_NAME, usersLock: USERS_LOCK, freePort, address: addressOn, say });
  await ensureCluster(home, record.password);

  let leaving = false;
  let held = await join(home, file);
  const watch = (client: pg.Client) => client.on('end', () => void rejoin());
  async function rejoin(): Promise<void> {
    for (let isSaid = false; !leaving; isSaid = true) {
      const joined = await join(home, file).catch((error: Error) => void (isSaid || say(`${error.message} It is tried again.`)));
      if (!joined) {
        await sleep(REJOIN_PAUSE_MS, undefined, { ref: false });
        continue;
      }
      if (leaving) return leaveWith(joined.client, home);
      held = joined;
      if (server) await lockServer(held.client, dataDir).catch(() => undefined);
      return void watch(held.client);
    }
  }
  async function leave(): Promise<void> {
    leaving = true;
    await leaveWith(held.client, home);
  }
  watch(held.client);
  try {
    if (server) await lockServer(held.client, dataDir);
    await ensureDatabase(held.client);
    removeReady(home);
    const notKept = keepBinaries(home, majors.ofData(home.cluster));
    if (notKept) say(notKept);
  } catch (error) {
    await leave();
    throw error;
  }
  return { url: address(held.port, record.password, DATABASE_NAME), leave };
}

const address = (port: number, password: string, database: string): string =>
  `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`;

function readRecord(file: string): Record | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CannotStart(`${file} cannot be read (${(error as Error).message}). It holds the password of the database beside it.`);
  }
}

/** Of two first starts at once one writes the password, and both use that one. */
async function firstRecord(file: string, home: PostgresHome): Promise<Record> {
  const record: Record = { port: await freePort(), password: randomBytes(24).toString('base64url'), cluster: home.cluster };
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(record), { mode: 0o600 });
  try {
    linkSync(temporary, file);
    return record;
  } catch (error) {
    const winner = readRecord(file);
    if (!winner) throw error;
    return winner;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function keepPort(file: string, port: number): void {
  const record = readRecord(file);
  if (!record || record.port === port) return;
  writeFileSync(`${file}.${process.pid}`, JSON.stringify({ ...record, port }), { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
}

/** DATA_DIR was emptied but its database stands elsewhere: begin anew, and throw nothing away. */
async function putAside(home: PostgresHome, say: (sentence: string) => void): Promise<void> {
  if (findPostmaster(home)) await stopPostmaster(home);
  const aside = `${home.cluster}-${Date.now()}`;
  renameSync(home.cluster, aside);
  say(`The password of the database in ${home.cluster} is gone, so a new one is made; the old one is kept as ${aside}.`);
}

type Held = { client: pg.Client; port: number };

async function join(home: PostgresHome, file: string): Promise<Held> {
  const deadline = Date.now() + JOIN_PATIENCE_MS;
  let failures = 0;
  for (;;) {
    const { port: wanted, password } = readRecord(file)!;
    const running = findPostmaster(home);
    const client = running && (await enter(address(running.port, password, 'postgres')));
    if (running && client) {
      keepPort(file, running.port);
      return { client, port: running.port };
    }
    const refusal = running ? null : await startPostmaster(home, await freePort(wanted));
    if (refusal && !findPostmaster(home) && ++failures >= START_ATTEMPTS) throw new CannotStart(`PostgreSQL does not start: ${refusal}`);
    if (Date.now() > deadline) throw new CannotStart(`PostgreSQL in ${home.cluster} does not answer. Its log is ${path.join(home.cluster, 'soapbox.log')}.`);
    await sleep(POLL_MS);
  }
}

/** A connection that holds the users' lock, or null while PostgreSQL starts or stops. */
async function enter(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true, application_name: 'soapbox' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock_shared($1) AS got', [USERS_LOCK]);
    if (rows[0]?.got) return client;
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === WRONG_PASSWORD_CODE) throw new CannotStart(WRONG_PASSWORD);
  }
  await client.end().catch(() => undefined);
  return null;
}

async function lockServer(client: pg.Client, dataDir: string): Promise<void> {
  // A killed server's connection may take a moment to be noticed.
  for (const deadline = Date.now() + SERVER_PATIENCE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [SERVER_LOCK]);
    if (rows[0]?.got) return;
  }
  throw new CannotStart(`The blog in ${dataDir} is already running. Stop it first, or give this one another DATA_DIR.`);
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE_NAME]);
  if (rowCount) return;
  await client.query(`CREATE DATABASE ${DATABASE_NAME}`).catch((error: { code?: string }) => {
    // Two first starts at once.
    if (error.code !== '42P04' && error.code !== '23505') throw error;
  });
}

async function leaveWith(client: pg.Client, home: PostgresHome): Promise<void> {
  const isLast = await client
    .query<{ last: boolean }>('SELECT pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) AS last', [USERS_LOCK])
    .then(({ rows }) => rows[0]?.last === true, () => false);
  if (isLast) await stopPostmaster(home);
  await client.end().catch(() => undefined);
}

async function freePort(wanted = 0): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((resolve) => {
      const server = net.createServer().once('error', () => resolve(null));
      server.listen(port, '127.0.0.1', () => {
        const { port: got } = server.address() as net.AddressInfo;
        server.close(() => resolve(got));
      });
    });
  const port = (await tryPort(wanted)) ?? (await tryPort(0));
  if (port === null) throw new CannotStart('No free port for PostgreSQL on 127.0.0.1.');
  return port;
}
