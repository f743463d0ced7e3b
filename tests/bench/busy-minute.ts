import { setTimeout as wait } from 'node:timers/promises';
import { fillBench, LONG_DISCUSSION, pageOf, SIZES } from './content';
import { boxOf, sendComment } from './guests';
import { failedOf, loadMixed } from './load';
import type { Measure, Pace, Row } from './measure';
import { percentile } from './statistics';
import type { World } from './world';
import { chance, prose } from './words';

const SECONDS = 60;
const LEAST_SECONDS = 5;
const COMMENTS_PER_MINUTE = 500;
const READS_PER_SECOND = 1_000;
const COMMENT_WORDS = 40;
const MS_PER_SECOND = 1_000;
const PAGES = [...SIZES.map(pageOf), LONG_DISCUSSION];

export type Sent = { status: number; ms: number };

/** Guests who write so many comments a minute, evenly, each a person of their own; gives what each was answered. */
export async function writeComments(url: string, { perMinute, seconds, first = 0 }: { perMinute: number; seconds: number; first?: number }): Promise<Sent[]> {
  const boxes = await Promise.all(PAGES.map(async (path) => ({ path, fields: await boxOf(url, path) })));
  const random = chance(12 + first);
  const all: Promise<Sent>[] = [];
  const begun = performance.now();
  const passed = () => (performance.now() - begun) / MS_PER_SECOND;
  for (; passed() < seconds; await wait(5)) {
    while (all.length < (passed() * perMinute) / 60) {
      const { path, fields } = boxes[all.length % boxes.length]!;
      all.push(sendComment(url, path, fields, `${prose(COMMENT_WORDS, random)} ${first + all.length}`, first + all.length, random).then(({ status, ms }) => ({ status, ms }), () => ({ status: 0, ms: Number.NaN })));
    }
  }
  return Promise.all(all);
}

async function run(world: World, { share }: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  await world.database('busy', async () => undefined, 'bench');
  const { url, process: server } = await world.serve('busy');
  const seconds = Math.max(LEAST_SECONDS, Math.round(SECONDS * share));
  const requests = [...PAGES, '/', '/about', '/feed.xml'].map((path) => ({ path, headers: { 'accept-encoding': 'gzip' } }));
  await loadMixed(world, { url, duration: 2, requests, overallRate: READS_PER_SECOND });
  const before = server.cpuMs();
  const [reads, comments] = await Promise.all([loadMixed(world, { url, duration: seconds, requests, overallRate: READS_PER_SECOND }), writeComments(url, { perMinute: COMMENTS_PER_MINUTE, seconds })]);
  const after = server.cpuMs();
  const failedReads = failedOf(reads, ['200', '304']);
  const failedComments = comments.filter(({ status }) => status !== 303).length;
  const waits = comments.map(({ ms }) => ms);
  const { rows: [kept] } = await world.sql('busy').query<{ count: number }>(`SELECT count(*)::int AS count FROM "Comment" WHERE email LIKE 'guest-%@example.net'`);
  const raw = {
    'seconds': seconds, 'pages read': reads.requests, 'a second': Math.round(reads.requests / reads.seconds), 'p50 of a read': `${reads.p50} ms`, 'p99 of a read': `${reads.p99} ms`, 'failed reads': failedReads,
    'comments sent': comments.length, 'a minute': Math.round((comments.length * 60) / seconds), 'p50 of a comment': `${percentile(waits, 0.5).toFixed(0)} ms`, 'p99 of a comment': `${percentile(waits, 0.99).toFixed(0)} ms`, 'comments kept': kept?.count ?? 0,
    'processor time of the server': before === null || after === null ? 'not told' : `${(((after - before) / (seconds * MS_PER_SECOND)) * 100).toFixed(0)} % of a core`,
  };
  return [
    { what: '500 comments a minute beside 1 000 reads a second: requests that failed', bound: { atMost: 0, unit: 'requests' }, value: failedReads + failedComments, raw },
    { what: 'the same: comments that were taken and are not there', bound: { atMost: 0, unit: 'comments' }, value: Math.max(0, comments.length - failedComments - (kept?.count ?? 0)), raw },
    { what: 'the same: reads a second that were answered', bound: { atLeast: READS_PER_SECOND * 0.98, unit: 'a second' }, value: reads.requests / reads.seconds, raw },
  ];
}

export const busyMinute: Measure = {
  name: 'busy-minute',
  how: 'One production server for 60 s: pages are read at a steady thousand a second by a process of its own, and guests, each with an address and a name of their own, send the comment box of four posts 500 times a minute, evenly. A comment that is published or waits is answered 303; any other answer, and any read that is not 200 or 304, has failed. Client, server and PostgreSQL share the machine.',
  run,
};
