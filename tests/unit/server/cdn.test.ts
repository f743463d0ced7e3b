import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Cdn } from '@/lib/cdn-address';
import { log } from '@/lib/log';
import { cdnHeaders, cdnMaxAge } from '@/server/cdn';
import { createPurger, type Pauses, type Purger } from '@/server/cdn-purge';

const TOKEN = 'a-secret-token';
const ZONE = '0123456789abcdef0123456789abcdef';
const NEVER_MS = 600_000;
const QUICK: Partial<Pauses> = { firstMs: 1, gatherMs: 1, againMs: NEVER_MS, retryMs: 5, retryMostMs: 20, patienceMs: 2_000, lastMs: 500 };

type Asked = { method: string; url: string; headers: IncomingMessage['headers']; body: string; at: number };
type Said = { status: number; headers?: Record<string, string>; body?: string } | 'nothing';

/** A provider's API: what it was asked, and what it says next; when nothing is planned, that it is done. */
class Provider {
  readonly asked: Asked[] = [];
  readonly says: Said[] = [];
  url = '';
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => { body += text; }).on('end', () => {
      this.asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body, at: Date.now() });
      const said = this.says.shift() ?? { status: 200 };
      if (said !== 'nothing') response.writeHead(said.status, said.headers).end(said.body ?? '{"success":true}');
    });
  });

  async open(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get host(): string {
    return new URL(this.url).host;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }
}

let provider: Provider;
const open: Purger[] = [];
const logged: string[] = [];

beforeEach(async () => {
  provider = new Provider();
  await provider.open();
  for (const level of ['error', 'warn', 'info'] as const) {
    vi.spyOn(log, level).mockImplementation((...words: unknown[]) => void logged.push(`${level} ${JSON.stringify(words)}`));
  }
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((purger) => purger.close()));
  await provider.close();
  logged.length = 0;
  vi.restoreAllMocks();
});

const hook = (): Cdn => ({ kind: 'hook', url: `${provider.url}/forget?key=${TOKEN}`, authorization: `Basic ${TOKEN}` });

/** A purger that is not the leader yet, with pauses of milliseconds. */
function purgerFor(cdn: Cdn, pauses: Partial<Pauses> = {}, more: { now?: () => Date; fetch?: typeof fetch } = {}): Purger {
  const purger = createPurger({ cdn, bases: { fastly: provider.url, cloudflare: provider.url }, pauses: { ...QUICK, ...pauses }, ...more });
  open.push(purger);
  return purger;
}

/** One that leads, and whose first purge of everything is done. */
async function leaderFor(cdn: Cdn, pauses?: Partial<Pauses>, more?: { now?: () => Date; fetch?: typeof fetch }): Promise<Purger> {
  const purger = purgerFor(cdn, pauses, more);
  purger.lead(true);
  await done(purger);
  provider.asked.length = 0;
  return purger;
}

const done = (purger: Purger) => vi.waitFor(() => expect(purger.state().targets.map(({ waiting, reason }) => [waiting, reason])).toEqual(purger.state().targets.map(() => [0, null])), { timeout: 10_000, interval: 2 });
const askedFor = (count: number) => vi.waitFor(() => expect(provider.asked.length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 2 });
const tagsOf = ({ headers }: Asked) => String(headers['surrogate-key']).split(' ');

test('a CDN is told to keep a page for an hour, by its tags, and browsers are told nothing', () => {
  expect(cdnHeaders(['site', 'posts', 'post:7'], 99_999)).toEqual({
    'CDN-Cache-Control': 'public, max-age=3600', 'Surrogate-Control': 'max-age=3600',
    'Surrogate-Key': 'site posts post:7', 'Cache-Tag': 'site,posts,post:7',
  });
});

test('every kept page can be purged by the tag of the whole site', () => {
  expect(cdnHeaders(['posts'], 60)['Surrogate-Key']).toBe('site posts');
});

test.each([0, 0.9, -1, Number.NaN])('for %s seconds a page is not kept at all', (seconds) => {
  expect(cdnHeaders(['posts'], seconds)).toEqual({});
});

test.each([
  [null, 3_600], ['2026-05-13T13:00:00Z', 3_600], ['2026-05-14T00:00:00Z', 3_600],
  ['2026-05-13T12:00:10.900Z', 10], ['2026-05-13T12:00:00.400Z', 0], ['2026-05-13T11:00:00Z', 0],
])('what is right until %s is kept for %i seconds', (keepUntil, seconds) => {
  expect(cdnMaxAge(keepUntil === null ? Infinity : Date.parse(keepUntil), Date.parse('2026-05-13T12:00:00Z'))).toBe(seconds);
});

