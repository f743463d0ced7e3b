import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { Read } from '@/lib/reads/rules';
import { Reads } from '@/server/reads';

const BROWSER = 'Mozilla/5.0 (X11; Linux x64) Firefox/140.0';

type Asked = { method?: string; url: string; headers?: IncomingHttpHeaders; ip?: string };

const request = ({ method = 'GET', url, headers = {}, ip = '192.0.2.1' }: Asked) =>
  ({ method, url, headers: { 'user-agent': BROWSER, ...headers }, socket: { remoteAddress: ip } }) as unknown as IncomingMessage;

const open: Reads[] = [];
afterEach(() => Promise.all(open.splice(0).map((reads) => reads.close())));

function reading(trustProxy = 0, fails: () => boolean = () => false) {
  const counted: Read[] = [];
  const reads = new Reads({ trustProxy, count: async (some) => {
    if (fails()) throw new Error('The database is away.');
    counted.push(...some);
  } });
  open.push(reads);
  return { reads, counted };
}

test('the page of a post that is asked for is told once for each browser', async () => {
  const { reads, counted } = reading();
  for (const url of ['/posts/one', '/posts/one?utm_source=mail', '/posts/one']) reads.noteKept(request({ url }));
  reads.noteKept(request({ url: '/posts/one', ip: '192.0.2.2' }));
  reads.noteKept(request({ url: '/posts/two' }));
  await reads.flush();
  expect(counted.map(({ slug, clientIp }) => [slug, clientIp])).toEqual([['one', '192.0.2.1'], ['one', '192.0.2.2'], ['two', '192.0.2.1']]);
  expect(counted[0]).toEqual({ slug: 'one', isUnlocked: false, clientIp: '192.0.2.1', userAgent: BROWSER, sessionToken: null });
  expect(reads.size).toBe(0);
});

test('nothing else is told: no head, no other page, nothing fetched ahead, nobody without a name', async () => {
  const { reads } = reading();
  const others: Asked[] = [
    { method: 'HEAD', url: '/posts/one' }, { method: 'POST', url: '/posts/one' }, { url: '/' }, { url: '/posts/one/comments/2' }, { url: '/posts/one/feed.xml' }, { url: '/posts/' },
    { url: '/posts/one', headers: { 'sec-purpose': 'prefetch' } }, { url: '/posts/one', headers: { purpose: 'prefetch' } }, { url: '/posts/one', headers: { 'user-agent': '' } }, { url: '/posts/one', headers: { 'user-agent': undefined } },
  ];
  for (const one of others) reads.noteKept(request(one));
  expect(reads.size).toBe(0);
});

test('behind proxies a reader is who they name, and without them nobody is believed', async () => {
  const headers = { 'x-forwarded-for': '198.51.100.7, 203.0.113.9' };
  for (const [trustProxy, ip] of [[0, '192.0.2.1'], [1, '203.0.113.9'], [2, '198.51.100.7']] as const) {
    const { reads, counted } = reading(trustProxy);
    reads.noteKept(request({ url: '/posts/one', headers }));
    await reads.flush();
    expect(counted.map(({ clientIp }) => clientIp)).toEqual([ip]);
  }
});

test('whoever is signed in is told with their session, and nobody with another cookie', async () => {
  const { reads, counted } = reading();
  const token = 'a'.repeat(43);
  reads.noteKept(request({ url: '/posts/one', headers: { cookie: `here=abc; authjs.session-token=${token}` } }));
  reads.noteKept(request({ url: '/posts/two', headers: { cookie: 'here=abc; writer=x' } }));
  await reads.flush();
  expect(counted.map(({ slug, sessionToken }) => [slug, sessionToken])).toEqual([['one', token], ['two', null]]);
});

test('what the gate has let through is told by what the gate found out', async () => {
  const { reads, counted } = reading();
  const admitted = (path: string, userAgent = BROWSER, headers: IncomingHttpHeaders = {}) => reads.note({ request: request({ url: path, headers: { 'user-agent': 'unnamed', 'x-forwarded-for': '10.0.0.1', ...headers } }), path, clientIp: '2001:db8::1', userAgent });
  admitted('/posts/one/read');
  admitted('/posts/one', '');
  for (const path of ['/api/reads/', '/api/reads/admin', '/api/reads/posts', '/api/reads/posts/', '/api/reads/posts/one/comments/2', '/api/reads/api/reads/posts/one']) admitted(path);
  admitted('/api/reads/posts/two');
  admitted('/posts/one', BROWSER, { 'sec-purpose': 'prefetch;prerender' });
  await reads.flush();
  expect(counted).toEqual([{ slug: 'one', isUnlocked: true, clientIp: '2001:db8::1', userAgent: BROWSER, sessionToken: null }, { slug: 'two', isUnlocked: false, clientIp: '2001:db8::1', userAgent: BROWSER, sessionToken: null }]);
});

test('while the database is away reads wait, no more than there is room for, and are counted when it is back', async () => {
  let isAway = true;
  const { reads, counted } = reading(0, () => isAway);
  for (let at = 0; at < 21_000; at += 1) reads.noteKept(request({ url: `/posts/${at}` }));
  expect(reads.size).toBe(20_000);
  await reads.flush();
  expect([reads.size, counted.length]).toEqual([20_000, 0]);
  isAway = false;
  await reads.close();
  expect([reads.size, counted.length]).toEqual([0, 20_000]);
});
