import { log } from '../lib/log';
import { masked } from '../lib/logged-error';

const LEVELS = { error: 'error', warn: 'warn', log: 'info', info: 'info', debug: 'debug', trace: 'debug' } as const;

/**
 * From now on what libraries of this thread say on the console, and what Node warns of, are lines of the log like any
 * other. Next prints the errors of pages there: with what a database quotes of a query, over many lines.
 */
export function logConsole(): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    Object.assign(console, { [method]: (...said: unknown[]) => log[level](lineOf(said), 'A library says something.') });
  }
  process.removeAllListeners('warning').on('warning', (warning) => log.warn({ err: warning }, 'Node warns of something.'));
}

function lineOf(said: unknown[]): { said?: string; err?: unknown } {
  const words = said.filter((one) => typeof one === 'string').map(masked).filter(Boolean).join(' ');
  const err = said.find((one) => one instanceof Error);
  return { ...(words && { said: words }), ...(err !== undefined && { err }) };
}
