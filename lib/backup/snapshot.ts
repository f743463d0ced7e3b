import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Client } from 'pg';
import { to } from 'pg-copy-streams';
import { type KeptMedia, type KeptTable, MEDIA_LIST_NAME, mediaPath, MISSING_NAMED_MAX, tableFile } from './manifest';
import { columnList, inPublic, listTables, type Table } from './tables';
import { linkOrCopy, measure, Measured, sync } from './writing';

const GZIP_LEVEL = 4;
// Files that are on their way in, gigabytes of them: whoever sends one has it. By which readers of a day are told apart: it
// must not outlive the day.
const WITHOUT_ROWS = ['TransferPiece', 'ReadMark', 'ReadSalt'];
const LOCK_TRIES = 5;
const MEDIA_AT_ONCE = 1_000;
const OWNER_ALONE = 0o600;

/** A connection on which rows are written and read as text that every PostgreSQL understands, however long it takes. */
export async function connectForCopy(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true, application_name: 'soapbox backup' });
  client.on('error', () => undefined); // a lost connection shows in the query that is under way
  await client.connect();
  await client.query(`SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET datestyle = 'ISO, YMD';
    SET intervalstyle = 'postgres'; SET timezone = 'UTC'; SET bytea_output = 'hex'; SET extra_float_digits = 1; SET client_encoding = 'UTF8'`);
  return client;
}

/**
 * Runs `work` on one moment of the database: whatever is written meanwhile, every table shows what stood at that moment.
 * No table can be altered or dropped until it is over.
 */
export async function withSnapshot<T>(url: string, work: (client: Client, tables: Table[]) => Promise<T>): Promise<T> {
  const client = await connectForCopy(url);
  try {
    const value = await work(client, await takeSnapshot(client));
    await client.query('COMMIT');
    await client.end();
    return value;
  } catch (error) {
    // Not in order: in the middle of a COPY that nobody reads, the server would not listen.
    client.connection.stream.destroy();
    throw error;
  }
}

/** The snapshot is taken by the first query after the locks, so that no migration comes between the two. */
async function takeSnapshot(client: Client): Promise<Table[]> {
  let tables = await listTables(client);
  for (let tries = 1; ; tries++) {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    if (tables.length > 0) await client.query(`LOCK TABLE ${tables.map(({ name }) => inPublic(name)).join(', ')} IN ACCESS SHARE MODE`);
    const found = await listTables(client);
    if (JSON.stringify(found) === JSON.stringify(tables)) return tables;
    if (tries >= LOCK_TRIES) throw new Error('The tables change again and again.');
    await client.query('ROLLBACK');
    tables = found;
  }
}

/** Writes the rows of these tables into the folder `database` of `folder`, each table a file. Memory does not grow with them. */
export async function writeTables(client: Client, tables: Table[], folder: string): Promise<KeptTable[]> {
  await mkdir(path.join(folder, 'database'), { mode: 0o700 });
  const kept: KeptTable[] = [];
  for (const table of tables) {
    const rows = new Measured({ lines: true }); // in this format a row is a line, and a line break inside a value is written \n
    const written = new Measured();
    const copied = client.query(to(`COPY ${WITHOUT_ROWS.includes(table.name) ? `(SELECT ${columnList(table.columns)} FROM ${inPublic(table.name)} WHERE false)` : `${inPublic(table.name)} (${columnList(table.columns)})`} TO STDOUT`));
    await pipeline(copied, rows, createGzip({ level: GZIP_LEVEL }), written, createWriteStream(path.join(folder, tableFile(table.name)), { flags: 'wx', mode: OWNER_ALONE, flush: true }));
    kept.push({ ...table, rows: rows.lines, bytes: written.bytes, sha256: written.sha256() });
  }
  await sync(path.join(folder, 'database'));
  return kept;
}

type Tally = Pick<KeptMedia, 'files' | 'bytes' | 'missing' | 'missingCount'>;

