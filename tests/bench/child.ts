import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { inProject } from '../../server/project';

const END_WITH_PARENT = pathToFileURL(inProject('server/end-with-parent.js')).href;
const POLL_MS = 50;
const STOP_PATIENCE_MS = 25_000; // the blog's own limit is 20 s
const INHERITED = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE', 'APPDATA'];
// The unit of times in /proc on every Linux that Node runs on.
const TICK_MS = 10;
const BYTES_PER_KB = 1024;

export type Memory = { nowBytes: number; peakBytes: number };

/** A Node program in a process group of its own; it ends when this process is killed. */
export class Child {
  /** All that it printed, for complaints. */
  said = '';
  private printed = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  constructor(words: string[], env: Record<string, string> = {}, private readonly folder = inProject()) {
    const inherited = Object.fromEntries(INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
    this.child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...words], {
      cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...inherited, NEXT_TELEMETRY_DISABLED: '1', SOAPBOX_PARENT: String(process.pid), ...env } as unknown as NodeJS.ProcessEnv,
    });
    this.child.stdout?.on('data', (chunk: Buffer) => { this.printed += chunk.toString('utf8'); });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (chunk: Buffer) => { this.said += chunk.toString('utf8'); });
    this.ended = new Promise((resolve) => this.child.once('close', () => resolve()));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits until it answers at an address. @throws with what it said when it ends first, or says nothing for too long */
  async untilAnswering(url: string, patienceMs: number): Promise<void> {
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await wait(POLL_MS)) {
      if (this.isOver) throw new Error(`It ended before it answered:\n${this.said.slice(-2_000)}`);
      if (await fetch(url).then((answer) => answer.ok, () => false)) return;
    }
    throw new Error(`It did not answer at ${url}:\n${this.said.slice(-2_000)}`);
  }

  /** Waits for its end and gives its standard output. @throws when it failed */
  async output(): Promise<string> {
    await this.ended;
    if (this.child.exitCode !== 0) throw new Error(`It failed (${this.child.exitCode ?? this.child.signalCode}):\n${this.said.slice(-4_000)}`);
    return this.printed;
  }

  /** Asks it to stop and waits; what takes too long is killed. */
  async stop(): Promise<void> {
    if (!this.isOver) this.signal('SIGTERM');
    const impatient = setTimeout(() => this.signal('SIGKILL'), STOP_PATIENCE_MS);
    await this.ended;
    clearTimeout(impatient);
  }

  /** To the whole group. */
  signal(name: NodeJS.Signals): void {
    try {
      if (this.pid) process.kill(-this.pid, name);
    } catch {
      // The group is gone.
    }
  }

  /** Processor time it has used, in milliseconds; null where the system does not tell (Linux does). */
  cpuMs(): number | null {
    const fields = statOf(this.pid);
    return fields ? timeOf(fields, [11, 12]) : null;
  }

  /** Resident memory of the whole group, now and each process at its peak; null where the system does not tell. */
  memory(): Memory | null {
    const all = groupOf(this.pid).map((pid) => read(`/proc/${pid}/status`)).filter((status) => status !== null);
    if (all.length === 0) return null;
    const sum = (name: string) => all.reduce((total, status) => total + Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * BYTES_PER_KB, 0);
    return { nowBytes: sum('VmRSS'), peakBytes: sum('VmHWM') };
  }
}

/** What the system says of a process, from its state on (proc_pid_stat(5)); null when there is none. */
function statOf(pid: number | string): string[] | null {
  const stat = read(path.join('/proc', String(pid), 'stat'));
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const timeOf = (fields: readonly string[], which: readonly number[]): number => which.reduce((sum, field) => sum + Number(fields[field]) * TICK_MS, 0);

const allPids = (): string[] => (list('/proc') ?? []).filter((name) => /^\d+$/.test(name));

const groupOf = (leader: number): string[] => allPids().filter((pid) => Number(statOf(pid)?.[2]) === leader);

/** Processor time that a process and its children have used, those that have ended too, in milliseconds; null where the system does not tell. */
export function familyCpuMs(parent: number): number | null {
  const fields = statOf(parent);
  if (!fields) return null;
  const children = allPids().map(statOf).filter((each) => each !== null && Number(each[1]) === parent);
  return children.reduce((sum, each) => sum + timeOf(each!, [11, 12]), timeOf(fields, [11, 12, 13, 14]));
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function list(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}
