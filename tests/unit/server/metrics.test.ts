import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import { showing } from '../../../lib/answer';
import { log } from '../../../lib/log';
import { tally } from '../../../lib/tally';
import { Changes } from '../../../server/changes';
import { noJobs } from '../../../server/job-counts';
import { Metrics } from '../../../server/metrics';
import { atMostEvery } from '../../../server/sharing';
import { TestFront } from '../../support/front';

const TOKEN = 'a-token-of-the-tests-known-to-all';
vi.spyOn(log, 'info').mockImplementation(() => undefined);
const changes = new Changes();
const jobs = noJobs(['mail', 'backup']);
const state = { reason: null as string | null, thread: null as null | { pool: { total: number; idle: number; waiting: number }; tallies: { mail: { sent?: number }; comment: { spam?: number } }; heapBytes: number }, areQueuesAway: false, queuesAsked: 0 };
const sources = () => ({
  whyNotReady: async () => state.reason, thread: async () => state.thread, pool: () => ({ total: 3, idle: 1, waiting: 4 }), jobs: () => jobs, freeOnDisk: async () => 5,
  queues: async () => {
    state.queuesAsked += 1;
    if (state.areQueuesAway) throw new Error('away');
    return [{ name: 'mail' as const, due: 2, later: 1, givenUp: 7 }];
  },
  notices: () => ({ isListening: true, heard: { pages: 8, jobs: 0, desk: 0 } }),
});

async function open(token: string | undefined) {
  const metrics = new Metrics(sources(), token);
  const front = await TestFront.open({}, { freshness: { changes, isListening: true }, metrics });
  front.page = (request, response) => {
    if (request.url?.startsWith('/posts/')) showing('posts');
    response.setHeader('content-type', 'text/html; charset=utf-8').end('<!DOCTYPE html><html><body>words</body></html>');
  };
  return front;
}

const front = await open(TOKEN);
const closed = await open(undefined);
const authorization = `Bearer ${TOKEN}`;

/** Series by name and labels. */
async function figures(of = front): Promise<Map<string, number>> {
  const { body } = await of.send({ path: '/metrics', headers: { authorization } });
  return new Map(body.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line): [string, number] => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

beforeEach(() => {
  Object.assign(state, { reason: null, thread: { pool: { total: 10, idle: 0, waiting: 2 }, tallies: { mail: {}, comment: { spam: 3 } }, heapBytes: 99 }, areQueuesAway: false });
});

test('whoever brings the token has the figures as text, kept nowhere; HEAD has their head', async () => {
  const { status, headers, body } = await front.send({ path: '/metrics', headers: { authorization } });
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, expect.stringContaining('text/plain; version=0.0.4'), 'private, no-store']);
  expect(body).toContain('# TYPE soapbox_requests_total counter');
  expect(await front.send({ path: '/metrics', method: 'HEAD', headers: { authorization: `bearer ${TOKEN}` } })).toMatchObject({ status: 200, body: '' });
});

test.each([undefined, 'Bearer', 'Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Bearer ${TOKEN} ${TOKEN}`, `Basic ${TOKEN}`, TOKEN, 'Bearer undefined'])('with %s in place of it there is nothing at that address', async (given) => {
  const { status, body, headers } = await front.send({ path: '/metrics', headers: { ...(given !== undefined && { authorization: given }) } });
  expect([status, headers['cache-control']]).toEqual([404, 'private, no-store']);
  expect(body).not.toContain('soapbox_');
});

test('nor is there for anybody where no token is set, by another method, or under a longer address', async () => {
  expect((await closed.send({ path: '/metrics', headers: { authorization } })).status).toBe(404);
  expect((await closed.send({ path: '/metrics', headers: { authorization: 'Bearer undefined' } })).status).toBe(404);
  for (const asked of [{ path: '/metrics', method: 'POST' }, { path: '/metrics', method: 'DELETE' }, { path: '/metrics/' }, { path: '/metrics/x' }]) {
    expect((await front.send({ ...asked, headers: { authorization } })).body).not.toContain('soapbox_');
  }
});

test('requests are counted by kind of answer, method and class, kept ones too', async () => {
  const before = await figures();
  await front.send({ path: '/posts/counted' });
  const kept = await front.send({ path: '/posts/counted' });
  await front.send({ path: '/posts/counted', method: 'HEAD' });
  await front.send({ path: '/posts/counted', headers: { 'if-none-match': kept.headers.etag! } });
  await front.send({ path: '/admin/posts' });
  await front.send({ path: '/posts/%00' });
  const after = await figures();
  const risen = (series: string) => (after.get(series) ?? 0) - (before.get(series) ?? 0);
  const requests = (group: string, method: string, status: string) => risen(`soapbox_requests_total{group="${group}",method="${method}",class="${status}"}`);
  expect([requests('kept', 'GET', '2xx'), requests('kept', 'HEAD', '2xx'), requests('kept', 'GET', '3xx'), requests('page', 'GET', '2xx'), requests('desk', 'GET', '2xx'), requests('page', 'GET', '4xx')]).toEqual([1, 1, 1, 1, 1, 1]);
  expect(risen('soapbox_request_duration_seconds_count{group="page",method="GET"}')).toBe(2);
  expect([risen('soapbox_kept_pages'), risen('soapbox_kept_pages_hits_total'), risen('soapbox_kept_pages_misses_total')]).toEqual([1, 3, 1]);
  expect(after.get('soapbox_kept_pages_bytes')).toBeGreaterThan(100);
  changes.note(['posts']);
  await front.send({ path: '/posts/counted' });
  expect((await figures()).get('soapbox_kept_pages_dropped_total{reason="change"}')).toBe((after.get('soapbox_kept_pages_dropped_total{reason="change"}') ?? 0) + 1);
});

