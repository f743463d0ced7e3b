import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fingerprint } from './fingerprint';
import { CannotStart, inProject, PROJECT_ROOT } from './project';

/** What was made from what; git-ignored. */
export const STAMPS = inProject('.build');
const LOCK_POLL_MS = 200;

/** Runs `make` unless all `results` exist and were made from these very `sources`. */
export async function once(step: string, sources: string[], results: string[], make: () => Promise<void>): Promise<void> {
  const stamp = path.join(STAMPS, `${step}.stamp`);
  const present = await fingerprint(sources);
  if (results.every((result) => existsSync(inProject(result))) && existsSync(stamp) && readFileSync(stamp, 'utf8') === present) return;
  rmSync(stamp, { force: true });
  await make();
  writeFileSync(stamp, present);
}

/** Runs a Node program of the project, quietly; its output is shown when it fails. */
export function runNode(args: string[], env: Record<string, string>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: PROJECT_ROOT, signal, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-20_000); });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new CannotStart(`This step failed: node ${path.relative(PROJECT_ROOT, args[0] ?? '')} ${args[1] ?? ''}\n\n${said.trim()}`))));
  });
}

/** Of several starts in one checkout one builds at a time. */
export async function withLock(work: () => Promise<void>): Promise<void> {
  const lock = path.join(STAMPS, 'lock');
  mkdirSync(STAMPS, { recursive: true });
  while (!takeLock(lock)) await sleep(LOCK_POLL_MS);
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  // A killed build leaves its lock; the next look takes it.
  if (!isHeld(lock)) rmSync(lock, { force: true });
  return false;
}

function isHeld(lock: string): boolean {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    if (holder > 0) process.kill(holder, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
