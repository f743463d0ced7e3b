import { existsSync, renameSync, rmSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sizeText } from '../lib/size-text';
import { connectForCopy } from '../lib/backup/snapshot';
import { finishRename, readyFolder, swap } from './carry-renames';
import { copyDatabase } from './carry-rows';
import { onDatabase } from './content';
import { keptBinaries, type Majors } from './kept-binaries';
import type { PostgresHome } from './postgres-home';
import { ensureCluster, findPostmaster, startPostmaster, stopPostmaster, WRONG_PASSWORD, WRONG_PASSWORD_CODE } from './postgres-process';
import { CannotStart } from './project';

const PATIENCE_MS = 30 * 60_000;
/** Between the renames of another start; if it was killed there, this one goes on. */
const RENAMES_MS = 5_000;
const POLL_MS = 200;

export type CarryOver = {
  home: PostgresHome;
  password: string;
  majors: Majors;
  /** The database of the blog, and the lock that everybody who uses the old data holds shared. */
  database: string;
  usersLock: number;
  freePort: () => Promise<number>;
  address: (port: number, database: string) => string;
  say: (sentence: string) => void;
};

/**
 * Where the data was made by another major version of PostgreSQL than the one installed, carries it over: the old programs,
 * kept beside the data, run it once more, its rows are loaded into a new cluster and counted, and the two change places by
 * renames. Killed at any moment it leaves the old data in place, or the new data complete. The old data is kept, for the
 * owner to remove. Of several starts at once one does it and the others wait.
 * @throws CannotStart when the old programs are gone, the old blog still runs, the password is not the data's, or the data is newer than this code
 */
export async function carryOver(over: CarryOver): Promise<void> {
  const { home, majors } = over;
  const ready = readyFolder(home);
  let readySince: number | undefined;
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    if (!existsSync(home.cluster)) finishRename(home);
    if (!existsSync(home.cluster)) return;
    // In this order: whoever carries over keeps the old data running until `ready` is there.
    const running = findPostmaster(home);
    if (existsSync(ready) && !running && (readySince ??= Date.now()) > Date.now() - RENAMES_MS) continue;
    const [old, installed] = [majorOfData(over), majors.installed(home)];
    if (old === null) continue;
    if (old === installed || Number.isNaN(old) || Number.isNaN(installed)) return clearUp(over);
    if (await handOver(over, old, running?.port)) return;
  }
  throw new CannotStart(`The database in ${home.cluster} is in use by a blog of before. Stop that one first.`);
}

/** Null while the data is being renamed. */
function majorOfData({ home: { cluster }, majors }: CarryOver): number | null {
  try {
    return majors.ofData(cluster);
  } catch (error) {
    return existsSync(cluster) ? Number.NaN : ((error as NodeJS.ErrnoException).code === 'ENOENT' ? null : Number.NaN);
  }
}

/** One step towards it: starts the old data, or carries it over; true when it is carried over. */
async function handOver(over: CarryOver, major: number, port: number | undefined): Promise<boolean> {
  const kept = keptBinaries(over.home, major);
  if (!existsSync(kept)) throw new CannotStart(sentenceWithoutBinaries(over.home, major, over.majors.installed(over.home)));
  const old = { ...over.home, bin: path.join(kept, 'bin') };
  if (port !== undefined) return carryAlone(over, old, port, major);
  const refusal = await startPostmaster(old, await over.freePort());
  if (refusal && !findPostmaster(old)) throw new CannotStart(`PostgreSQL ${major}, which has to hand over its data, does not start: ${refusal}`);
  return false;
}

const nextHome = (home: PostgresHome): PostgresHome => ({ ...home, cluster: `${home.cluster}-next` });

function sentenceWithoutBinaries({ cluster }: PostgresHome, old: number, installed: number): string {
  return `The database in ${cluster} was made by PostgreSQL ${old}. This version of the blog brings PostgreSQL ${installed}, which cannot read it, and the programs of ${old} are not beside it (${keptBinaries({ cluster }, old)}). Nothing was changed. Either go back to the version of the blog that you had and start it once, which keeps them; or put the old data aside and restore a backup: mv ${cluster} ${cluster}-${old} && npm run restore -- ${path.join(path.dirname(cluster), 'backups', 'NAME')}`;
}

