import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import next from 'next';
import { newAnswer } from '../lib/answer';
import { onOwnChange } from '../lib/db/change';
import { disconnectDb, poolState } from '../lib/db/client';
import { showFaults } from '../lib/faults';
import { loggedError } from '../lib/logged-error';
import { reportPageCache } from '../lib/page-cache-state';
import { tallies } from '../lib/tally';
import { speak } from '../lib/words/languages';
import { askHere } from './ask-next';
import { logConsole } from './console-lines';
import type { Beginning, FromThread, ToThread } from './pages-thread';

// The thread in which Next renders pages and runs actions: see pages-thread.ts, the other end.
const port = parentPort!;
const { dir, port: httpPort, processId } = workerData as Beginning;
const say = (message: FromThread) => port.postMessage(message);

logConsole();
// Said before the answer to the act that changed something, and heard in that order.
onOwnChange((tags) => say({ forget: tags }), processId);
speak('en');
const pages = next({ dev: false, dir, hostname: 'localhost', port: httpPort });
await pages.prepare();
const ask = askHere(pages.getRequestHandler());

async function answer({ asking, asked, language, answer: begun, health }: Extract<ToThread, { asking: number }>): Promise<void> {
  speak(language);
  if (health) {
    showFaults(health.faults);
    reportPageCache(() => health.pages);
  }
  const made = newAnswer(begun);
  try {
    // A thread is sent bytes without their methods.
    const given = await ask({ ...asked, body: asked.body && Buffer.from(asked.body) }, made);
    say({ asking, given, answer: made });
  } catch (error) {
    // Not every error can be sent as it is, and none may be told of as it is.
    say({ asking, error: loggedError(error) });
  }
}

async function close(): Promise<void> {
  await pages.close();
  await disconnectDb();
  process.exit(0);
}

function hear(message: ToThread): void {
  if (message === 'close') void close();
  else if ('look' in message) say({ look: message.look, state: { pool: poolState(), tallies: tallies(), heapBytes: getHeapStatistics().used_heap_size } });
  else void answer(message);
}

port.on('message', hear);
say('ready');
