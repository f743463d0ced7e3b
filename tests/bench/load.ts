import { ask } from './ask';
import { Child } from './child';
import type { LoadOptions, LoadResult } from './load-child';
import { median } from './statistics';
import { hasWrk, loadByWrk } from './wrk';
import type { World } from './world';

export type { LoadOptions, LoadResult };

const CONNECTIONS = 16;
const WARM_UP_SECONDS = 2;
const MS_PER_SECOND = 1000;

/** A mix of requests from a process of its own: 16 connections, each with one request under way. */
export async function loadMixed(world: World, options: LoadOptions): Promise<LoadResult> {
  const file = world.newFile(JSON.stringify({ connections: CONNECTIONS, ...options }));
  const client = world.started(new Child(['--import', 'tsx', 'tests/bench/load-child.ts', file]));
  return JSON.parse(await client.output()) as LoadResult;
}

/** How many requests of a load have failed: had no answer, or one of a status that is none of these. */
export const failedOf = ({ errors, answers }: Pick<LoadResult, 'errors' | 'answers'>, meant: readonly string[] = ['200']): number =>
  errors + Object.entries(answers).reduce((sum, [status, count]) => sum + (meant.includes(status) ? 0 : count), 0);

type Round = { requests: number; seconds: number };

/** One round of the same request over and over; @throws when an answer is missing or has another status */
async function load(world: World, { name, url, headers, status }: Contender, seconds: number): Promise<Round> {
  const first = await ask(url, { headers });
  if (first.status !== status) throw new Error(`${name} answered ${first.status}.`);
  if (hasWrk()) return loadByWrk(url, headers, seconds);
  const result = await loadMixed(world, { url, headers, duration: seconds });
  const others = Object.keys(result.answers).filter((answer) => answer !== String(status));
  if (result.errors > 0 || others.length > 0) throw new Error(`${name}: ${result.errors} errors, answers ${JSON.stringify(result.answers)}.`);
  return result;
}

export type Contender = {
  name: string;
  url: string;
  headers: Record<string, string>;
  /** The status of every answer. */
  status: number;
  /** Its process, whose time is told too. */
  server: Child;
};

/** Medians of all rounds. `cpuMicroseconds`: what the server used for one answer, null where the system does not tell. */
export type Rate = { perSecond: number; cpuMicroseconds: number | null };

/**
 * Loads contenders in turn (A B C A B C …), so that whatever else the machine does meets all of them, after warming each.
 * @throws when an answer is missing or has another status
 */
export async function compare(world: World, contenders: readonly Contender[], rounds: number, seconds: number): Promise<Map<string, Rate>> {
  for (const contender of contenders) await load(world, contender, WARM_UP_SECONDS);
  const seen = new Map(contenders.map(({ name }) => [name, [] as Rate[]]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) seen.get(contender.name)?.push(await oneRound(world, contender, seconds));
  }
  return new Map([...seen].map(([name, rates]) => [name, middle(rates)]));
}

async function oneRound(world: World, contender: Contender, seconds: number): Promise<Rate> {
  const before = contender.server.cpuMs();
  const result = await load(world, contender, seconds);
  const after = contender.server.cpuMs();
  return {
    perSecond: result.requests / result.seconds,
    cpuMicroseconds: before === null || after === null ? null : ((after - before) * MS_PER_SECOND) / result.requests,
  };
}

function middle(rates: readonly Rate[]): Rate {
  const times = rates.flatMap(({ cpuMicroseconds }) => (cpuMicroseconds === null ? [] : [cpuMicroseconds]));
  return { perSecond: median(rates.map(({ perSecond }) => perSecond)), cpuMicroseconds: times.length > 0 ? median(times) : null };
}
