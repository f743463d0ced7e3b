import { renderToStaticMarkup } from 'react-dom/server';
import pg from 'pg';
import { announce } from '../../lib/db/change';
import { postTag } from '../../lib/cache-tags';
import { ask } from './ask';
import { fillBench, pageOf } from './content';
import { type Measure, type Pace, type Row, times } from './measure';
import { fillToMillion } from './million';
import { median } from './statistics';
import { PostPageTree } from './tree';
import { readPostPage } from './views';
import type { Server, World } from './world';

const WARM_UPS = 40;
const RENDERS = 60;
const TRIES = 200;
const IDENTITY = { 'accept-encoding': 'identity' };
const POST = pageOf(100);
const SLUG = POST.split('/')[2]!;

/** Gives the post with 100 comments another title, as a change of the blog would, so that every page that shows it is rendered anew. */
async function rename(client: pg.Client, title: string): Promise<void> {
  await client.query('BEGIN');
  const { rows } = await client.query<{ id: string }>('UPDATE "Post" SET title = $1 WHERE slug = $2 RETURNING id', [title, SLUG]);
  await announce((sql, values) => client.query(sql, values), ['posts', postTag(rows[0]!.id)]);
  await client.query('COMMIT');
}

let renames = 0;

/** Milliseconds of the first request for a page after a change that it shows, uncompressed. */
async function firstRenderMs(client: pg.Client, server: Server, path: string): Promise<number> {
  const title = `Renamed ${(renames += 1)}`;
  await rename(client, title);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const { status, body, ms } = await ask(server.url + path, { headers: IDENTITY });
    if (status !== 200) throw new Error(`${path} answered ${status}.`);
    // Else the notice has not arrived yet, and this was a kept page.
    if (body.includes(`${title}<`)) return ms;
  }
  throw new Error(`${path} never showed its new title.`);
}

async function connected<T>(world: World, database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: world.addressOf(database) });
  await client.connect();
  return work(client).finally(() => client.end());
}

/** A page's first answer against nothing but React making the same markup. */
async function runAgainstReact(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  await world.database('first_render', async () => undefined, 'bench');
  const server = await world.serve('first_render');
  const page = await world.asBlog('first_render', () => readPostPage(SLUG));
  const [answers, renders]: [number[], number[]] = [[], []];
  let bytes = 0;
  let cpuBefore: number | null = null;
  const count = times(RENDERS, pace, 10);
  await connected(world, 'first_render', async (client) => {
    for (let round = 0; round < WARM_UPS + count; round++) {
      if (round === WARM_UPS) cpuBefore = server.process.cpuMs();
      const answer = await firstRenderMs(client, server, POST);
      const begun = performance.now();
      bytes = renderToStaticMarkup(<PostPageTree {...page} />).length;
      const render = performance.now() - begun;
      if (round >= WARM_UPS) answers.push(answer);
      if (round >= WARM_UPS) renders.push(render);
    }
  });
  const cpuAfter = server.process.cpuMs();
  const raw = {
    'first answer, median': `${median(answers).toFixed(1)} ms`, 'first answer, shortest': `${Math.min(...answers).toFixed(1)} ms`,
    'processor time of the server for one of them, compression and its other threads included': cpuBefore === null || cpuAfter === null ? 'not told by this system' : `${((cpuAfter - cpuBefore) / count).toFixed(1)} ms`,
    'renderToStaticMarkup, median': `${median(renders).toFixed(1)} ms`,
    'characters of React’s markup': bytes, 'requests, one after another': answers.length,
  };
  return [{ what: 'first render of a post page with 100 comments, uncompressed, against `renderToStaticMarkup` of the same tree', bound: { atMost: 3, unit: '×' }, value: median(answers) / median(renders), raw }];
}

/** The same pages with a thousand and with a million comments in the table. */
async function runAgainstMillion(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  await world.database('thousand', async () => undefined, 'bench');
  await world.database('million', fillToMillion, 'bench');
  const [small, large] = [await world.serve('thousand'), await world.serve('million')];
  const rows: Row[] = [];
  for (const [what, path] of [['post page with 100 comments', POST], ['front page', '/']] as const) {
    const [few, many]: [number[], number[]] = [[], []];
    await connected(world, 'thousand', (thousand) => connected(world, 'million', async (million) => {
      for (let round = 0; round < WARM_UPS + times(RENDERS, pace, 10); round++) {
        const one = await firstRenderMs(thousand, small, path);
        const other = await firstRenderMs(million, large, path);
        if (round >= WARM_UPS) few.push(one);
        if (round >= WARM_UPS) many.push(other);
      }
    }));
    const raw = { 'a thousand, median': `${median(few).toFixed(1)} ms`, 'a million, median': `${median(many).toFixed(1)} ms`, 'requests to each, in turn': few.length };
    rows.push({ what: `first render of the ${what}, a million comments in the table against a thousand`, bound: { atMost: 1.3, unit: '×' }, value: median(many) / median(few), raw });
  }
  return rows;
}

export const firstRender: Measure = {
  name: 'render',
  how: 'One request after another for a page that a change has just made stale (the post gets another title), `Accept-Encoding: identity`, from sending to the last byte; in turn with `renderToStaticMarkup` of the same components with the same data, production React, in the process of the bench. Both warmed by 40 rounds; medians. Where the time goes: [first-render.md](first-render.md).',
  run: runAgainstReact,
};

export const million: Measure = {
  name: 'million',
  how: 'Two production servers on two databases with the same five thousand posts, terms and links, one with a thousand comments and one with a million; each change and request is made on both in turn, as `render`; medians.',
  run: runAgainstMillion,
};
