import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeEach, expect, test, vi } from 'vitest';
import { answerWith, currentAnswer } from '../../../lib/answer';
import { listFaults } from '../../../lib/faults';
import { log } from '../../../lib/log';
import { negotiateEncoding } from '../../../server/encoding';
import { drainable } from '../../../server/shut-down';
import { multipartOf, TestFront } from '../../support/front';

const html = (body: string) => `<!DOCTYPE html><html><body>${body}</body></html>`;
const shell = '<!DOCTYPE html><html id="__next_error__"><body></body></html>';
const form = multipartOf({ $ACTION_ID_00: '', post: 'a-hidden-slug', parent: '0123456789ab', comment: 'My <b>long</b> text', name: 'Ida' });

function pageOf(body: string, { status = 200, type = 'text/html; charset=utf-8', headers = {} }: { status?: number; type?: string; headers?: Record<string, string> } = {}): TestFront['page'] {
  return (_request, response) => void response.writeHead(status, { 'content-type': type, 'x-powered-by': 'Next.js', ...headers }).end(body);
}

const front = await TestFront.open();
beforeEach(() => { front.ownPages = { '/missing': html('kept 404'), '/broken': html('kept 500') }; });

test("a reader's page is a document with a validator, asked for again each time", async () => {
  front.page = pageOf(html('words<script>self.__next_f.push([1,"words"])</script>'));
  const answer = await front.send({});
  expect(answer).toMatchObject({ status: 200, body: html('words'), headers: { 'cache-control': 'public, max-age=0, must-revalidate', vary: 'Accept-Encoding' } });
  expect(answer.headers['x-powered-by']).toBeUndefined();
  const again = await front.send({ headers: { 'if-none-match': `"other", ${answer.headers.etag}` } });
  expect(again).toMatchObject({ status: 304, body: '', headers: { etag: answer.headers.etag } });
  expect(await front.send({ method: 'HEAD' })).toMatchObject({ status: 200, body: '', headers: { etag: answer.headers.etag, 'content-length': String(html('words').length) } });
});

test('a page that is not as expected is sent whole, and the owner is told once where', async () => {
  const error = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  front.page = pageOf(html('words<script>next()</script>'));
  for (const path of ['/one', '/two']) expect(await front.send({ path })).toMatchObject({ status: 200, body: html('words<script>next()</script>') });
  const sentence = "A page goes out heavier than it should, for what Next makes is not as expected: a script is not one of Next's.";
  expect(listFaults()).toMatchObject([{ sentence, path: '/two', count: 2 }]);
  expect(error.mock.calls).toEqual([[sentence]]);
});

test.each([['br', brotliDecompressSync], ['gzip', gunzipSync]] as const)('a page is sent as %s to those who take it, under a validator of its own', async (encoding, decode) => {
  front.page = pageOf(html('words '.repeat(500)));
  const plain = await front.send({});
  const answer = await front.sendBinary('/', { 'accept-encoding': encoding });
  expect(answer.headers['content-encoding']).toBe(encoding);
  expect(answer.headers.etag).not.toBe(plain.headers.etag);
  expect(decode(answer.body).toString()).toBe(plain.body);
});

test.each([
  [undefined, 'identity'], ['', 'identity'], ['gzip', 'gzip'], ['gzip, br', 'br'], ['br;q=0.1, gzip;q=0.5', 'gzip'], ['br;q=0', 'identity'], ['*', 'br'], ['*, br;q=0', 'gzip'], ['identity, gzip;q=0.5', 'identity'], ['deflate', 'identity'],
])('of Accept-Encoding %s comes %s', (header, encoding) => expect(negotiateEncoding(header)).toBe(encoding));

test.each(['/admin/comments', '/account', '/sign-in', '/posts/a-slug/reply', '/posts/a-slug/reply/abc'])('%s is kept nowhere', async (path) => {
  front.page = pageOf(html('mine'), { headers: { 'cache-control': 'public' } });
  const { headers } = await front.send({ path });
  expect(headers['cache-control']).toBe('private, no-store');
  expect(headers.etag).toBeUndefined();
});

test('an answer that sets a cookie is kept nowhere', async () => {
  front.page = pageOf(html('x'), { headers: { 'set-cookie': 'here=1' } });
  expect((await front.send({})).headers['cache-control']).toBe('private, no-store');
});

