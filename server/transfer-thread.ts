import { Worker } from 'node:worker_threads';
import { type Fault, noteFault } from '../lib/faults';
import type { Workplace } from '../lib/transfer/desk/transfer-job';
import { spokenLanguage } from '../lib/words/t';
import { TRANSFER_WORKER } from './build-worker';

/** What the thread is given when it begins; all it is told later is that it is to end. */
export type Beginning = { id: string; place: Workplace; language: string };
/** The one thing the thread says, before it ends: what it found that should not be. */
export type FromThread = { faults: Pick<Fault, 'sentence' | 'path'>[] };

/** A file made to eat memory ends the thread, not the blog. A whole process that imports a gigabyte stays under 300 MB (docs/performance.md). */
const HEAP_MB = 512;

/**
 * Looks an uploaded file through, or imports it, in a thread of its own: making one long text safe takes half a second,
 * in which this one answers no reader. Does what runTransfer does; rejects when the thread breaks.
 */
export function transferInThread(id: string, place: Workplace, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(TRANSFER_WORKER, { workerData: { id, place, language: spokenLanguage() } satisfies Beginning, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
    const end = () => worker.postMessage('end');
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    worker.on('message', ({ faults }: FromThread) => { for (const { sentence, path } of faults) noteFault(sentence, path); });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', end);
      resolve();
    });
  });
}
