import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Answer } from '../lib/answer';
import type { Tag } from '../lib/cache-tags';
import { processId } from '../lib/db/change';
import type { PoolState } from '../lib/db/client';
import { type Fault, listFaults } from '../lib/faults';
import type { LoggedError } from '../lib/logged-error';
import { pageCacheState, type PageCacheState } from '../lib/page-cache-state';
import type { Tallies } from '../lib/tally';
import { spokenLanguage } from '../lib/words/t';
import { isDesk } from './areas';
import type { Asked, AskNext, Given } from './ask-next';
import { PAGES_WORKER } from './build-worker';
import { PROJECT_ROOT } from './project';
import { shared } from './sharing';

/** What the thread is given when it begins. */
export type Beginning = { dir: string; port: number; processId: string };

/** How the thread is, as it says itself. */
export type ThreadState = { pool: PoolState | null; tallies: Tallies; heapBytes: number };

/** What is said to the thread: a request with the answer begun for it, a question how it is, or that it is to end. */
export type ToThread =
  | { asking: number; asked: Asked; language: string; answer: Pick<Answer, 'requestId' | 'clientIp' | 'userAgent' | 'referrer' | 'origin'>; health: { faults: Fault[]; pages: PageCacheState | null } | null }
  | { look: number }
  | 'close';

/** What the thread says: that it is ready, what it has changed, what came of a request, how it is. */
export type FromThread = 'ready' | { forget: Tag[] } | { asking: number; given: Given; answer: Answer } | { asking: number; error: LoggedError } | { look: number; state: ThreadState };

// What hangs for good must not hold a place in the line of renderings for good. An act may wait for a connection, and then for others.
const PATIENCE_MS = { GET: 30_000, POST: 60_000 };
const CLOSE_PATIENCE_MS = 5_000;
/** One page takes milliseconds, the longest discussion some tens of them. */
const LOOK_PATIENCE_MS = 2_000;

type Hooks = {
  /** What the pages' own acts have changed: called before the answer to such an act is given. */
  onForget: (tags: Tag[]) => void;
  /** The thread ended without being told to. */
  onDeath: (error: Error) => void;
};

type Waiting = { answer: Answer; resolve: (given: Given) => void; reject: (error: unknown) => void; late: NodeJS.Timeout };

/**
 * Next in a thread of its own. What it does to a process (contexts, streams of many kinds, garbage) would make every
 * kept answer cost half as much again, and a rendering would keep readers of kept pages waiting.
 */
export class PagesThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly ended: Promise<void>;
  private readonly looks = new Map<number, (state: ThreadState) => void>();
  private asking = 0;
  private isClosing = false;
  private death: Error | undefined;

  private constructor(port: number, private readonly hooks: Hooks, program: string) {
    const beginning: Beginning = { dir: PROJECT_ROOT, port, processId: processId() };
    this.worker = new Worker(program, { workerData: beginning, execArgv: [] });
    this.ended = new Promise((resolve) => this.worker.once('exit', () => resolve()));
    this.worker.on('error', (error) => this.die(error)).on('exit', () => this.die(new Error('The thread of the pages has ended.')));
  }

  /** Begins it, and answers when it is ready. `program`: what runs in it. */
  static async start(port: number, hooks: Hooks, program = PAGES_WORKER): Promise<PagesThread> {
    const thread = new PagesThread(port, hooks, program);
    await new Promise<void>((resolve, reject) => {
      thread.worker.once('error', reject).once('exit', () => reject(new Error('The thread of the pages did not begin.')));
      thread.worker.on('message', (said: FromThread) => (said === 'ready' ? resolve() : thread.hear(said)));
    });
    return thread;
  }

  /** Asks it; fails when it has not answered in half a minute, or a minute for an act. */
  readonly ask: AskNext = (asked, answer) => new Promise((resolve, reject) => {
    const { requestId, clientIp, userAgent, referrer, origin } = answer;
    const asking = (this.asking += 1);
    if (this.death) return reject(this.death);
    const patienceMs = PATIENCE_MS[asked.method === 'POST' ? 'POST' : 'GET'];
    const late = setTimeout(() => this.settled(asking)?.reject(new Error(`The pages have not answered in ${patienceMs / 1_000} seconds.`)), patienceMs);
    this.waiting.set(asking, { answer, resolve, reject, late });
    const health = isDesk(asked.url) ? { faults: listFaults(), pages: pageCacheState() } : null;
    this.worker.postMessage({ asking, asked, language: spokenLanguage(), answer: { requestId, clientIp, userAgent, referrer, origin }, health } satisfies ToThread);
  });

  /** How it is; null when it has ended, or hangs: it has not answered within two seconds. Shared by all who ask meanwhile. */
  readonly look: () => Promise<ThreadState | null> = shared(async () => {
    if (this.death) return null;
    const look = (this.asking += 1);
    const told = new Promise<ThreadState>((resolve) => this.looks.set(look, resolve));
    this.worker.postMessage({ look } satisfies ToThread);
    return Promise.race([told, sleep(LOOK_PATIENCE_MS, null, { ref: false })]).finally(() => this.looks.delete(look));
  });

  async close(): Promise<void> {
    this.isClosing = true;
    this.worker.postMessage('close' satisfies ToThread);
    await Promise.race([this.ended, sleep(CLOSE_PATIENCE_MS, undefined, { ref: false }).then(() => this.worker.terminate())]);
  }

  private settled(asking: number): Waiting | undefined {
    const asker = this.waiting.get(asking);
    this.waiting.delete(asking);
    clearTimeout(asker?.late);
    return asker;
  }

  private hear(said: Exclude<FromThread, 'ready'>): void {
    if ('forget' in said) return this.hooks.onForget(said.forget);
    if ('look' in said) return this.looks.get(said.look)?.(said.state);
    const asker = this.settled(said.asking);
    if (!asker) return;
    if ('error' in said) return asker.reject(errorFrom(said.error));
    Object.assign(asker.answer, said.answer);
    const { buffer, byteOffset, byteLength } = said.given.body;
    asker.resolve({ ...said.given, body: Buffer.from(buffer, byteOffset, byteLength) });
  }

  private die(error: Error): void {
    if (this.death) return;
    this.death = error;
    for (const asking of [...this.waiting.keys()]) this.settled(asking)?.reject(error);
    if (!this.isClosing) this.hooks.onDeath(error);
  }
}

/** An error of the thread, as far as it may be told of: it keeps its kind, its code and where it happened. */
function errorFrom({ type, message = '', stack = '', cause, errors: _errors, ...facts }: LoggedError): Error {
  const error = new Error(message, cause && { cause: errorFrom(cause) });
  return Object.assign(error, facts, { name: type, stack: `${type}: ${message}\n${stack}` });
}