test("the desk keeps its scripts, under a nonce that Next is told and that no two answers share", async () => {
  front.page = (request, response) => void response.setHeader('content-type', 'text/html').end(html(`<script nonce="${/'nonce-([^']+)'/.exec(String(request.headers['content-security-policy']))?.[1]}">x</script>`));
  const [one, two] = [await front.send({ path: '/admin' }), await front.send({ path: '/admin' })];
  const nonce = /'nonce-([^']+)'/.exec(String(one.headers['content-security-policy']))?.[1];
  expect(one.body).toContain(`nonce="${nonce}"`);
  expect(two.headers['content-security-policy']).not.toContain(nonce);
});

test('what a page says by its answer is what the client gets', async () => {
  front.page = (_request, response) => {
    answerWith(429, 14.2);
    expect(currentAnswer().clientIp).toBe('127.0.0.1');
    response.setHeader('content-type', 'text/html').end(html('slowly'));
  };
  expect(await front.send({ method: 'POST', ...form })).toMatchObject({ status: 429, body: html('slowly'), headers: { 'retry-after': '15', 'cache-control': 'private, no-store' } });
});

test.each([[404, 404], [500, 500]])("Next's empty page of %i is replaced by a kept document", async (status, kept) => {
  front.page = pageOf(shell, { status });
  expect(await front.send({ path: '/nowhere' })).toMatchObject({ status, body: html(`kept ${kept}`) });
});

test("an error page of Next's own making is replaced as well", async () => {
  front.page = pageOf(html('This page could not be found.'), { status: 404 });
  expect(await front.send({ path: '/_next/data/x.json' })).toMatchObject({ status: 404, body: html('kept 404') });
});

test('the kept documents are not found under their own addresses, and their own failure has a plain page', async () => {
  expect((await front.send({ path: '/missing' })).status).toBe(404);
  front.ownPages = {};
  front.page = pageOf(shell, { status: 500 });
  expect(await front.send({ path: '/broken' })).toMatchObject({ status: 500, body: expect.stringContaining('could not show this') });
});

test('while the database is away a failed page says so, with a time to come back', async () => {
  const away = await TestFront.open({}, { isDatabaseSteady: async () => false });
  away.page = pageOf(shell, { status: 500 });
  expect(await away.send({})).toMatchObject({ status: 503, headers: { 'retry-after': '5' }, body: expect.stringContaining('database') });
});

test('a text sent while the database is away, or into an error, comes back with the refusal', async () => {
  const away = await TestFront.open({}, { isDatabaseSteady: async () => false });
  away.page = pageOf(shell, { status: 500 });
  expect(await away.send({ method: 'POST', ...form })).toMatchObject({ status: 503, body: expect.stringContaining('My &lt;b&gt;long&lt;/b&gt; text') });
  front.page = pageOf(shell, { status: 500 });
  expect(await front.send({ method: 'POST', ...form })).toMatchObject({ status: 500, body: expect.stringContaining('My &lt;b&gt;long&lt;/b&gt; text') });
});

test('whoever does not read HTML is told as well that the database is away', async () => {
  const away = await TestFront.open({}, { isDatabaseSteady: async () => false });
  away.page = pageOf('Internal Server Error', { status: 500, type: 'text/plain' });
  expect(await away.send({ headers: { accept: 'application/json' } })).toMatchObject({ status: 503, headers: { 'content-type': 'text/plain; charset=utf-8' } });
});

test('a thrown error becomes a page, not a broken connection', async () => {
  front.page = () => { throw new Error('a bug'); };
  expect(await front.send({})).toMatchObject({ status: 500, body: expect.stringContaining('<h1>') });
});

test('an address with a last slash leads in one hop to the page, and nowhere when there is none', async () => {
  front.page = pageOf(html('x'));
  expect(await front.send({ path: '/about/?a=1' })).toMatchObject({ status: 308, headers: { location: '/about?a=1' }, body: '' });
  front.page = pageOf('', { status: 308, headers: { location: '/posts/new' } });
  expect(await front.send({ path: '/2016/05/old/' })).toMatchObject({ status: 308, headers: { location: '/posts/new' } });
  front.page = pageOf(shell, { status: 404 });
  expect((await front.send({ path: '/nope/' })).status).toBe(404);
});