test('a page that shows very many posts carries one tag for all of them, which every purge of a post names', async () => {
  const headers = cdnHeaders(['posts', ...Array.from({ length: 200 }, (_, index) => `post:${'0'.repeat(30)}${index}`)], 60);
  expect(headers['Surrogate-Key']).toBe('site posts many-posts');
  const purger = await leaderFor(hook());
  purger.purge(['post:1']);
  await askedFor(1);
  expect(tagsOf(provider.asked[0]!)).toContain('many-posts');
});

test('Fastly gets a batch of keys, hard', async () => {
  const purger = await leaderFor({ kind: 'fastly', token: TOKEN, serviceId: 'SU1Z0isxPaozGVKXdv0eY' });
  purger.purge(['posts', 'post:7']);
  await askedFor(1);
  const [{ method, url, headers }] = provider.asked as [Asked];
  expect([method, url]).toEqual(['POST', '/service/SU1Z0isxPaozGVKXdv0eY/purge']);
  expect(headers).toMatchObject({ 'fastly-key': TOKEN, 'surrogate-key': 'posts post:7 many-posts' });
  expect(headers).not.toHaveProperty('fastly-soft-purge');
});

test('Cloudflare gets the tags of a zone, and has purged when it says so', async () => {
  const purger = await leaderFor({ kind: 'cloudflare', token: TOKEN, zoneId: ZONE });
  provider.says.push({ status: 200, body: '{"success":false,"errors":[{"code":1}]}' }, { status: 200, body: 'no JSON' });
  purger.purge(['posts']);
  await askedFor(3);
  for (const { method, url, headers, body } of provider.asked) {
    expect([method, url, headers.authorization, JSON.parse(body)]).toEqual(['POST', `/client/v4/zones/${ZONE}/purge_cache`, `Bearer ${TOKEN}`, { tags: ['posts'] }]);
  }
  await done(purger);
});

test('every Varnish is told, and one that is down does not keep the others waiting', async () => {
  const down = new Provider();
  await down.open();
  await down.close();
  const purger = purgerFor({ kind: 'varnish', hosts: [down.host, provider.host] });
  purger.lead(true);
  await askedFor(1);
  purger.purge(['post:7']);
  await askedFor(2);
  expect(provider.asked.map(({ method, url, headers }) => [method, url, headers['xkey-purge']])).toEqual([['PURGE', '/', 'site'], ['PURGE', '/', 'post:7 many-posts']]);
  const [first, second] = purger.state().targets;
  expect(first).toMatchObject({ name: `Varnish at ${down.host}`, reason: 'It cannot be reached (ECONNREFUSED).', purgedAt: null });
  expect(second).toMatchObject({ name: `Varnish at ${provider.host}`, reason: null });
});

test('an address of your own gets the tags as JSON and as a header', async () => {
  const purger = await leaderFor(hook());
  purger.purge(['posts']);
  await askedFor(1);
  const [{ method, url, headers, body }] = provider.asked as [Asked];
  expect([method, url, body, headers['surrogate-key'], headers.authorization]).toEqual(['POST', `/forget?key=${TOKEN}`, '{"tags":["posts"]}', 'posts', `Basic ${TOKEN}`]);
});

test('only the leader purges what changes; whoever becomes it, and whoever starts, purges all', async () => {
  const purger = purgerFor(hook());
  purger.purge(['post:1']);
  purger.purgeAll();
  await askedFor(1);
  await done(purger);
  purger.purge(['post:2']);
  purger.lead(true);
  purger.lead(true);
  await askedFor(2);
  await done(purger);
  purger.lead(false);
  purger.purge(['post:3']);
  purger.lead(true);
  await askedFor(3);
  await done(purger);
  expect(provider.asked.map(tagsOf)).toEqual([['site'], ['site'], ['site']]);
});

test('what comes while a purge is under way goes out together', async () => {
  const purger = await leaderFor(hook());
  provider.says.push('nothing');
  purger.purge(['post:1']);
  await askedFor(1);
  for (let id = 2; id <= 50; id += 1) purger.purge([`post:${id}`, 'posts']);
  await provider.close();
  const next = new Provider();
  await next.open(Number(new URL(provider.url).port));
  provider = next;
  await done(purger);
  expect(provider.asked.length).toBeLessThanOrEqual(2);
  expect(new Set(provider.asked.flatMap(tagsOf))).toEqual(new Set(['posts', 'many-posts', ...Array.from({ length: 50 }, (_, index) => `post:${index + 1}`)]));
});

test('a hundred tags at once are all pages', async () => {
  const purger = await leaderFor(hook());
  purger.purge(Array.from({ length: 100 }, (_, index) => `post:${index}`));
  await askedFor(1);
  expect(tagsOf(provider.asked[0]!)).toEqual(['site']);
});

test('the same tags are purged a second time, and not a third', async () => {
  const purger = await leaderFor(hook(), { againMs: 20 });
  await askedFor(1);
  provider.asked.length = 0;
  purger.purge(['post:1']);
  await askedFor(2);
  purger.purge(['post:2']);
  await askedFor(4);
  await done(purger);
  expect(provider.asked.map((asked) => tagsOf(asked)[0])).toEqual(['post:1', 'post:1', 'post:2', 'post:2']);
});

