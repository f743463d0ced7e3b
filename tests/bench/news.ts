import net from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { ask } from './ask';
import { serveBare } from './bare';
import type { Child } from './child';
import { fillBench, pageOf } from './content';
import { kept, rawRates } from './kept-pages';
import { compare } from './load';
import { type Measure, type Pace, type Row, times } from './measure';
import type { World } from './world';

const OPEN_PAGES = 10_000;
const ASKS_PER_SECOND = OPEN_PAGES / 60;
const SECONDS = 20;
const LEAST_SECONDS = 3;
const ROUNDS = 3;
const PATIENCE_MS = 10_000;
const MS_PER_SECOND = 1_000;
const MICROSECONDS_PER_SECOND = 1e6;
const PATH = `${pageOf(100)}/count`;

// As a browser sends them: what is read of each request costs too.
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', accept: '*/*', 'accept-language': 'en-GB,en;q=0.9,de;q=0.7',
  'accept-encoding': 'gzip, deflate, br, zstd', 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin',
};

/** Pages that are open and ask, each over the connection that has waited longest, or over a new one every time. */
class OpenPages {
  private readonly waiting: net.Socket[] = [];
  private readonly port: number;
  private readonly request: string;

  constructor(url: string, etag: string, private readonly isKept: boolean) {
    this.port = Number(new URL(url).port);
    const lines = Object.entries({ host: new URL(url).host, connection: 'keep-alive', ...BROWSER, 'if-none-match': etag }).map(([name, value]) => `${name}: ${value}\r\n`);
    this.request = `GET ${PATH} HTTP/1.1\r\n${lines.join('')}\r\n`;
  }

  /** @throws when it is not told that all is as it was */
  private askOnce(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = this.waiting.shift() ?? net.connect(this.port, 'localhost').setTimeout(PATIENCE_MS);
      const fail = () => reject(new Error('A connection of an open page was cut.'));
      socket.once('close', fail).once('data', (bytes) => {
        socket.off('close', fail);
        const status = bytes.toString('latin1').split('\r\n', 1)[0] ?? '';
        if (!status.startsWith('HTTP/1.1 304 ')) reject(new Error(`An open page was answered “${status}”.`));
        if (this.isKept) this.waiting.push(socket);
        else socket.destroy();
        resolve();
      });
      socket.write(this.request);
    });
  }

  /** As many as there are ask for so long, evenly; gives how often. */
  async askFor(seconds: number): Promise<number> {
    const all: Promise<void>[] = [];
    const begun = performance.now();
    for (let passed = 0; passed < seconds; passed = (performance.now() - begun) / MS_PER_SECOND) {
      while (all.length < passed * ASKS_PER_SECOND) all.push(this.askOnce());
      await wait(1);
    }
    await Promise.all(all);
    return all.length;
  }

  close(): void {
    for (const socket of this.waiting) socket.destroy();
  }
}

/** The share of one core, in per cent, that a server uses while something happens. @throws where the system does not tell */
async function shareOf(server: Child, work: () => Promise<unknown>): Promise<number> {
  const [before, begun] = [server.cpuMs(), performance.now()];
  await work();
  const after = server.cpuMs();
  if (before === null || after === null) throw new Error('This system does not tell how much processor time a process uses.');
  return ((after - before) / (performance.now() - begun)) * 100;
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  const { url, process: server } = await world.serve('bench');
  const exact = await world.serve('bench', 'exact');
  const { headers, body } = await kept(url + PATH, BROWSER);
  await kept(exact.url + PATH, BROWSER);
  const conditional = { ...BROWSER, 'if-none-match': headers.etag ?? '' };
  const bare = await serveBare(world, new Map([[PATH, await ask(url + PATH, { headers: conditional })]]));
  const rates = await compare(world, [{ name: 'unchanged', url: url + PATH, headers: conditional, status: 304, server }], times(ROUNDS, pace, 1), pace.seconds);

  const seconds = Math.max(LEAST_SECONDS, Math.round(SECONDS * pace.share));
  const atPace = async ({ url: to, process: by }: { url: string; process: Child }, isKept = true): Promise<number> => {
    const pages = new OpenPages(to, headers.etag ?? '', isKept);
    await pages.askFor(LEAST_SECONDS);
    return shareOf(by, () => pages.askFor(seconds)).finally(() => pages.close());
  };
  const idle = await shareOf(server, () => wait(seconds * MS_PER_SECOND));
  const shares = { asking: await atPace({ url, process: server }), bare: await atPace(bare), exact: await atPace(exact), anew: await atPace({ url, process: server }, false) };
  const text = (share: number) => `${share.toFixed(2)} % of a core`;
  const raw = {
    'bytes of the body': body.length, 'asked a second': Math.round(ASKS_PER_SECOND), 'seconds of each': seconds, ...rawRates(rates),
    'nobody asks': text(idle), 'all ask, over kept connections': text(shares.asking), 'the same of a bare Node server that says 304': text(shares.bare),
    'the same with `exact`, one query to the database for each': text(shares.exact), 'all ask, each over a new connection': text(shares.anew),
  };
  const bound = { atMost: 5, unit: '% of a core' };
  const one = rates.get('unchanged')?.cpuMicroseconds ?? Number.NaN;
  return [
    { what: '10 000 open pages that ask once a minute for new comments: 167 answers a second, each of which takes what it takes under full load', bound, value: ((one * ASKS_PER_SECOND) / MICROSECONDS_PER_SECOND) * 100, raw },
    { what: 'the same at its own pace, where each wakes the process, beyond what it uses while nobody asks', bound, value: shares.asking - idle, raw },
  ];
}

export const news: Measure = {
  name: 'news',
  how: 'The production server is asked for `/posts/SLUG/count`, each time with `If-None-Match` and the headers of a browser: first as `kept` does, by 16 connections as fast as it goes; then 167 times a second, evenly, for 20 s, as 10 000 open pages do, over connections that are kept, as browsers and proxies keep them. Processor time from /proc, without PostgreSQL. The second asks for a machine that does nothing else: each answer wakes a process whose caches others have used meanwhile; a bare Node server at the same pace, in the raw numbers, shows how much of it is that.',
  run,
};
