import { setTimeout as wait } from 'node:timers/promises';
import { ask } from './ask';
import { fillBench, pageOf } from './content';
import { fillPending, openLink, sendLinks, shows } from './freshness';
import { failedOf, loadMixed } from './load';
import { type Measure, type Pace, type Row, times } from './measure';
import type { Server, World } from './world';

const INSTANCES = 4;
const APPROVALS = 60;
const READS_PER_SECOND = 100;
const MB = 1e6;

/** Connections that PostgreSQL holds for a database; up to four of them are the bench's own. */
async function connectionsOf(world: World, name: string): Promise<number> {
  const { rows: [row] } = await world.sql('postgres').query<{ count: number }>('SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = $1', [name]);
  return row?.count ?? 0;
}

/** Reads as many pages a second on each, until told to stop. */
async function loadAll(world: World, servers: Server[], seconds: number): Promise<{ requests: number; failed: number; p99: number }> {
  const results = await Promise.all(servers.map(({ url }) => loadMixed(world, { url, duration: seconds, connections: 4, overallRate: READS_PER_SECOND, requests: [pageOf(10), pageOf(100), '/', '/about'].map((path) => ({ path, headers: { 'accept-encoding': 'gzip' } })) })));
  const failed = results.reduce((sum, result) => sum + failedOf(result), 0);
  return { requests: results.reduce((sum, { requests }) => sum + requests, 0), failed, p99: Math.max(...results.map(({ p99 }) => p99)) };
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  await world.database('instances', async () => undefined, 'bench');
  const sql = world.sql('instances');
  const count = times(APPROVALS, pace, 8);
  const waiting = await fillPending(sql, count);
  const servers: Server[] = [];
  for (let number = 0; number < INSTANCES; number += 1) servers.push(await world.serve('instances', 'exact'));
  const links = await sendLinks(sql, waiting);
  for (const { url } of servers) for (const path of ['/', pageOf(10), pageOf(100)]) await ask(url + path);
  const idle = await connectionsOf(world, 'instances');
  const cpu = () => servers.map(({ process }) => process.cpuMs() ?? Number.NaN);
  const [before, begun] = [cpu(), performance.now()];
  const seconds = Math.max(10, count);
  const loading = loadAll(world, servers, seconds);
  let stale = 0;
  for (const [index, [one, token]] of [...links].entries()) {
    const approve = await openLink(servers[index % INSTANCES]!, token);
    for (const server of servers) if ((await shows(server, one)).isShown) throw new Error('A waiting comment was shown.');
    await approve();
    for (const server of servers) if (!(await shows(server, one)).isShown) stale += 1;
    await wait(20);
  }
  const busy = await connectionsOf(world, 'instances');
  const load = await loading;
  const passedMs = performance.now() - begun;
  const used = cpu().reduce((sum, ms, index) => sum + ms - before[index]!, 0);
  const raw = {
    'instances': INSTANCES, 'approvals': count, 'pages read beside them': load.requests, 'failed': load.failed, 'p99 of a read': `${load.p99} ms`,
    'memory of each': `${servers.map(({ process }) => Math.round((process.memory()?.nowBytes ?? Number.NaN) / MB)).join(', ')} MB`,
    'connections to PostgreSQL, quiet': idle, 'connections to PostgreSQL, under load': busy, 'processor time of all four': `${((used / passedMs) * 100).toFixed(0)} % of a core`,
  };
  return [
    { what: 'four instances under load, `exact`: approvals that the next request to any of them did not show', bound: { atMost: 0, unit: 'of them' }, value: stale, raw },
    { what: 'four instances under load: requests that failed', bound: { atMost: 0, unit: 'requests' }, value: load.failed, raw },
  ];
}

export const instances: Measure = {
  name: 'instances',
  how: 'Four production servers on one database with `FRESHNESS=exact`, each read 100 times a second. Waiting comments are approved by the form of a mailed link on one after another; then each of the four is asked for the post.',
  run,
};
