import { setTimeout as wait } from 'node:timers/promises';
import { ask } from './ask';
import { writeComments } from './busy-minute';
import { ARCHIVE_POSTS, archiveSlug, fillBench, pageOf, SIZES } from './content';
import { compare, failedOf, loadMixed } from './load';
import type { Measure, Pace, Row } from './measure';
import { lineThrough } from './statistics';
import type { Server, World } from './world';

const SECONDS = 12;
const READS_PER_SECOND = [500, 1_000, 1_500, 2_000] as const;
const COMMENTS_PER_MINUTE = [0, 240, 480, 960] as const;
const ROUNDS = 3;
const INSTANCES = 4;
const MB = 1e6;
const MS_PER_SECOND = 1_000;
const GZIP = { 'accept-encoding': 'gzip' };

type Used = { server: number; postgres: number };

/** Processor time that a server and PostgreSQL use while `work` runs, as shares of a core. */
async function whileDoing(world: World, servers: readonly Server[], work: () => Promise<unknown>): Promise<Used> {
  const now = () => ({ server: servers.reduce((sum, { process }) => sum + (process.cpuMs() ?? Number.NaN), 0), postgres: world.postgresCpuMs() ?? Number.NaN, at: performance.now() });
  const before = now();
  await work();
  const after = now();
  const passed = after.at - before.at;
  return { server: (after.server - before.server) / passed, postgres: (after.postgres - before.postgres) / passed };
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
const listed = (values: readonly number[], written: (value: number) => string): string => values.map(written).join(', ');

/** What a read of a kept page costs: processor time at four rates, and the line through them. */
async function ofReads(world: World, seconds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const freshness of ['fast', 'exact'] as const) {
    const server = await world.serve('slopes', freshness);
    const requests = SIZES.map((size) => ({ path: pageOf(size), headers: GZIP }));
    await loadMixed(world, { url: server.url, duration: 3, requests });
    const points: { asked: number; perSecond: number; used: Used; p99: number; failed: number }[] = [];
    for (const asked of READS_PER_SECOND) {
      let perSecond = 0;
      let [p99, failed] = [0, 0];
      const used = await whileDoing(world, [server], async () => {
        const result = await loadMixed(world, { url: server.url, duration: seconds, overallRate: asked, requests });
        [perSecond, p99, failed] = [result.requests / seconds, result.p99, failedOf(result)];
      });
      points.push({ asked, perSecond, used, p99, failed });
    }
    const name = pageOf(10);
    const most = (await compare(world, [{ name, url: server.url + name, headers: GZIP, status: 200, server: server.process }], ROUNDS, seconds / ROUNDS)).get(name)!;
    const line = lineThrough(points.map(({ perSecond, used }) => ({ x: perSecond, y: used.server * 1e6 })));
    const ofPostgres = lineThrough(points.map(({ perSecond, used }) => ({ x: perSecond, y: used.postgres * 1e6 })));
    const upper = lineThrough(points.slice(-2).map(({ perSecond, used }) => ({ x: perSecond, y: used.server * 1e6 })));
    const raw = {
      'freshness': freshness, 'asked a second': listed(READS_PER_SECOND, String), 'answered a second': listed(points.map((point) => point.perSecond), (value) => value.toFixed(0)), 'failed': points.reduce((sum, { failed }) => sum + failed, 0),
      'processor of the server': listed(points.map((point) => point.used.server), percent), 'processor of PostgreSQL': listed(points.map((point) => point.used.postgres), percent), 'p99': `${points.map((point) => point.p99).join(', ')} ms`,
      'slope: server': `${line.slope.toFixed(0)} µs a read`, 'slope: PostgreSQL': `${ofPostgres.slope.toFixed(0)} µs a read`, 'as many as can be had, the client beside it': `${most.perSecond.toFixed(0)} a second, ${most.cpuMicroseconds?.toFixed(0)} µs of the server a read`,
    };
    rows.push({ what: `what a read costs, \`${freshness}\`: slope between the two highest rates against the slope of all`, bound: { atMost: 1.5, unit: '×' }, value: upper.slope / line.slope, raw });
    await world.stopPrograms();
  }
  return rows;
}

/** What a page costs that has to be made: posts asked for the first time, as many as can be had. */
async function ofRenders(world: World, seconds: number): Promise<Row> {
  const server = await world.serve('slopes');
  await ask(server.url + pageOf(10));
  let [made, p99, failed] = [0, 0, 0];
  // Each once: what is kept would be no rendering. More than can be made in that time.
  const requests = Array.from({ length: Math.min(ARCHIVE_POSTS, 400 * seconds) }, (_, number) => ({ path: `/posts/${archiveSlug(number)}`, headers: GZIP }));
  const used = await whileDoing(world, [server], async () => {
    const result = await loadMixed(world, { url: server.url, duration: seconds, connections: 4, requests });
    [made, p99, failed] = [result.requests, result.p99, failedOf(result)];
  });
  await world.stopPrograms();
  const raw = {
    'posts asked for the first time': made, 'a second': (made / seconds).toFixed(0), 'p99': `${p99} ms`, 'processor of the server': percent(used.server), 'processor of PostgreSQL': percent(used.postgres),
    'a page': `${((used.server * seconds * MS_PER_SECOND) / made).toFixed(1)} ms of the server, ${((used.postgres * seconds * MS_PER_SECOND) / made).toFixed(1)} ms of PostgreSQL`,
  };
  return { what: 'pages made for the first time, four at once: that failed', bound: { atMost: 0, unit: 'pages' }, value: failed, raw };
}