test('what fails is tried again until it succeeds; nothing is lost, and the log says it once', async () => {
  const purger = await leaderFor(hook());
  provider.says.push({ status: 500 }, { status: 503 }, { status: 302, headers: { Location: '/elsewhere' } }, { status: 401 }, 'nothing');
  purger.purge(['post:1']);
  await askedFor(2);
  purger.purge(['post:2']);
  expect(purger.state().targets[0]).toMatchObject({ failingSince: expect.any(Date) as Date, reason: expect.stringMatching(/^It answered \d+\.$/) as string });
  await askedFor(5);
  expect(purger.state().targets[0]?.waiting).toBe(2);
  await vi.waitFor(() => expect(purger.state().targets[0]).toMatchObject({ waiting: 0, failingSince: null, reason: null }), { timeout: 10_000, interval: 2 });
  expect(new Set(tagsOf(provider.asked.at(-1)!))).toEqual(new Set(['post:1', 'post:2', 'many-posts']));
  expect(logged.map((line) => line.split(' ', 1)[0])).toEqual(['error', 'warn']);
});

test('a provider that does not answer is given up in time, and asked again', async () => {
  const purger = await leaderFor(hook(), { patienceMs: 30 });
  provider.says.push('nothing');
  purger.purge(['post:1']);
  await askedFor(2);
  expect(logged[0]).toContain('It did not answer in time.');
  await done(purger);
});

test('Retry-After is kept to, in seconds and as a date', async () => {
  const now = () => new Date('2026-05-13T12:00:00Z');
  const purger = await leaderFor(hook(), {}, { now });
  provider.says.push({ status: 429, headers: { 'Retry-After': '1' } }, { status: 429, headers: { 'Retry-After': 'Wed, 13 May 2026 12:00:01 GMT' } });
  purger.purge(['post:1']);
  await askedFor(3);
  const [first, second, third] = provider.asked as [Asked, Asked, Asked];
  expect(second.at - first.at).toBeGreaterThanOrEqual(990);
  expect(third.at - second.at).toBeGreaterThanOrEqual(990);
});

test('the pauses between tries grow, up to a bound', async () => {
  const purger = await leaderFor(hook(), { retryMs: 20, retryMostMs: 80 });
  provider.says.push(...Array.from({ length: 6 }, () => ({ status: 500 })));
  purger.purge(['post:1']);
  await askedFor(7);
  const pauses = provider.asked.slice(1).map(({ at }, index) => at - provider.asked[index]!.at);
  for (const [index, least] of [20, 40, 80, 80, 80, 80].entries()) expect(pauses[index]).toBeGreaterThanOrEqual(least - 2);
});

test('closing tries once more what still waits, and ends it', async () => {
  const purger = purgerFor(hook(), { retryMs: NEVER_MS });
  provider.says.push({ status: 500 });
  purger.lead(true);
  await vi.waitFor(() => expect(purger.state().targets[0]?.failingSince).not.toBeNull(), { interval: 2 });
  await purger.close();
  expect(provider.asked.map((asked) => tagsOf(asked)[0])).toEqual(['site', 'site']);
  purger.purge(['post:2']);
  purger.purgeAll();
  await purger.close();
  expect(provider.asked).toHaveLength(2);
});

test('closing makes the second purge at once, and does not wait for a provider that is silent', async () => {
  const purger = await leaderFor(hook(), { lastMs: 50 });
  purger.purge(['post:1']);
  await done(purger);
  provider.says.push('nothing');
  await purger.close();
  expect(tagsOf(provider.asked.at(-1)!)).toEqual(['site']);
  expect(purger.state().targets[0]?.waiting).toBe(2);
});

test('no secret is ever logged or shown', async () => {
  const cdns: Cdn[] = [
    { kind: 'fastly', token: `${TOKEN}\nx`, serviceId: 'SU1Z' }, { kind: 'cloudflare', token: `${TOKEN}\nx`, zoneId: ZONE }, hook(),
    { kind: 'hook', url: `http://me:${TOKEN}@${provider.host}/`, authorization: null }, { kind: 'hook', url: `http://127.0.0.1:1/${TOKEN}`, authorization: null },
  ];
  for (const cdn of cdns) {
    if (cdn.kind === 'hook') provider.says.push({ status: 403, body: TOKEN });
    const purger = purgerFor(cdn, { retryMs: NEVER_MS });
    purger.lead(true);
    await vi.waitFor(() => expect(purger.state().targets[0]?.failingSince).not.toBeNull(), { interval: 2 });
    expect(JSON.stringify(purger.state())).not.toContain(TOKEN);
  }
  expect(logged).toHaveLength(cdns.length);
  expect(logged.join('\n')).not.toContain(TOKEN);
});
