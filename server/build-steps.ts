import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { fingerprint } from './fingerprint';
import { CannotStart, inProject, PROJECT_ROOT } from './project';

const END_WITH_PARENT = pathToFileURL(inProject('server/end-with-parent.js')).href;

/** What was made from what; git-ignored. */
export const STAMPS = inProject('.build');
const LOCK_POLL_MS = 200;
const LOCK_RENEWED_EVERY_MS = 500;
const LOCK_ABANDONED_AFTER_MS = 5_000;

export type BuildStep = {
  name: string;
  /** Files and folders of the project. */
  sources: string[];
  /** What has to exist afterwards. */
  results: string[];
  make: () => Promise<void>;
};

/**
 * Runs those steps, in order, whose results are missing or were made from other sources; contents are compared. Of
 * several starts in one checkout one builds at a time. Where all is up to date nothing is written, so that a finished
 * checkout may be read-only.
 */
export async function bringUpToDate(steps: BuildStep[]): Promise<void> {
  if ((await Promise.all(steps.map(isFresh))).every(Boolean)) return;
  await withLock(async () => {
    for (const step of steps) {
      if (await isFresh(step)) continue;
      const present = await fingerprint(step.sources);
      rmSync(stampOf(step), { force: true });
      await step.make();
      writeFileSync(stampOf(step), present);
    }
  });
}

const stampOf = ({ name }: BuildStep): string => path.join(STAMPS, `${name}.stamp`);

async function isFresh(step: BuildStep): Promise<boolean> {
  const isThere = [stampOf(step), ...step.results.map((result) => inProject(result))].every((file) => existsSync(file));
  return isThere && readFileSync(stampOf(step), 'utf8') === (await fingerprint(step.sources));
}

/** Runs a Node program of the project, quietly; its output is shown when it fails. It ends when this process is killed. */
export function runNode(args: string[], env: Record<string, string>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...args], {
      cwd: PROJECT_ROOT, signal, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', SOAPBOX_PARENT: String(process.pid), ...env },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-20_000); });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new CannotStart(`This step failed: node ${path.relative(PROJECT_ROOT, args[0] ?? '')} ${args[1] ?? ''}\n\n${said.trim()}`))));
  });
}

async function withLock(work: () => Promise<void>): Promise<void> {
  const lock = path.join(STAMPS, 'lock');
  mkdirSync(STAMPS, { recursive: true });
  while (!takeLock(lock)) await sleep(LOCK_POLL_MS);
  const renewal = setInterval(() => writeFileSync(lock, String(process.pid)), LOCK_RENEWED_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(renewal);
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

/** By its age: after a crash, or in another container, the number in it may be that of any process, even of this one. */
function isHeld(lock: string): boolean {
  const renewed = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return renewed === undefined || Date.now() - renewed < LOCK_ABANDONED_AFTER_MS;
}
