import { Worker } from 'node:worker_threads';
import type { Answer } from '../lib/answer';
import type { Tag } from '../lib/cache-tags';
import { processId } from '../lib/db/change';
import { type Fault, listFaults } from '../lib/faults';
import { pageCacheState, type PageCacheState } from '../lib/page-cache-state';
import { isDesk } from './areas';
import type { Asked, AskNext, Given } from './ask-next';
import { PAGES_WORKER } from './build-worker';
import { PROJECT_ROOT } from './project';

/** What the thread is given when it begins. */
export type Beginning = { dir: string; port: number; processId: string };

/** What is said to the thread: a request with the answer begun for it, or that it is to end. */
export type ToThread =
  | { asking: number; asked: Asked; answer: Pick<Answer, 'requestId' | 'clientIp' | 'origin'>; health: { faults: Fault[]; pages: PageCacheState | null } | null }
  | 'close';

/** What the thread says: that it is ready, what it has changed, what came of a request. */
export type FromThread = 'ready' | { forget: Tag[] } | { asking: number; given: Given; answer: Answer } | { asking: number; error: unknown };

export type PagesThread = { ask: AskNext; close(): Promise<void> };

type Hooks = {
  /** What the pages' own acts have changed: called before the answer to such an act is given. */
  onForget: (tags: Tag[]) => void;
  /** The thread ended without being told to. */
  onDeath: (error: Error) => void;
};

/**
 * Next in a thread of its own. What it does to a process (contexts, streams of many kinds, garbage) would make every
 * kept answer cost half as much again, and a rendering would keep readers of kept pages waiting.
 */
export async function startPagesThread(port: number, { onForget, onDeath }: Hooks): Promise<PagesThread> {
  const beginning: Beginning = { dir: PROJECT_ROOT, port, processId: processId() };
  const worker = new Worker(PAGES_WORKER, { workerData: beginning, execArgv: [] });
  const waiting = new Map<number, { answer: Answer; resolve: (given: Given) => void; reject: (error: unknown) => void }>();
  let asking = 0;
  let isClosing = false;
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (said: FromThread) => {
      if (said === 'ready') return resolve();
      if ('forget' in said) return onForget(said.forget);
      const asker = waiting.get(said.asking);
      waiting.delete(said.asking);
      if ('error' in said) return asker?.reject(said.error);
      if (asker) Object.assign(asker.answer, said.answer);
      asker?.resolve({ ...said.given, body: Buffer.from(said.given.body.buffer, said.given.body.byteOffset, said.given.body.byteLength) });
    });
    const die = (error: Error) => {
      reject(error);
      for (const { reject: fail } of waiting.values()) fail(error);
      waiting.clear();
      if (!isClosing) onDeath(error);
    };
    worker.on('error', die).on('exit', () => die(new Error('The thread of the pages has ended.')));
  });
  await ready;

  const ask: AskNext = (asked, answer) => new Promise((resolve, reject) => {
    const { requestId, clientIp, origin } = answer;
    const health = isDesk(asked.url) ? { faults: listFaults(), pages: pageCacheState() } : null;
    waiting.set((asking += 1), { answer, resolve, reject });
    worker.postMessage({ asking, asked, answer: { requestId, clientIp, origin }, health } satisfies ToThread);
  });
  const close = async () => {
    isClosing = true;
    worker.postMessage('close' satisfies ToThread);
    await ended;
  };
  return { ask, close };
}