test('a form from before an upgrade is refused with a sentence, and its text comes back', async () => {
  front.page = pageOf('Invalid Server Actions request.', { status: 400, type: 'text/plain', headers: { 'x-nextjs-action-not-found': '1' } });
  const answer = await front.send({ method: 'POST', ...form });
  expect(answer.status).toBe(409);
  expect(answer.body).toContain('My &lt;b&gt;long&lt;/b&gt; text');
  expect(answer.body).not.toMatch(/a-hidden-slug|0123456789ab/);
});

test('HSTS is promised when readers come by https, and only then', async () => {
  expect((await front.send({})).headers['strict-transport-security']).toBeUndefined();
  const secure = await TestFront.open({ siteUrl: 'https://blog.example' });
  expect((await secure.send({})).headers['strict-transport-security']).toBe('max-age=31536000');
});

test('what a failing page notes has no query, where the token of a sign-in link stands', async () => {
  const written = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  front.page = () => { throw new Error('a bug'); };
  expect((await front.send({ path: '/sign-in/link?token=secret' })).status).toBe(500);
  expect(JSON.stringify(written.mock.calls)).toContain('/sign-in/link');
  expect(JSON.stringify(written.mock.calls)).not.toContain('secret');
  written.mockRestore();
});

test('a form whose sender goes away is nothing to note', async () => {
  const written = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  const socket = net.connect(front.port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 500\r\n\r\n--x');
  const [request] = (await once(front.server, 'request')) as [IncomingMessage];
  socket.destroy();
  await new Promise((gone) => request.once('close', gone));
  await new Promise(setImmediate);
  expect(written).not.toHaveBeenCalled();
  written.mockRestore();
});

test('of two cookies none takes the place of the other, whatever was set before; nor while the server stops', async () => {
  const one = await TestFront.open();
  const drain = drainable(one.server, 300);
  one.page = (_request, response) => void response.setHeader('set-cookie', ['here=1; Path=/', 'session=2; Path=/; HttpOnly']).setHeader('content-type', 'text/html').end(html('x'));
  const cookies = async () => (await one.send({ path: '/sign-in' })).headers['set-cookie'];
  expect(await cookies()).toEqual(['here=1; Path=/', 'session=2; Path=/; HttpOnly']);
  const drained = drain();
  expect(await cookies()).toEqual(['here=1; Path=/', 'session=2; Path=/; HttpOnly']);
  await drained;
});

test('a stopping server finishes the request that runs and takes no other', async () => {
  const stopping = await TestFront.open();
  const drain = drainable(stopping.server);
  let release = () => undefined as void;
  const entered = new Promise<void>((inside) => {
    stopping.page = async (_request, response) => {
      inside();
      await new Promise<void>((resolve) => { release = resolve; });
      response.setHeader('content-type', 'text/html').end(html('in time'));
    };
  });
  const running = stopping.send({});
  await entered;
  const drained = drain();
  await expect(stopping.send({})).rejects.toThrow();
  release();
  expect((await running).body).toBe(html('in time'));
  expect(await Promise.race([drained.then(() => 'drained'), sleep(5_000, 'hangs', { ref: false })])).toBe('drained');
});

test('with notice, a stopping server goes on for so long, and ends each connection with its answer', async () => {
  const stopping = await TestFront.open();
  const drain = drainable(stopping.server, 400);
  stopping.page = pageOf(html('still here'));
  const drained = drain();
  const meanwhile = await stopping.send({});
  expect([meanwhile.status, meanwhile.body, meanwhile.headers.connection]).toEqual([200, html('still here'), 'close']);
  await drained;
  await expect(stopping.send({})).rejects.toThrow();
});

test('a connection that has sent nothing, or half a head, does not keep a server from stopping', async () => {
  const stopping = await TestFront.open();
  const drain = drainable(stopping.server);
  const ends = ['', 'GET / HTTP/1.1\r\nHost: loc'].map((text) => stopping.sendRaw(text).catch(() => 'reset'));
  await once(stopping.server, 'connection');
  await once(stopping.server, 'connection');
  expect(await Promise.race([drain().then(() => 'stopped'), sleep(4_000, 'hangs', { ref: false })])).toBe('stopped');
  await Promise.all(ends);
});