/** What a comment costs: processor time at four rates, the room that it takes, and the line through them. */
async function ofComments(world: World, seconds: number): Promise<Row> {
  const server = await world.serve('slopes');
  const sql = world.sql('slopes');
  const size = async () => Number((await sql.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes')).rows[0]?.bytes);
  await writeComments(server.url, { perMinute: 120, seconds: 5, first: 900_000 });
  const begun = await size();
  const points: { perMinute: number; used: Used; refused: number; sent: number }[] = [];
  for (const [index, perMinute] of COMMENTS_PER_MINUTE.entries()) {
    let [refused, sent] = [0, 0];
    const used = await whileDoing(world, [server], async () => {
      const answers = perMinute === 0 ? (await wait(seconds * MS_PER_SECOND), []) : await writeComments(server.url, { perMinute, seconds, first: 100_000 * (index + 1) });
      [sent, refused] = [answers.length, answers.filter(({ status }) => status !== 303).length];
    });
    points.push({ perMinute, used, refused, sent });
  }
  const sent = points.reduce((sum, point) => sum + point.sent, 0);
  const bytes = (await size()) - begun;
  await world.stopPrograms();
  const line = (of: keyof Used) => lineThrough(points.map(({ perMinute, used }) => ({ x: perMinute / 60, y: used[of] * MS_PER_SECOND }))).slope;
  const raw = {
    'a minute': listed(COMMENTS_PER_MINUTE, String), 'sent': sent, 'processor of the server': listed(points.map((point) => point.used.server), percent), 'processor of PostgreSQL': listed(points.map((point) => point.used.postgres), percent),
    'slope: server': `${line('server').toFixed(0)} ms a comment`, 'slope: PostgreSQL': `${line('postgres').toFixed(0)} ms a comment`, 'room': `${Math.round(bytes / sent)} bytes a comment, with its events, mails, jobs and indexes`,
  };
  return { what: 'comments at up to 960 a minute: that were not taken', bound: { atMost: 0, unit: 'comments' }, value: points.reduce((sum, { refused }) => sum + refused, 0), raw };
}

/** What an instance costs that does nothing: memory, connections, processor time, beside up to three others. */
async function ofInstances(world: World, seconds: number): Promise<Row> {
  const sql = world.sql('postgres');
  const servers: Server[] = [];
  const points: { memory: number; connections: number; used: Used }[] = [];
  for (let number = 1; number <= INSTANCES; number += 1) {
    servers.push(await world.serve('slopes'));
    await ask(servers.at(-1)!.url + pageOf(100));
    await wait(3 * MS_PER_SECOND);
    const used = await whileDoing(world, servers, () => wait(seconds * MS_PER_SECOND));
    const { rows: [row] } = await sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = 'slopes'`);
    points.push({ memory: servers.reduce((sum, { process }) => sum + (process.memory()?.nowBytes ?? Number.NaN), 0) / MB, connections: row?.count ?? Number.NaN, used });
  }
  await world.stopPrograms();
  const rises = (of: (point: (typeof points)[number]) => number) => lineThrough(points.map((point, index) => ({ x: index + 1, y: of(point) }))).slope;
  const memory = rises((point) => point.memory);
  const raw = {
    'instances': points.map((_, index) => index + 1).join(', '), 'memory of all': `${listed(points.map((point) => point.memory), (value) => value.toFixed(0))} MB`, 'connections of all': listed(points.map((point) => point.connections), String),
    'processor of all': listed(points.map((point) => point.used.server), (share) => `${(share * 100).toFixed(1)} %`), 'processor of PostgreSQL': listed(points.map((point) => point.used.postgres), (share) => `${(share * 100).toFixed(1)} %`),
    'slope': `${memory.toFixed(0)} MB, ${rises((point) => point.connections).toFixed(1)} connections, ${(rises((point) => point.used.server) * 100).toFixed(1)} % of a core for itself and ${(rises((point) => point.used.postgres) * 100).toFixed(1)} % of PostgreSQL’s`,
  };
  return { what: 'memory of each further instance against that of the first', bound: { atMost: 1.2, unit: '×' }, value: memory / points[0]!.memory, raw };
}

async function run(world: World, { share }: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  await world.database('slopes', async () => undefined, 'bench');
  // What is left to be written of the copy is no reader's.
  await world.sql('slopes').query('CHECKPOINT');
  const seconds = Math.max(4, Math.round(SECONDS * share));
  return [...(await ofReads(world, seconds)), await ofRenders(world, seconds), await ofComments(world, seconds), await ofInstances(world, seconds)];
}

export const slopes: Measure = {
  name: 'slopes',
  how: 'What one more of something costs, as the slope of the line through four sizes of it: kept pages read at 500 to 2 000 a second, guests’ comments at none to 960 a minute, one to four instances at rest. Processor time of server and PostgreSQL from /proc, memory, connections, size of the database. Besides: as many reads, and as many pages made for the first time, as can be had. For docs/scale.md.',
  run,
};