/** Carries over while nobody else uses the old data; false when somebody does. */
async function carryAlone(over: CarryOver, old: PostgresHome, port: number, major: number): Promise<boolean> {
  const connected = await connectForCopy(over.address(port, 'postgres')).catch((error: { code?: string }) => {
    if (error.code === WRONG_PASSWORD_CODE) throw new CannotStart(WRONG_PASSWORD);
    return null;
  });
  if (!connected) return false;
  try {
    const { rows } = await connected.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [over.usersLock]);
    if (!rows[0]?.got) return await refuseRunningBlog(over, port);
    over.say(`The database was made by PostgreSQL ${major}, and this version of the blog brings ${over.majors.installed(over.home)}: its data is carried over. Please wait.`);
    await carry(over, old, port).catch(async (error: unknown) => {
      // We were alone: nobody needs it running.
      await stopPostmaster(old);
      await clearUp(over);
      throw error;
    });
    renameSync(nextHome(over.home).cluster, readyFolder(over.home));
    await stopPostmaster(old);
    // While this process slept, another start has gone on.
    if (findPostmaster(old) || majorOfData(over) !== major) return false;
    const aside = await swap(over.home, major);
    over.say(`The data is carried over. The old data is kept in ${aside} (${sizeText(await bytesBelow(aside))}): remove it when you have seen that all is well.`);
    return true;
  } finally {
    await connected.end().catch(() => undefined);
  }
}

/** Another start that carries over holds the lock for itself; a blog or a command holds it shared. */
async function refuseRunningBlog({ usersLock, address, home }: CarryOver, port: number): Promise<false> {
  const shared = await onDatabase(address(port, 'postgres'), async (client) => (await client.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND mode = 'ShareLock' AND granted", [usersLock])).rowCount).catch(() => 0);
  if (shared) throw new CannotStart(`The blog in ${path.dirname(home.cluster)} still runs with the PostgreSQL of before. Stop it, then start this one: it carries the data over.`);
  return false;
}

/** Fills a new cluster beside the old one. What an earlier try left there is removed first. */
async function carry(over: CarryOver, old: PostgresHome, port: number): Promise<void> {
  const next = nextHome(over.home);
  if (findPostmaster(next)) await stopPostmaster(next);
  for (const folder of [next.cluster, readyFolder(over.home)]) rmSync(folder, { recursive: true, force: true });
  await ensureCluster(next, over.password);
  const nextPort = await over.freePort();
  const refusal = await startPostmaster(next, nextPort);
  if (refusal) throw new CannotStart(`The new PostgreSQL does not start: ${refusal}`);
  const stopBoth = () => [old, next].forEach(interrupt);
  process.once('exit', stopBoth);
  try {
    await onDatabase(over.address(nextPort, 'postgres'), (client) => client.query(`CREATE DATABASE ${over.database}`));
    const { rowCount } = await onDatabase(over.address(port, 'postgres'), (client) => client.query('SELECT 1 FROM pg_database WHERE datname = $1', [over.database]));
    if (rowCount) await copyDatabase(over.address(port, over.database), over.address(nextPort, over.database), path.dirname(over.home.cluster));
  } finally {
    process.off('exit', stopBoth);
    await stopPostmaster(next);
  }
}

/** The end of this process must not leave them behind; PostgreSQL stops by itself then. */
function interrupt(home: PostgresHome): void {
  const running = findPostmaster(home);
  if (running?.pid) process.kill(running.pid, 'SIGINT');
}

/** Removes a new cluster that is not needed any more. */
async function clearUp({ home }: CarryOver): Promise<void> {
  const next = nextHome(home);
  if (!existsSync(next.cluster)) return;
  if (findPostmaster(next)) await stopPostmaster(next);
  rmSync(next.cluster, { recursive: true, force: true });
}

async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    bytes += entry.isDirectory() ? await bytesBelow(place) : (await lstat(place)).size;
  }
  return bytes;
}
