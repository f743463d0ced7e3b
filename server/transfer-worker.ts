import { parentPort, workerData } from 'node:worker_threads';
import { disconnectDb } from '../lib/db/client';
import { listFaults } from '../lib/faults';
import { runTransfer } from '../lib/transfer/desk/transfer-job';
import { speak } from '../lib/words/languages';
import { logConsole } from './console-lines';
import type { Beginning, FromThread } from './transfer-thread';

// The thread in which one import from the desk runs: see transfer-thread.ts, the other end.
const port = parentPort!;
const { id, place, language } = workerData as Beginning;
speak(language);
logConsole();
const ending = new AbortController();

port.once('message', () => ending.abort());
try {
  await runTransfer(id, place, ending.signal);
} finally {
  port.postMessage({ faults: listFaults() } satisfies FromThread);
  await disconnectDb();
}
// Of this thread alone, whatever is still open: the next import waits for its end.
process.exit(0);
