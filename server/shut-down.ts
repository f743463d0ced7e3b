import type { Server } from 'node:http';

const HARD_LIMIT_MS = 20_000;
const IDLE_SWEEP_MS = 250;

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

/** Takes no more connections, lets running requests finish, and closes idle ones as they fall idle. */
export async function drainServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
  server.on('request', (_request, response) => response.setHeader('Connection', 'close'));
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearInterval(sweep);
}
