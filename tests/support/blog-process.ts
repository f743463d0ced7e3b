import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach } from 'vitest';
import { isAlive } from '../../server/postgres-process';

const PATIENCE_MS = 60_000;
const POLL_MS = 50;
const PRELOAD = ['--import', 'tsx', '--import', './server/preload.ts'];

export type Ended = { code: number | null; said: string };

/** One program of the blog as its own process group, as a terminal would start it. */
export class BlogProcess {
  said = '';
  private readonly child: ChildProcess;
  readonly ended: Promise<Ended>;

  /** `cwd`: the folder of another version. `first`: what a shell does before, to have it as limits. */
  constructor(program: string[], env: Record<string, string>, { cwd = process.cwd(), first = '' } = {}) {
    const { PATH = '', HOME = '' } = process.env;
    // Not the project's own .data: a blog that runs in a test keeps backups, too.
    const ownData = env.DATA_DIR === undefined ? mkdtempSync(path.join(tmpdir(), 'soapbox-process-')) : null;
    const words = [process.execPath, ...PRELOAD, ...program];
    const [command = '', ...given] = first === '' ? words : ['bash', '-c', `${first}; exec "$@"`, 'bash', ...words];
    this.child = spawn(command, given, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH, HOME, LOG_LEVEL: 'error', NEXT_TELEMETRY_DISABLED: '1', ...(ownData !== null && { DATA_DIR: ownData }), ...env } as unknown as NodeJS.ProcessEnv });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (chunk: Buffer) => { this.said += chunk.toString('utf8'); });
    this.ended = new Promise((resolve) => this.child.on('close', (code) => {
      if (ownData !== null) rmSync(ownData, { recursive: true, force: true });
      resolve({ code, said: this.said });
    }));
  }

  /** To the whole group, as Ctrl-C is. */
  signal(name: NodeJS.Signals): void {
    if (this.child.pid && this.child.exitCode === null && this.child.signalCode === null) process.kill(-this.child.pid, name);
  }

  async untilSaid(words: string): Promise<void> {
    await until(() => this.said.includes(words) || this.child.exitCode !== null || this.child.signalCode !== null, () => `It never said “${words}”:\n${this.said}`);
    if (!this.said.includes(words)) throw new Error(`It ended without saying “${words}”:\n${this.said}`);
  }
}

/** Waits until something is so, for a minute at most. */
export async function until(isSo: () => boolean | Promise<boolean>, complaint: () => string): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !(await isSo()); await wait(POLL_MS)) {
    if (Date.now() > deadline) throw new Error(complaint());
  }
}

/** Programs on data directories of their own; whatever still runs after a test is ended, and its data removed. */
export function useProcesses() {
  const processes: BlogProcess[] = [];
  const folders: string[] = [];
  afterEach(async () => {
    for (const one of processes) one.signal('SIGKILL');
    await Promise.all(processes.splice(0).map(({ ended }) => ended));
    for (const folder of folders.splice(0)) remove(folder);
  });
  return {
    run(program: string[], env: Record<string, string>): BlogProcess {
      const started = new BlogProcess(program, env);
      processes.push(started);
      return started;
    },
    /** An empty DATA_DIR, whose parent has this mode. */
    dataDir(mode = 0o755): string {
      const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-process-'));
      chmodSync(folder, mode);
      folders.push(folder);
      return path.join(folder, 'data');
    },
  };
}

export type Kept = { port: number; password: string; cluster: string };
export const readKept = (dataDir: string): Kept => JSON.parse(readFileSync(path.join(dataDir, 'postgres.json'), 'utf8')) as Kept;

/** The number of the PostgreSQL that runs on a data directory, or null. */
export function postmasterOf(dataDir: string): number | null {
  if (!existsSync(path.join(dataDir, 'postgres.json'))) return null;
  const file = path.join(readKept(dataDir).cluster, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n', 1)[0]) : 0;
  return pid && isAlive(pid) ? pid : null;
}

function remove(folder: string): void {
  const dataDir = path.join(folder, 'data');
  const pid = postmasterOf(dataDir);
  if (pid) process.kill(pid, 'SIGQUIT');
  const elsewhere = existsSync(path.join(dataDir, 'postgres.json')) ? /^\/var\/lib\/soapbox\/[0-9a-f]{16}/.exec(readKept(dataDir).cluster)?.[0] : undefined;
  for (const place of [folder, elsewhere]) if (place) rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
