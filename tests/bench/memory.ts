import { setTimeout as wait } from 'node:timers/promises';
import { ARCHIVE_POSTS, archiveSlug, fillBench, LONG_DISCUSSION, pageOf, SIZES } from './content';
import { loadMixed, type LoadOptions } from './load';
import type { Measure, Pace, Row } from './measure';
import { kept } from './kept-pages';
import type { World } from './world';
import { chance, pick } from './words';

const SECONDS = 60;
const MB = 1e6;
const SAMPLE_MS = 500;
const REQUESTS = 8_000;

type Requests = NonNullable<LoadOptions['requests']>;

/** Pages that are kept, pages that are not yet, 304s, noise in the query, addresses that lead nowhere, in all encodings. */
function mixed(etag: string): Requests {
  const random = chance(8);
  const encodings = ['gzip', 'br', 'identity', 'gzip, deflate, br'];
  const hot = [...SIZES.map(pageOf), LONG_DISCUSSION, '/', '/about'];
  const kinds: (() => Requests[number])[] = [
    () => ({ path: pick(hot, random) }),
    () => ({ path: pick(hot, random) }),
    () => ({ path: pageOf(100), headers: { 'accept-encoding': 'gzip', 'if-none-match': etag } }),
    () => ({ path: `/posts/${archiveSlug(Math.floor(random() * ARCHIVE_POSTS))}` }),
    () => ({ path: `${pick(hot, random)}?utm_source=${Math.floor(random() * 1e9)}` }),
    () => ({ path: `${pageOf(100)}?replytocom=${Math.floor(random() * 1e9)}` }),
    () => ({ path: `/nothing-${Math.floor(random() * 1e9)}` }),
    () => ({ path: pick(['/page/2', '/page/3', '/categories/category-1', '/tags/tag-1', '/archive/2020/05', `${LONG_DISCUSSION}/comments/2`], random) }),
  ];
  return Array.from({ length: REQUESTS }, () => ({ headers: { 'accept-encoding': pick(encodings, random) }, ...pick(kinds, random)() }));
}

async function run(world: World, { share }: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  const { url, process: server } = await world.serve('bench');
  const { headers } = await kept(url + pageOf(100));
  const seconds = Math.max(5, Math.round(SECONDS * share));
  let isOver = false;
  let highest = 0;
  const sampling = (async () => {
    while (!isOver) {
      highest = Math.max(highest, server.memory()?.nowBytes ?? 0);
      await wait(SAMPLE_MS);
    }
  })();
  const result = await loadMixed(world, { url, duration: seconds, requests: mixed(headers.etag ?? '') }).finally(() => { isOver = true; });
  await sampling;
  const memory = server.memory();
  if (!memory) throw new Error('This system does not tell how much memory a process uses.');
  const answers = Object.entries(result.answers).map(([status, count]) => `${count} × ${status}`).join(', ');
  const megabytes = (bytes: number) => `${Math.round(bytes / MB)} MB`;
  const raw = { 'seconds of load': seconds, answers, 'errors': result.errors, 'at its highest, looking twice a second': megabytes(highest), 'sum of each process’s peak': megabytes(memory.peakBytes), 'after the load': megabytes(memory.nowBytes) };
  return [{ what: 'resident memory of the server and its children, at the peak of 60 s of mixed load', bound: { under: 400, unit: 'MB' }, value: memory.peakBytes / MB, raw }];
}

export const memory: Measure = {
  name: 'memory',
  how: 'A fresh production server under 60 s of load by 16 connections: kept pages, posts asked for the first time, 304s, `?utm_source=…` and `?replytocom=…`, addresses that lead nowhere, all encodings. VmRSS and VmHWM of the process and its children from /proc, without PostgreSQL.',
  run,
};
