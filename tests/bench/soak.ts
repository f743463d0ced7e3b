import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { writeComments } from './busy-minute';
import { ARCHIVE_POSTS, archiveSlug, fillBench, LONG_DISCUSSION, pageOf, SIZES } from './content';
import { failedOf, loadMixed, type LoadOptions } from './load';
import type { Measure, Pace, Row } from './measure';
import { median } from './statistics';
import type { World } from './world';
import { chance, pick } from './words';

const MINUTES = 10;
/** By then caches are full, and what is compiled while it runs is. */
const SETTLED_MINUTES = 3;
const READS_PER_SECOND = 300;
const COMMENTS_PER_MINUTE = 60;
const REQUESTS = 4_000;
/** Of so many requests one is for a page that has to be made. */
const MADE_IN = 25;
const MB = 1e6;
const SAMPLE_MS = 1_000;

/** Tables that grow by what people write here, and those that something sweeps; any other that grows has been forgotten. */
const GROWS: Record<string, string> = {
  Comment: 'what is written', ModerationEvent: 'what was decided on it', DecisionLink: 'forget-links', Mail: 'retention', QueueCount: 'fold-counts', RateLimit: 'forget-limits', NetworkKey: 'retention', ReadMark: 'tidy-reads', ReadSalt: 'tidy-reads', ReadCount: 'one number a post and day', SearchWord: 'the words of the posts',
  SpamFeature: 'signs of what people decided', SpamLesson: 'learn', PageVersion: 'one for each of 64 slots', Session: 'retention', 'pgboss.job': 'pg-boss', 'pgboss.archive': 'pg-boss',
};

/** How many rows each table has. */
async function countRows(sql: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ schema: string; name: string }>(`SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss') AND tablename <> '_prisma_migrations'`);
  const counted = await Promise.all(rows.map(async ({ schema, name }) => {
    const { rows: [row] } = await sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${schema}"."${name}"`);
    return [schema === 'public' ? name : `${schema}.${name}`, row?.count ?? 0] as const;
  }));
  // pg-boss keeps each queue's jobs in a table of its own.
  return new Map(counted.filter(([name]) => !/^pgboss\.j[0-9a-f]{20,}/.test(name)));
}

function mixed(): NonNullable<LoadOptions['requests']> {
  const random = chance(9);
  const hot = [...SIZES.map(pageOf), LONG_DISCUSSION, '/', '/about', '/feed.xml'];
  // What is made for the one who asks: a machine that has to make more of it than it can is a line of people, and no soak.
  const made = [() => `/posts/${archiveSlug(Math.floor(random() * ARCHIVE_POSTS))}`, () => `/search?q=word${Math.floor(random() * 40)}`, () => `/nothing-${Math.floor(random() * 1e9)}`];
  return Array.from({ length: REQUESTS }, (_, n) => ({ path: n % MADE_IN === 0 ? pick(made, random)() : pick(hot, random), headers: { 'accept-encoding': 'gzip' } }));
}

async function run(world: World, { share }: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  await world.database('soak', async () => undefined, 'bench');
  const sql = world.sql('soak');
  const { url, process: server } = await world.serve('soak');
  const minuteSeconds = Math.max(5, Math.round(60 * share));
  const requests = mixed();
  const before = await countRows(sql);
  const minutes: { p50: number; p99: number; megabytes: number; failed: number; reads: number; comments: number }[] = [];
  const answered = new Map<string, number>();
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const sizes: number[] = [];
    let isOver = false;
    const sampling = (async () => {
      for (; !isOver; await wait(SAMPLE_MS)) sizes.push(server.memory()?.nowBytes ?? Number.NaN);
    })();
    const [reads, comments] = await Promise.all([
      loadMixed(world, { url, duration: minuteSeconds, requests, overallRate: READS_PER_SECOND }),
      writeComments(url, { perMinute: COMMENTS_PER_MINUTE, seconds: minuteSeconds, first: minute * 10_000 }),
    ]).finally(() => { isOver = true; });
    await sampling;
    for (const [status, count] of Object.entries(reads.answers)) answered.set(status, (answered.get(status) ?? 0) + count);
    const failed = failedOf(reads, ['200', '304', '404']) + comments.filter(({ status }) => status !== 303).length;
    minutes.push({ p50: reads.p50, p99: reads.p99, megabytes: median(sizes) / MB, failed, reads: reads.requests, comments: comments.length });
  }
  const after = await countRows(sql);
  const grown = [...after].filter(([name, count]) => count > (before.get(name) ?? 0));
  const forgotten = grown.filter(([name]) => !(name in GROWS)).map(([name]) => name);
  const [settled, last] = [minutes.slice(SETTLED_MINUTES, SETTLED_MINUTES + 3), minutes.slice(-3)];
  const of = (part: typeof minutes, name: 'p99' | 'megabytes') => median(part.map((minute) => minute[name]));
  const raw = {
    'seconds of each minute': minuteSeconds, 'pages read': minutes.reduce((sum, { reads }) => sum + reads, 0), 'comments': minutes.reduce((sum, { comments }) => sum + comments, 0), 'answers': [...answered].map(([status, count]) => `${count} × ${status}`).join(', '), 'failed': minutes.reduce((sum, { failed }) => sum + failed, 0),
    'memory, minute by minute': `${minutes.map(({ megabytes }) => Math.round(megabytes)).join(', ')} MB`, 'p50, minute by minute': `${minutes.map(({ p50 }) => p50).join(', ')} ms`, 'p99, minute by minute': `${minutes.map(({ p99 }) => p99).join(', ')} ms`,
    'tables that grew': grown.map(([name, count]) => `${name} +${count - (before.get(name) ?? 0)} (${GROWS[name] ?? 'nothing sweeps it'})`).join(', ') || 'none',
  };
  return [
    { what: 'ten minutes of soak: requests that failed', bound: { atMost: 0, unit: 'requests' }, value: minutes.reduce((sum, { failed }) => sum + failed, 0), raw },
    { what: 'ten minutes of soak: memory of the last three minutes against that of minutes four to six', bound: { atMost: 1.1, unit: '×' }, value: of(last, 'megabytes') / of(settled, 'megabytes'), raw },
    { what: 'ten minutes of soak: p99 of the last three minutes against that of minutes four to six', bound: { atMost: 1.5, unit: '×' }, value: of(last, 'p99') / of(settled, 'p99'), raw },
    { what: 'ten minutes of soak: tables that grow, and that nothing sweeps', bound: { atMost: 0, unit: 'tables' }, value: forgotten.length, raw },
  ];
}

export const soak: Measure = {
  name: 'soak',
  how: 'One production server for ten minutes at a steady 300 requests a second, one in 25 of which is for a page that has to be made (posts asked for the first time, searches, addresses that lead nowhere), and 60 comments a minute of as many people. Each minute its memory (median of a look a second, children included, without PostgreSQL) and p99. Rows of every table before and after.',
  run,
};
