import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { IncomingMessage } from 'node:http';
import { beforeEach, expect, test, vi } from 'vitest';
import { keepUntil, showing } from '../../../lib/answer';
import { pictureTag, postTag } from '../../../lib/cache-tags';
import { Changes } from '../../../server/changes';
import { TestFront } from '../../support/front';

const changes = new Changes();
const freshness = { changes, isListening: true };
const front = await TestFront.open({}, { freshness });
const html = (body: string) => `<!DOCTYPE html><html><body>${body}</body></html>`;
const words = 'a page of words '.repeat(100);
let rendered: { url: string | undefined; headers: IncomingMessage['headers'] }[] = [];

beforeEach(() => {
  rendered = [];
  changes.noteAll();
  freshness.isListening = true;
  front.page = (request, response) => {
    rendered.push({ url: request.url, headers: request.headers });
    showing('site', 'posts', postTag('1'));
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html(`${words}${rendered.length}`));
  };
});

const body = async (path: string, headers: Record<string, string> = {}) => (await front.send({ path, headers })).body;

test('a page is rendered once, for GET, HEAD and every encoding, and answers 304 to whoever has it', async () => {
  const first = await front.send({ path: '/posts/one' });
  const again = await front.send({ path: '/posts/one' });
  expect(again).toMatchObject({ status: 200, body: first.body, headers: { etag: first.headers.etag, 'content-security-policy': first.headers['content-security-policy'], vary: 'Accept-Encoding', 'cache-control': 'public, max-age=0, must-revalidate' } });
  expect(await front.send({ path: '/posts/one', method: 'HEAD' })).toMatchObject({ status: 200, body: '', headers: { etag: first.headers.etag, 'content-length': String(first.body.length) } });
  expect(await front.send({ path: '/posts/one', headers: { 'if-none-match': first.headers.etag! } })).toMatchObject({ status: 304, body: '', headers: { etag: first.headers.etag, 'cache-control': 'public, max-age=0, must-revalidate', vary: 'Accept-Encoding' } });
  expect(rendered).toHaveLength(1);
});

test.each([['gzip', gunzipSync], ['br', brotliDecompressSync]] as const)('kept as %s it is the same page under a validator of its own', async (encoding, decode) => {
  const plain = await front.send({ path: '/posts/one' });
  const answer = await fetch(`http://127.0.0.1:${front.port}/posts/one`, { headers: { 'accept-encoding': encoding } });
  expect(await answer.text()).toBe(plain.body);
  const raw = await front.sendBinary('/posts/one', { 'accept-encoding': `${encoding};q=0.5, identity;q=0.1` });
  expect(decode(raw.body).toString()).toBe(plain.body);
  expect(raw.headers).toMatchObject({ 'content-encoding': encoding, 'content-length': String(raw.body.length) });
  expect(raw.headers.etag).not.toBe(plain.headers.etag);
  expect(rendered).toHaveLength(1);
});

test.each(['/posts/one?replytocom=12', '/posts/one?utm_source=x&fbclid=y', '/posts/one?', '/posts/%6Fne', '/posts/one?p=7'])('%s is the same page as /posts/one, and Next is not asked for it anew', async (noisy) => {
  const page = await body('/posts/one');
  expect(await body(noisy)).toBe(page);
  expect(rendered.map(({ url }) => url)).toEqual(['/posts/one']);
});

test('first asked for with noise, a page is rendered without it', async () => {
  await body('/posts/one?utm_source=x');
  await body('/posts/one');
  expect(rendered.map(({ url }) => url)).toEqual(['/posts/one']);
});

test('five hundred different queries fill nothing', async () => {
  for (let index = 0; index < 500; index++) await body(`/posts/one?noise=${index}`);
  expect(rendered).toHaveLength(1);
});

test('what the front page of an old blog was asked for is asked anew each time', async () => {
  await body('/');
  const asked = ['/?p=7', '/?page_id=7', '/?utm_x=1&p=7', '/?s=words', '/?cat=3', '/?attachment_id=21', '/?feed=rss2', '/?paged=2', '/index.php?p=7'];
  for (const path of asked) await body(path);
  await body('/?utm_x=1');
  expect(rendered.map(({ url }) => url)).toEqual(['/', ...asked]);
});

