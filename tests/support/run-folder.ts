import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from '../../lib/env';
import { openDatabase, type Database } from '../../server/database';
import { findPostgresHome } from '../../server/postgres-home';
import { isAlive } from '../../server/postgres-process';

const PREFIX = 'soapbox-tests-';
const EVERYONE_MAY_ENTER = 0o755; // as root, PostgreSQL runs as another user

/**
 * A folder of this run, outside of the project, for data that ends with it. Whatever a killed run left behind
 * (its server, its PostgreSQL, its files) is cleared first.
 */
export async function makeRunFolder(): Promise<string> {
  for (const name of readdirSync(tmpdir())) {
    if (name.startsWith(PREFIX)) await clearIfAbandoned(path.join(tmpdir(), name));
  }
  const folder = mkdtempSync(path.join(tmpdir(), PREFIX));
  chmodSync(folder, EVERYONE_MAY_ENTER);
  writeFileSync(path.join(folder, 'owner.pid'), String(process.pid));
  return folder;
}

/** Where a run's folder keeps the database and media of its blog. */
export const dataDirOf = (folder: string): string => path.join(folder, 'data');

/** Opens the PostgreSQL in a run's folder, starting it where needed, and leaves this process's environment as it was. */
export async function openRunDatabase(folder: string): Promise<Database> {
  const { DATABASE_URL, DATABASE_DIRECT_URL } = process.env;
  try {
    return await openDatabase(parseEnv({ DATA_DIR: dataDirOf(folder) }), { server: false });
  } finally {
    for (const [name, before] of Object.entries({ DATABASE_URL, DATABASE_DIRECT_URL })) {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
  }
}

/** Removes a run's folder, and what PostgreSQL had to keep elsewhere (server/postgres-home.ts). */
export function removeRunFolder(folder: string): void {
  const record = path.join(dataDirOf(folder), 'postgres.json');
  if (existsSync(record)) {
    const { cluster } = JSON.parse(readFileSync(record, 'utf8')) as { cluster?: string };
    const home = findPostgresHome(dataDirOf(folder), cluster);
    const elsewhere = [home.bin, home.cluster].map((place) => /^\/var\/lib\/soapbox\/[0-9a-f]+/.exec(place)?.[0]);
    for (const place of elsewhere) if (place) rmSync(place, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Notes the process that a folder's blog runs as, so that a later run can end it. */
export function noteServer(folder: string, pid: number): void {
  writeFileSync(path.join(folder, 'server.pid'), String(pid));
}

async function clearIfAbandoned(folder: string): Promise<void> {
  const owner = readPid(path.join(folder, 'owner.pid'));
  if (owner === undefined || isAlive(owner)) return;
  const server = readPid(path.join(folder, 'server.pid'));
  if (server !== undefined && isOurServer(server)) process.kill(server, 'SIGKILL');
  if (existsSync(path.join(dataDirOf(folder), 'postgres.json'))) {
    const database = await openRunDatabase(folder).catch(() => undefined);
    await database?.close();
  }
  removeRunFolder(folder);
}

function readPid(file: string): number | undefined {
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
}

/** Whether the number still belongs to a blog, and not to a stranger that was given it since. */
function isOurServer(pid: number): boolean {
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes('server/start.ts');
}
