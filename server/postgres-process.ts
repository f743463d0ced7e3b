import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type PostgresHome, program } from './postgres-home';
import { CannotStart } from './project';

/** The role that owns the built-in database. */
export const DATABASE_USER = 'soapbox';

/** What PostgreSQL answers to a wrong password, and what we say then. */
export const WRONG_PASSWORD_CODE = '28P01';
export const WRONG_PASSWORD = 'The database does not accept the password in postgres.json. Was that file replaced?';

const LOG_NAME = 'soapbox.log';
const LOG_LIMIT_BYTES = 5 * 1024 * 1024;
const ABANDONED_AFTER_MS = 60 * 60 * 1000;
const CONFIGURATION = `
# Soapbox: reachable from this machine alone, with a password.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
`;

/** What the running postmaster says about itself in `postmaster.pid`. */
export type Postmaster = { port: number; pid: number };

/**
 * Makes the cluster if it is not there, in a temporary folder that is renamed when complete: of two first starts at
 * once one wins, and a killed one leaves nothing that looks like a database.
 */
export async function ensureCluster(home: PostgresHome, password: string): Promise<void> {
  const parent = path.dirname(home.cluster);
  removeAbandoned(parent);
  if (existsSync(home.cluster)) return;
  const temporary = mkdtempSync(path.join(parent, 'postgres-init-'));
  const passwordFile = path.join(temporary, 'password');
  const data = path.join(temporary, 'data');
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (home.user) for (const mine of [temporary, passwordFile]) chownSync(mine, home.user.uid, home.user.gid);
    await run(home, 'initdb', [
      '--pgdata', data, '--username', DATABASE_USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256',
      '--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--no-instructions',
    ]);
    appendFileSync(path.join(data, 'postgresql.conf'), CONFIGURATION);
    renameUnlessThere(data, home.cluster);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const folder = path.join(parent, name);
    if (name.startsWith('postgres-init-') && Date.now() - statSync(folder).mtimeMs > ABANDONED_AFTER_MS) rmSync(folder, { recursive: true, force: true });
  }
}

function renameUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/**
 * Starts PostgreSQL in its own session, so that Ctrl-C at our terminal does not reach it, and waits until it answers.
 * @returns what went wrong, or null; a start that lost against another start is not told apart here: look who runs
 */
export async function startPostmaster(home: PostgresHome, port: number): Promise<string | null> {
  disownForeignPid(home);
  const logFile = path.join(home.cluster, LOG_NAME);
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT_BYTES) rmSync(logFile);
  const logFrom = existsSync(logFile) ? statSync(logFile).size : 0;
  try {
    await run(home, 'pg_ctl', ['start', '--wait', '--timeout', '60', '--silent', '--pgdata', home.cluster, '--log', logFile, '--options', `-p ${port}`]);
    return null;
  } catch (error) {
    const written = existsSync(logFile) ? readFileSync(logFile).subarray(logFrom).toString('utf8').trim() : '';
    return written || (error as Error).message;
  }
}

/** Stops PostgreSQL, ending what is still connected, and waits until it has stopped. Stopped already is fine. */
export async function stopPostmaster(home: PostgresHome): Promise<void> {
  await run(home, 'pg_ctl', ['stop', '--wait', '--timeout', '30', '--silent', '--mode', 'fast', '--pgdata', home.cluster]).catch((error: unknown) => {
    if (findPostmaster(home)) throw error;
  });
}

/** The postmaster that runs on this cluster, or null: a dead one's file, or another program under its number, is none. */
export function findPostmaster(home: PostgresHome): Postmaster | null {
  const lines = pidFile(home);
  const [pid, folder, , port] = lines ?? [];
  if (!pid || !folder || !port || !isPostmaster(Number(pid), folder)) return null;
  return { port: Number(port), pid: Number(pid) };
}

function pidFile(home: PostgresHome): string[] | null {
  try {
    return readFileSync(path.join(home.cluster, 'postmaster.pid'), 'utf8').split('\n').map((line) => line.trim());
  } catch {
    return null;
  }
}

function isPostmaster(pid: number, folder: string): boolean {
  if (process.platform === 'win32') return isAlive(pid);
  const command = commandOf(pid);
  return command.includes('postgres') && command.includes(folder);
}

function commandOf(pid: number): string {
  if (process.platform !== 'linux') return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Whether a process of this number runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * A pid file whose number now belongs to another program makes PostgreSQL refuse to start. The number is replaced by
 * that of a process that has just ended; the file itself must stay, for PostgreSQL reads in it which shared memory
 * old backends may still be using.
 */
function disownForeignPid(home: PostgresHome): void {
  const lines = pidFile(home);
  const pid = Number(lines?.[0]);
  if (!lines || !pid || !isAlive(pid) || isPostmaster(pid, lines[1] ?? home.cluster)) return;
  const ended = spawnSync(program(home.bin, 'postgres'), ['--version'], { stdio: 'ignore', ...asUser(home) }).pid;
  writeFileSync(path.join(home.cluster, 'postmaster.pid'), [String(ended), ...lines.slice(1)].join('\n'));
}

const asUser = (home: PostgresHome): Pick<SpawnOptions, 'uid' | 'gid' | 'cwd'> =>
  home.user ? { uid: home.user.uid, gid: home.user.gid, cwd: '/' } : {};

function run(home: PostgresHome, name: 'initdb' | 'pg_ctl', args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program(home.bin, name), args, {
      ...asUser(home), detached: process.platform !== 'win32', windowsHide: true, stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', PGOPTIONS: undefined, PGDATA: undefined },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-4000); });
    child.on('error', (error) => reject(new CannotStart(`${name} could not be run: ${error.message}.`)));
    // 'exit', not 'close': the postmaster may keep the other end of the pipe.
    child.on('exit', (code) => {
      child.stderr.destroy();
      if (code === 0) resolve();
      else reject(new CannotStart(`${name} failed: ${said.trim() || `code ${code}`}`));
    });
  });
}