test('what an old blog’s post was asked for is not answered from the page of its path; below our own addresses a query says nothing', async () => {
  for (const path of ['/about', '/2016/05/13/slug', '/posts/one', '/feed.xml', '/comments/feed.xml', '/categories/sleep']) await body(path);
  const asked = ['/about?cpage=2', '/2016/05/13/slug?cpage=2', '/about?attachment_id=21', '/about?feed=rss2'];
  for (const path of asked) await body(path);
  for (const path of ['/about?p=7&s=x', '/posts/one?cpage=2', '/feed.xml?feed=x', '/comments/feed.xml?cpage=2', '/categories/sleep?attachment_id=21']) await body(path);
  expect(rendered.slice(6).map(({ url }) => url)).toEqual(asked);
});

test('what somebody looks for is asked anew each time, and kept nowhere', async () => {
  for (let time = 0; time < 2; time++) expect((await front.send({ path: '/search?q=words' })).headers).toMatchObject({ 'cache-control': 'private, no-store' });
  expect(rendered.map(({ url }) => url)).toEqual(['/search?q=words', '/search?q=words']);
});

test('nothing of the asker reaches a page that is kept', async () => {
  const personal = { cookie: 'authjs.session-token=secret; here=token; writer=me', authorization: 'Basic x', 'user-agent': 'Mine', 'accept-language': 'de', referer: 'https://elsewhere.example/', 'x-forwarded-for': '9.9.9.9', rsc: '1', 'next-router-state-tree': 'x', range: 'bytes=0-9', 'if-modified-since': 'Tue, 24 Nov 2026 00:00:00 GMT' };
  const page = await body('/posts/one', personal);
  expect(await body('/posts/one')).toBe(page);
  expect(rendered).toHaveLength(1);
  const { host, ...headers } = rendered[0]!.headers;
  expect(host).toBe(`127.0.0.1:${front.port}`);
  expect(headers).toEqual({ accept: 'text/html', 'user-agent': 'soapbox', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': host, 'x-forwarded-proto': 'http' });
});

test('a person’s picture is asked of Next once, whatever the cookies, and anew when it may be shown no more', async () => {
  const picture = Buffer.from('524946460000000057454250ff00fe', 'hex');
  const said = { 'content-type': 'image/webp', 'cache-control': 'public, max-age=86400', vary: 'rsc, next-router-state-tree' };
  front.page = (request, response) => {
    rendered.push({ url: request.url, headers: request.headers });
    showing('posts', pictureTag('abc'));
    response.writeHead(200, said).end(picture);
  };
  const first = await front.sendBinary('/pictures/abc.webp', { 'accept-encoding': 'gzip, br' });
  const again = await front.sendBinary('/pictures/abc.webp', { cookie: 'here=1', 'accept-encoding': 'gzip, br' });
  for (const { body: bytes, headers } of [first, again]) {
    expect(bytes.equals(picture)).toBe(true);
    expect(headers).toMatchObject({ 'content-type': 'image/webp', 'cache-control': 'public, max-age=86400', etag: first.headers.etag, 'x-content-type-options': 'nosniff' });
    expect([headers.vary, headers['content-encoding'], headers['set-cookie']]).toEqual([undefined, undefined, undefined]);
  }
  expect(first.headers.etag).toMatch(/^"[\w-]{27}"$/);
  expect(await front.send({ path: '/pictures/abc.webp', headers: { 'if-none-match': first.headers.etag! } })).toMatchObject({ status: 304, body: '' });
  expect(rendered).toHaveLength(1);
  changes.note([pictureTag('abc')]);
  front.page = (request, response) => {
    rendered.push({ url: request.url, headers: request.headers });
    response.writeHead(404).end();
  };
  front.ownPages = { '/missing': 'Not here.' };
  expect((await front.send({ path: '/pictures/abc.webp' })).status).toBe(404);
  expect(rendered.filter(({ url }) => url === '/pictures/abc.webp')).toHaveLength(2);
});

test.each(['no-store', 'private, max-age=60', 'public', 'public, max-age=0', 'public, max-age=60, s-maxage=9', undefined])('what is no page and says %s is not kept', async (said) => {
  front.page = (request, response) => {
    rendered.push({ url: request.url, headers: request.headers });
    showing('posts');
    response.writeHead(200, { 'content-type': 'image/webp', ...(said && { 'cache-control': said }) }).end('x');
  };
  await body('/pictures/one.webp');
  await body('/pictures/one.webp');
  expect(rendered).toHaveLength(2);
});

test('an answer that sets a cookie is not kept', async () => {
  const page = front.page;
  front.page = (request, response) => page(request, response.setHeader('set-cookie', 'a=b'));
  await body('/posts/one');
  await body('/posts/one');
  expect(rendered).toHaveLength(2);
});

test('each name of the machine has pages of its own, for links are built on it', async () => {
  await body('/posts/one');
  await body('/posts/one', { host: `localhost:${front.port}` });
  await body('/posts/one', { host: 'evil.example' });
  expect(rendered.map(({ headers }) => headers.host)).toEqual([`127.0.0.1:${front.port}`, `localhost:${front.port}`]);
});

test.each(['/admin/comments', '/account', '/sign-in', '/posts/one/reply', '/posts/one/reply/abc', '/comments/0123456789ab', '/api/auth/session'])('%s is asked of Next each time, with the cookies it came with', async (path) => {
  for (const cookie of ['here=first', 'here=second']) await front.send({ path, headers: { cookie } });
  expect(rendered.map(({ headers }) => headers.cookie)).toEqual(['here=first', 'here=second']);
});

test('a page with a last slash leads to the one without, by what is kept', async () => {
  await body('/posts/one');
  expect(await front.send({ path: '/posts/one/?x=1' })).toMatchObject({ status: 308, headers: { location: '/posts/one?x=1', 'cache-control': 'private, no-store' } });
  expect(rendered).toHaveLength(1);
});

test('a change of what it shows, or its hour, makes it anew', async () => {
  await body('/posts/one');
  changes.note([postTag('1')]);
  expect(await body('/posts/one')).toContain('2');
  freshness.isListening = false;
  await body('/posts/one');
  await body('/posts/one');
  expect(rendered).toHaveLength(4);
  freshness.isListening = true;
  const page = front.page;
  front.page = (request, response) => {
    keepUntil(new Date(Date.now() - 1));
    return page(request, response);
  };
  await body('/posts/two');
  await body('/posts/two');
  expect(rendered).toHaveLength(6);
});

test('a page that fails is told to each who waited in the form they read, and is not kept', async () => {
  const page = front.page;
  front.page = (_request, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<html id="__next_error__"></html>');
  const [one, other] = await Promise.all([front.send({ path: '/posts/one', headers: { accept: 'text/html' } }), front.send({ path: '/posts/one', headers: { accept: 'application/json' } })]);
  expect(one).toMatchObject({ status: 500, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': expect.any(String), 'x-content-type-options': 'nosniff' } });
  expect(other).toMatchObject({ status: 500, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  front.page = page;
  expect((await front.send({ path: '/posts/one' })).status).toBe(200);
});

test('only in front of a CDN does an answer speak to one: how long, and by which tags it is purged', async () => {
  expect(Object.keys((await front.send({ path: '/posts/one' })).headers).filter((name) => /cdn|surrogate|cache-tag/.test(name))).toEqual([]);
  const behind = await TestFront.open({}, { freshness, hasCdn: true });
  behind.page = (_request, response) => {
    showing('site', 'posts', postTag('1'));
    keepUntil(new Date(Date.now() + 600_000));
    response.setHeader('content-type', 'text/html').end(html('words'));
  };
  const first = await behind.send({ path: '/' });
  for (const answer of [first, await behind.send({ path: '/' }), await behind.send({ path: '/', headers: { 'if-none-match': first.headers.etag! } })]) {
    expect(answer.headers).toMatchObject({ 'cache-control': 'public, max-age=0, must-revalidate', 'cdn-cache-control': expect.stringMatching(/^public, max-age=(599|600)$/), 'surrogate-key': 'site posts post:1' });
  }
  const personal = await behind.send({ path: '/posts/one/reply' });
  expect(personal.headers['cdn-cache-control']).toBeUndefined();
});

test('of all ways to write an address one is kept, and none makes a page of another area', async () => {
  for (const path of ['/posts/caf%C3%A9', '/posts/caf%c3%a9', '/posts/cafe%CC%81', '/%70osts/caf%C3%A9']) await body(path);
  expect(rendered.map(({ url }) => url)).toEqual(['/posts/caf%C3%A9']);
  for (const path of ['/%61dmin', '/posts/one/%72eply']) await front.send({ path, headers: { cookie: 'here=mine' } });
  expect(rendered.slice(1).map(({ url, headers }) => [url, headers.cookie])).toEqual([['/admin', 'here=mine'], ['/posts/one/reply', 'here=mine']]);
});

test.each(['/posts/one.rsc', '/index.rsc', '/admin.rsc', '/posts/one/reply.rsc', '/posts/one.segments/_tree.segment.rsc'])('%s, where Next keeps data for its router, is not there', async (path) => {
  expect((await front.send({ path })).status).toBe(404);
  expect(rendered).toEqual([]);
});

test('when too many pages stand in line a stranger is asked to come again, and kept pages are given as before', async () => {
  const page = front.page;
  let release = () => undefined as void;
  const gate = new Promise<void>((resolve) => { release = resolve; });
  await body('/posts/one');
  front.page = async (request, response) => {
    await gate;
    await page(request, response);
  };
  const asked = Array.from({ length: 215 }, (_, index) => front.send({ path: `/posts/new-${index}` }));
  await vi.waitFor(async () => expect(await front.send({ path: '/posts/late' })).toMatchObject({ status: 503, headers: { 'retry-after': '2' } }));
  expect((await front.send({ path: '/posts/one' })).status).toBe(200);
  release();
  expect((await Promise.all(asked)).filter(({ status }) => status === 200).length).toBeGreaterThan(200);
  expect((await front.send({ path: '/posts/late' })).status).toBe(200);
});

test.each([[false, ['/posts/one', 'kept /posts/one']], [true, []]])('with a CDN in front (%s) a read is told by the browsers and not by the page, which may be asked for once for many', async (hasCdn, byPage) => {
  const told: string[] = [];
  const reads = { noteKept: ({ url }: IncomingMessage) => void told.push(`kept ${url}`), note: ({ path }: { path: string }) => void told.push(path) };
  const behind = await TestFront.open({}, { freshness, hasCdn, reads });
  behind.page = (_request, response) => {
    showing('site', postTag('1'));
    response.setHeader('content-type', 'text/html').end(html('words'));
  };
  const first = await behind.send({ path: '/posts/one' });
  await behind.send({ path: '/posts/one' });
  expect([first.headers['server-timing'], told.splice(0)]).toEqual([hasCdn ? 'cdn' : undefined, byPage]);

  const answer = await behind.send({ path: '/api/reads/posts/one' });
  expect(answer).toMatchObject({ status: 204, body: '', headers: { 'cache-control': 'private, no-store' } });
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(told).toEqual(['/api/reads/posts/one']);
});

test('while the database is away a kept page is given, and not for others to keep; one that is not kept is refused with a sentence', async () => {
  let isAway = false;
  const listening = { changes: new Changes(), isListening: true };
  const one = await TestFront.open({}, { freshness: listening, hasCdn: true, isDatabaseAway: async () => isAway, isDatabaseSteady: async () => !isAway });
  let asked = 0;
  one.page = (_request, response) => {
    asked += 1;
    if (isAway) return void response.writeHead(500).end('Internal Server Error');
    showing('site', 'posts', postTag('1'));
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html('kept'));
  };
  const first = await one.send({ path: '/posts/one' });
  isAway = true;
  listening.isListening = false;
  expect(first.headers['cdn-cache-control']).toContain('max-age');
  for (let times = 0; times < 3; times += 1) {
    const again = await one.send({ path: '/posts/one' });
    expect(again).toMatchObject({ status: 200, body: first.body, headers: { etag: first.headers.etag } });
    expect(again.headers['cdn-cache-control']).toBeUndefined();
  }
  expect(asked).toBe(1);
  expect(await one.send({ path: '/posts/two' })).toMatchObject({ status: 503, headers: { 'retry-after': '5' }, body: expect.stringContaining('cannot reach its database') as string });
  isAway = false;
  expect((await one.send({ path: '/posts/one' })).status).toBe(200);
  expect(asked).toBe(3);
});
