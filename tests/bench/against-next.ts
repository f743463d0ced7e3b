import { ask } from './ask';
import { Child } from './child';
import { fillBench, pageOf, SIZES } from './content';
import { buildIsr, ISR_FOLDER } from './isr-build';
import { kept, ratio, rawRates } from './kept-pages';
import { compare, type Contender } from './load';
import { type Measure, type Pace, type Row, times } from './measure';
import { inProject } from '../../server/project';
import { freePort, type Server, type World } from './world';

const ROUNDS = 5;
const PATIENCE_MS = 60_000;
const GZIP = { 'accept-encoding': 'gzip' };

async function serveIsr(world: World): Promise<Server> {
  const databaseUrl = world.addressOf('bench');
  await buildIsr(databaseUrl, undefined);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const words = [inProject('node_modules/next/dist/bin/next'), 'start', ISR_FOLDER, '--port', String(port)];
  const server = world.started(new Child(words, { NODE_ENV: 'production', DATABASE_URL: databaseUrl, AUTH_SECRET: process.env.AUTH_SECRET ?? '', SOAPBOX_ENHANCE: '/enhance/enhance.js' }));
  await server.untilAnswering(`${url}/privacy`, PATIENCE_MS);
  return { url, process: server };
}

/** @throws unless Next itself says that its answer came from what it keeps */
async function checkIsKept(url: string): Promise<number> {
  await ask(url, { headers: GZIP });
  const { status, headers, body } = await ask(url, { headers: GZIP });
  if (status !== 200 || headers['x-nextjs-cache'] !== 'HIT') throw new Error(`Next did not keep ${url}: ${status}, x-nextjs-cache ${headers['x-nextjs-cache']}.`);
  return body.length;
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  // First the blog, whose start makes what both builds need.
  const blog = await world.serve('bench');
  const isr = await serveIsr(world);
  const rows: Row[] = [];
  for (const size of SIZES) {
    const path = pageOf(size);
    const bytes = await checkIsKept(isr.url + path);
    const { body } = await kept(blog.url + path);
    const contender = (name: string, { url, process }: Server): Contender => ({ name, url: url + path, headers: GZIP, status: 200, server: process });
    const rates = await compare(world, [contender('Next', isr), contender('blog', blog)], times(ROUNDS, pace, 1), pace.seconds);
    const raw = { 'Next: bytes of the body': bytes, 'blog: bytes of the body': body.length, ...rawRates(rates) };
    rows.push({ what: `kept post page, ${size} comments, gzip, \`fast\`, against Next’s own kept answer of the same page`, bound: { atLeast: 15, unit: '×' }, value: ratio(rates, 'blog', 'Next'), raw });
  }
  return rows;
}

export const againstNext: Measure = {
  name: 'next',
  how: 'A second build of the same `app`, `components` and `lib` in which Next keeps the pages itself (`revalidate = 3600`), with Next’s own compression and ETags, served by `next start` on the same database; `x-nextjs-cache: HIT` is checked first. Load as in `kept`.',
  run,
};
