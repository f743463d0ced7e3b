import { ask, type Asked } from './ask';
import { serveBare } from './bare';
import { fillBench, pageOf, SIZES } from './content';
import { compare, type Contender, type Rate } from './load';
import { type Measure, type Pace, type Row, times } from './measure';
import type { Server, World } from './world';

const ROUNDS = 5;
const GZIP = { 'accept-encoding': 'gzip' };

/** A page that has been asked for often enough to be kept. */
export async function kept(url: string, headers: Record<string, string> = GZIP): Promise<Asked> {
  await ask(url, { headers });
  const answer = await ask(url, { headers });
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`);
  return answer;
}

const onLocalhost = (server: Server, name: string, path: string): Contender => ({ name, url: server.url + path, headers: GZIP, status: 200, server: server.process });

/** Kept pages of both settings of FRESHNESS against a bare server that sends the same bytes. */
async function run(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  const fast = await world.serve('bench');
  const exact = await world.serve('bench', 'exact');
  const answers = new Map<string, Asked>();
  for (const size of SIZES) answers.set(pageOf(size), await kept(fast.url + pageOf(size)));
  const bare = await serveBare(world, answers);
  const rows: Row[] = [];
  for (const size of SIZES) {
    const path = pageOf(size);
    await kept(exact.url + path);
    const contenders = [onLocalhost(bare, 'bare', path), onLocalhost(fast, 'fast', path), onLocalhost(exact, 'exact', path)];
    const rates = await compare(world, contenders, times(ROUNDS, pace, 1), pace.seconds);
    const raw = { 'bytes of the body': answers.get(path)?.body.length ?? 0, ...rawRates(rates) };
    rows.push({ what: `kept post page, ${size} comments, gzip, \`fast\`, against a bare Node server`, bound: { atLeast: 0.9, unit: '×' }, value: ratio(rates, 'fast', 'bare'), raw });
    rows.push({ what: `the same with \`exact\`, ${size} comments`, bound: { atLeast: 0.55, unit: '×' }, value: ratio(rates, 'exact', 'bare'), raw });
  }
  return rows;
}

/** How many times as many answers a second `name` gives as `other`. */
export const ratio = (rates: ReadonlyMap<string, Rate>, name: string, other: string): number =>
  (rates.get(name)?.perSecond ?? Number.NaN) / (rates.get(other)?.perSecond ?? Number.NaN);

/** The rates by name, as raw numbers. */
export const rawRates = (rates: ReadonlyMap<string, Rate>): Record<string, number | string> =>
  Object.fromEntries([...rates].flatMap(([name, { perSecond, cpuMicroseconds }]) => [
    [`${name}: answers a second`, Math.round(perSecond)],
    [`${name}: processor time of the server for one answer`, cpuMicroseconds === null ? 'not told by this system' : `${Math.round(cpuMicroseconds)} µs`],
  ]));

/** Answers without a body against whole ones, of the same kept page. */
async function runNotModified(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  const fast = await world.serve('bench');
  const whole = onLocalhost(fast, 'whole', pageOf(100));
  const { headers } = await kept(whole.url);
  const unchanged: Contender = { ...whole, name: 'unchanged', headers: { ...GZIP, 'if-none-match': headers.etag ?? '' }, status: 304 };
  const rates = await compare(world, [whole, unchanged], times(ROUNDS, pace, 1), pace.seconds);
  return [{ what: '304 against 200 of the same page, 100 comments', bound: { atLeast: 1.2, unit: '×' }, value: ratio(rates, 'unchanged', 'whole'), raw: rawRates(rates) }];
}

export const keptPages: Measure = {
  name: 'kept',
  how: 'The production server, `FRESHNESS=fast` and `exact`, and a bare Node `http` server in a process of its own that was given status, headers and bytes of the blog’s answer and does `writeHead` and `end`. Load by wrk where the machine has it, else by autocannon in a process of its own, 16 connections, `Accept-Encoding: gzip`; each warmed, then rounds in turn, the median counts. autocannon is slower than these servers, so with it the client is what is measured: the processor time per answer shows what the servers alone spend.',
  run,
};

export const notModified: Measure = {
  name: '304',
  how: 'As `kept`: the page with 100 comments with and without `If-None-Match`.',
  run: runNotModified,
};
