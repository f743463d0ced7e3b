import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const CONNECTIONS = 16;
const MS_PER_SECOND = 1000;
let found: string | null | undefined;

/** The version of wrk on this machine, or null. */
export function wrkVersion(): string | null {
  // It shows its version and calls that a failure.
  if (found === undefined) found = /^wrk \S+/m.exec(spawnSync('wrk', ['-v'], { encoding: 'utf8' }).stdout ?? '')?.[0] ?? null;
  return found;
}

export const hasWrk = (): boolean => wrkVersion() !== null;

/**
 * What wrk printed of a round. It does not tell statuses, but complains about what is neither 2xx nor 3xx.
 * @throws when it does, when a connection failed, or when it is no such text
 */
export function readWrk(printed: string): { requests: number; seconds: number } {
  const complaint = /Socket errors.*|Non-2xx.*/.exec(printed);
  if (complaint) throw new Error(`wrk: ${complaint[0]}`);
  const [, requests, time, unit] = /(\d+) requests in ([\d.]+)(ms|s|m)/.exec(printed) ?? [];
  const seconds = Number(time) * ({ ms: 1 / MS_PER_SECOND, s: 1, m: 60 }[unit ?? ''] ?? Number.NaN);
  if (!requests || !(seconds > 0)) throw new Error(`wrk printed something else:\n${printed}`);
  return { requests: Number(requests), seconds };
}

/** A round of load by wrk: one thread, 16 connections, each with one request under way. */
export async function loadByWrk(url: string, headers: Record<string, string>, seconds: number): Promise<{ requests: number; seconds: number }> {
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const { stdout } = await promisify(execFile)('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, ...named, url]);
  return readWrk(stdout);
}