test('two hundred addresses make no more series than twenty', async () => {
  const ask = async () => {
    const path = ['', '/admin', '/api', '/posts', '/media', '/_next', '/receipts', '/comments'].map((root) => `${root}/${randomBytes(8).toString('hex')}${Math.random()}`);
    for (const one of path) for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PROPFIND']) await front.send({ path: `${one}?q=${Math.random()}`, method });
  };
  for (let round = 0; round < 3; round += 1) await ask();
  const few = await figures();
  for (let round = 0; round < 25; round += 1) await ask();
  const many = await figures();
  expect([...many.keys()].filter((series) => !few.has(series) && series.startsWith('soapbox_'))).toEqual([]);
  expect([...many.keys()].filter((series) => series.startsWith('soapbox_requests_total')).length).toBeLessThanOrEqual(6 * 4 * 5);
});

test('what others keep count of is told: readiness, threads, connections, jobs, queues, mails, comments, notices', async () => {
  jobs.mail!['given-up'] = 2;
  tally('mail', 'sent');
  state.reason = 'Stopping.';
  const told = await figures();
  expect(Object.fromEntries(told)).toMatchObject({
    soapbox_ready: 0, soapbox_listening: 1, soapbox_disk_free_bytes: 5, soapbox_pages_thread_up: 1, soapbox_pages_thread_heap_bytes: 99,
    'soapbox_database_connections{thread="front",state="busy"}': 2, 'soapbox_database_connections{thread="pages",state="busy"}': 10, 'soapbox_database_waiting{thread="pages"}': 2,
    'soapbox_jobs_total{kind="mail",outcome="given-up"}': 2, 'soapbox_jobs_queued{kind="mail",state="due"}': 2, 'soapbox_jobs_queued{kind="mail",state="given-up"}': 7,
    'soapbox_mails_total{outcome="sent"}': 1, 'soapbox_comments_total{status="spam"}': 3, 'soapbox_notices_total{channel="pages"}': 8,
  });
  expect([...told.keys()].find((series) => series.startsWith('soapbox_build_info'))).toMatch(/version="\d+\.\d+\.\d+",node="v\d+/);
});

test('what cannot be told is left out, and what a thread counted that hangs stays counted', async () => {
  const fresh = await open(TOKEN);
  expect((await figures(fresh)).get('soapbox_comments_total{status="spam"}')).toBe(3);
  Object.assign(state, { thread: null });
  const told = await figures(fresh);
  expect([told.get('soapbox_pages_thread_up'), told.get('soapbox_comments_total{status="spam"}'), told.get('soapbox_database_waiting{thread="pages"}'), told.has('soapbox_pages_thread_heap_bytes')]).toEqual([0, 3, undefined, false]);
  const away = await open(TOKEN);
  state.areQueuesAway = true;
  const without = await figures(away);
  expect([...without.keys()].filter((series) => series.startsWith('soapbox_jobs_queued'))).toEqual([]);
  expect(without.get('soapbox_listening')).toBe(1);
});

test('while a database does not answer, the rest is told in time', async () => {
  const waiting = new Metrics({ ...sources(), whyNotReady: () => new Promise(() => undefined), queues: () => new Promise(() => undefined) }, TOKEN);
  const silent = await TestFront.open({}, { metrics: waiting });
  const from = performance.now();
  const told = await figures(silent);
  expect(performance.now() - from).toBeLessThan(4_000);
  expect([told.get('soapbox_ready'), told.get('soapbox_listening'), [...told.keys()].some((series) => series.startsWith('soapbox_jobs_queued'))]).toEqual([0, 1, false]);
});

test('the database is asked about its queues once, however often the figures are asked for', async () => {
  const fresh = await open(TOKEN);
  const before = state.queuesAsked;
  await Promise.all(Array.from({ length: 20 }, () => figures(fresh)));
  await figures(fresh);
  expect(state.queuesAsked).toBe(before + 1);
});

test('what is asked at most every so often is asked again after that, and at once after a failure', async () => {
  let now = 0;
  const look = vi.fn(async () => { if (now === 20) throw new Error('x'); return now; });
  const asked = atMostEvery(15, look, () => now);
  expect(await asked()).toBe(0);
  now = 14;
  expect(await asked()).toBe(0);
  now = 20;
  await expect(asked()).rejects.toThrow('x');
  now = 21;
  expect(await asked()).toBe(21);
});
