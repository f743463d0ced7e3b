import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const HARD_LIMIT_MS = 20_000;
/** For the requests that run; what is left of HARD_LIMIT_MS is for the database. */
const DRAIN_LIMIT_MS = 10_000;
/** For a request whose head is on its way. */
const ARRIVAL_MS = 500;
const SWEEP_MS = 50;
/** So long a process behind a balancer goes on while `/readyz` says that it stops: by then nobody new is sent to it. */
export const NOTICE_MS = 4_000;

/**
 * Calls `stop` at the first SIGINT or SIGTERM, however many come (a terminal sends one to the whole group and npm
 * passes on another), and ends the process: with `code`, or 1 when stopping failed or took longer than 20 seconds.
 */
export function stopOnSignal(stop: () => Promise<void>, code = 0): void {
  let stopping = false;
  const once = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      console.error('Stopping took too long; what was left is cut off.');
      process.exit(1);
    }, HARD_LIMIT_MS).unref();
    stop().then(() => process.exit(code), (error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once);
}

/**
 * Watches the requests of a server from now on, and gives the function that stops it: it takes no more connections,
 * lets running requests finish, for ten seconds at most, and closes every other connection after half a second. Node counts
 * a connection that has sent nothing yet as busy for a minute, and browsers open such ones in advance. `noticeMs`: before that it goes on
 * as ever for so long, but for each answer ending its connection: a connection that a proxy keeps is not closed at the very moment
 * in which the next request comes down on it.
 */
export function drainable(server: Server, noticeMs = 0): () => Promise<void> {
  // The last response of each connection: one that is not finished runs. Less work for every request than a list of them.
  const latest = new Map<Socket, ServerResponse>();
  let isDraining = false;
  let isEmpty = false;
  const watch = ({ socket }: IncomingMessage, response: ServerResponse) => {
    latest.set(socket, response);
    if (isDraining) response.setHeader('Connection', 'close');
  };
  const running = () => [...latest.values()].filter((response) => !response.writableFinished && !response.destroyed);
  server.on('connection', (socket) => socket.once('close', () => latest.delete(socket)));
  server.prependListener('request', watch).prependListener('checkContinue', watch);
  const isOver = (waitedMs: number) => isEmpty || waitedMs > DRAIN_LIMIT_MS || (waitedMs > ARRIVAL_MS && running().length === 0);
  return async () => {
    if (!server.listening) return;
    isDraining = true;
    for (const response of running()) if (!response.headersSent) response.setHeader('Connection', 'close');
    if (noticeMs > 0) await sleep(noticeMs);
    server.close(() => (isEmpty = true));
    for (const since = Date.now(); !isOver(Date.now() - since); await sleep(SWEEP_MS)) server.closeIdleConnections();
    server.closeAllConnections();
  };
}