/** Kept files that lie elsewhere than on this machine's disk: read by name, and written. */
export type Elsewhere = {
  nameOf: (sha256: string, mimeType: string) => string;
  /** Null where there is none. */
  open: (name: string) => Promise<Readable | null>;
  put: (name: string, file: { path: string; bytes: number; sha256: string }) => Promise<void>;
};

/**
 * Puts every file that the snapshot's MediaAsset names into the folder `media` of `folder`, and their list beside it. A
 * file's name is the SHA-256 of its bytes, and is believed only when it is: what is gone or damaged is counted and named.
 */
export async function writeMedia(client: Client, tables: Table[], from: string | Elsewhere, folder: string): Promise<KeptMedia | null> {
  if (!tables.some(({ name }) => name === 'MediaAsset')) return null;
  await mkdir(path.join(folder, 'media'), { mode: 0o700 });
  const tally: Tally = { files: 0, bytes: 0, missing: [], missingCount: 0 };
  const written = new Measured();
  await pipeline(Readable.from(takeAll(client, from, path.join(folder, 'media'), tally)), written, createWriteStream(path.join(folder, MEDIA_LIST_NAME), { flags: 'wx', mode: OWNER_ALONE, flush: true }));
  return { ...tally, list: { bytes: written.bytes, sha256: written.sha256() } };
}

async function* takeAll(client: Client, from: string | Elsewhere, to: string, tally: Tally): AsyncGenerator<string> {
  const nameOf = typeof from === 'string' ? shelves(from) : async (sha256: string, mimeType: string) => from.nameOf(sha256, mimeType);
  for (let last = ''; ;) {
    const { rows } = await client.query<{ sha256: string; mimeType: string }>(`SELECT sha256::text, "mimeType" FROM public."MediaAsset" WHERE sha256 > $1 ORDER BY sha256 LIMIT ${MEDIA_AT_ONCE}`, [last]);
    for (const { sha256, mimeType } of rows) {
      const line = await takeOne(sha256, await nameOf(sha256, mimeType), from, to);
      if (line) {
        tally.files += 1;
        tally.bytes += line.bytes;
        yield `${line.name} ${line.bytes}\n`;
      } else {
        tally.missingCount += 1;
        if (tally.missing.length < MISSING_NAMED_MAX) tally.missing.push(sha256);
      }
      last = sha256;
    }
    if (rows.length < MEDIA_AT_ONCE) return;
  }
}

/** Finds the names of kept files, asked for in order: each folder is read once. */
function shelves(mediaDir: string): (sha256: string) => Promise<string | undefined> {
  let shelf = '';
  let names = new Map<string, string>();
  return async (sha256) => {
    if (sha256.slice(0, 2) !== shelf) {
      shelf = sha256.slice(0, 2);
      const found = await readdir(path.join(mediaDir, shelf)).catch((): string[] => []);
      names = new Map(found.filter((name) => /^[0-9a-f]{64}\.[a-z0-9]{1,10}$/.test(name)).map((name) => [name.slice(0, 64), name]));
    }
    return names.get(sha256);
  };
}

async function takeOne(sha256: string, name: string | undefined, from: string | Elsewhere, to: string): Promise<{ name: string; bytes: number } | null> {
  if (!name) return null;
  const target = path.join(to, mediaPath(name));
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  if (typeof from === 'string') await linkOrCopy(path.join(from, mediaPath(name)), target);
  else if (!(await bring(from, name, target))) return null;
  const { bytes, sha256: found } = await measure(target);
  if (found === sha256) return { name, bytes };
  await rm(target);
  return null;
}

async function bring(from: Elsewhere, name: string, target: string): Promise<boolean> {
  const bytes = await from.open(name);
  if (bytes) await pipeline(bytes, createWriteStream(target, { flags: 'wx', mode: OWNER_ALONE, flush: true }));
  return bytes !== null;
}
