import { beforeEach, expect, test } from 'vitest';
import { multipartOf, TestFront } from '../../support/front';

const front = await TestFront.open();
const form = multipartOf({ $ACTION_ID_00: '', comment: 'Good morning' });
const own = () => `http://127.0.0.1:${front.port}`;

beforeEach(() => void front.seen.splice(0));

test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])('%s is not answered', async (method) => {
  const answer = await front.send({ method });
  expect(answer.status).toBe(405);
  expect(answer.headers.allow).toBe('GET, HEAD, POST');
  expect(front.seen).toEqual([]);
});

test.each([
  ['does not decode', '/posts/%E0%A4%A', 400],
  ['holds NUL', '/posts/a%00b', 400],
  ['holds NUL in its query', '/?q=%00', 400],
  ['decodes to another host', '/%2Felsewhere.example/', 400],
  ['holds a backslash', '/%5Celsewhere.example', 400],
  ['climbs', '/posts/../admin', 400],
  ['climbs encoded', '/posts/%2e%2e/admin', 400],
  ['is endless', `/${'a'.repeat(9_000)}`, 414],
])('an address that %s is refused with a sentence', async (_what, path, status) => {
  const answer = await front.send({ path });
  expect(answer.status).toBe(status);
  expect(answer.body).toContain('<p>The address ');
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(front.seen).toEqual([]);
});

test.each([
  ['//elsewhere.example', '/elsewhere.example'],
  ['///elsewhere.example//?p=1', '/elsewhere.example?p=1'],
  ['/posts//hello///', '/posts/hello'],
])('slashes too many in %s lead to the address on this blog without them', async (path, place) => {
  const answer = await front.send({ path });
  expect([answer.status, answer.headers.location]).toEqual([308, place]);
});

test('what is not HTTP at all, or has no end, is answered with a page', async () => {
  expect(await front.sendRaw('HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*Content-Security-Policy[\s\S]*<h1>/);
  expect(await front.sendRaw(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
});

const SECOND = 'GET /second HTTP/1.1\r\nHost: blog.example\r\n\r\n';
const POST = 'POST /posts/hello HTTP/1.1\r\nHost: blog.example\r\nContent-Type: multipart/form-data; boundary=x\r\n';
const GET = 'GET / HTTP/1.1\r\nHost: blog.example\r\n';

// What two servers in a row could read in two ways, so that the second finds a request that nobody sent (RFC 9112, 11.2).
test.each([
  ['a length beside chunks', `${POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['chunks beside a length', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`],
  ['two lengths', `${POST}Content-Length: 0\r\nContent-Length: 5\r\n\r\n`],
  ['two lengths in one line', `${POST}Content-Length: 0, 5\r\n\r\n`],
  ['a length with a sign', `${POST}Content-Length: +5\r\n\r\nhello`],
  ['a length below nothing', `${POST}Content-Length: -5\r\n\r\n`],
  ['a length in other digits', `${POST}Content-Length: 0x5\r\n\r\nhello`],
  ['a coding that is none', `${POST}Transfer-Encoding: chonked\r\n\r\n0\r\n\r\n`],
  ['chunks that are not the last coding', `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
  ['two codings', `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`],
  ['a chunk whose size is no number', `${POST}Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n`],
  ['a chunk longer than it says', `${POST}Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n`],
  ['a chunk of more than there are numbers', `${POST}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n`],
  ['a chunk that ends in a line feed alone', `${POST}Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n`],
  ['a space before the colon', `${GET}Content-Length : 5\r\n\r\nhello`],
  ['a line that goes on in the next', `${GET}X-One: one\r\n Content-Length: 5\r\n\r\n`],
  ['a line that ends in a line feed alone', `${GET}X-One: one\nContent-Length: 5\r\n\r\n`],
  ['a line that ends in a carriage return alone', `${GET}X-One: one\rContent-Length: 5\r\n\r\n`],
  ['a head that ends in line feeds alone', 'GET / HTTP/1.1\nHost: blog.example\n\n'],
  ['NUL in a header', `${GET}X-One: o\0ne\r\n\r\n`],
  ['two requests in one line', 'GET / HTTP/1.1 GET /second HTTP/1.1\r\n\r\n'],
])('a request with %s is refused, and what follows it is answered by nobody', async (_what, first) => {
  const answer = await front.sendRaw(first + SECOND);
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
  expect(front.seen.filter(({ url }) => url === '/second')).toEqual([]);
});

test('two requests in one piece are two', async () => {
  expect((await front.sendRaw(`${GET}\r\n${SECOND.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')}`)).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
  expect(front.seen.map(({ url }) => url).sort()).toEqual(['/', '/second']);
});

test.each([
  ['a foreign origin', { origin: 'https://elsewhere.example' }],
  ['an opaque origin', { origin: 'null' }],
  ['another port', { origin: 'http://127.0.0.1:1' }],
  ['another name of this machine than the one asked', { origin: 'http://localhost:1' }],
  ['another site, by fetch metadata', { 'sec-fetch-site': 'cross-site' }],
])('a form from %s is refused', async (_what, headers) => {
  expect((await front.send({ method: 'POST', ...form, headers: { ...form.headers, ...headers } })).status).toBe(403);
  expect(front.seen).toEqual([]);
});

test('a form from the page itself, or without Origin, reaches Next whole', async () => {
  expect((await front.send({ method: 'POST', ...form, headers: { ...form.headers, origin: own() } })).status).toBe(200);
  expect((await front.send({ method: 'POST', ...form })).status).toBe(200);
  expect(front.seen.map(({ body }) => body)).toEqual([form.body, form.body]);
});

test.each([
  ['JSON', { 'content-type': 'application/json' }, '{}', 415],
  ['a form without an action', multipartOf({ comment: 'x' }).headers, multipartOf({ comment: 'x' }).body, 400],
  ['a url-encoded form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b', 415],
  ['nothing', {}, '', 415],
  ['text without an action header', { 'content-type': 'text/plain' }, 'x', 415],
  ['a compressed form', { ...form.headers, 'content-encoding': 'gzip' }, form.body, 415],
  ['garbage as multipart', form.headers, 'garbage', 400],
  ['multipart without a boundary', { 'content-type': 'multipart/form-data' }, form.body, 400],
  ['a truncated form', form.headers, form.body.slice(0, -12), 400],
  ['an action whose values point elsewhere', multipartOf({}).headers, multipartOf({ $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"60","bound":"$@1"}', '$ACTION_1:1': '["$2:__proto__:then"]' }).body, 400],
  ['an action whose values are missing', multipartOf({}).headers, multipartOf({ $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"60","bound":"$@1"}' }).body, 400],
  ['an action whose values are nested without end', multipartOf({}).headers, multipartOf({ $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"60","bound":"$@1"}', '$ACTION_1:1': '['.repeat(50_000) + ']'.repeat(50_000) }).body, 400],
  ['a call by script on a reader’s page', { ...multipartOf({}).headers, 'next-action': '60' }, multipartOf({ 0: '["$K1"]' }).body, 400],
  ['an action whose values are no JSON', multipartOf({}).headers, multipartOf({ $ACTION_REF_1: '', '$ACTION_1:0': '{"id' }).body, 400],
])('%s is refused', async (_what, headers, body, status) => {
  const answer = await front.send({ method: 'POST', headers, body });
  expect(answer.status).toBe(status);
  expect(answer.body).toMatch(/<p>[A-Z].*\.<\/p>/);
  expect(front.seen).toEqual([]);
});

test.each([
  ['a form as it was rendered', '/', {}, { $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"60","bound":"$@1"}', '$ACTION_1:1': '[{"message":null,"entered":{"comment":"$$5 is what I typed"},"sent":"$undefined"}]', comment: '$5' }, 200],
  ['a call by script at the desk', '/admin/comments', { 'next-action': '60' }, { 0: '[{"done":null},"$K1"]', _1_undo: '$x' }, 200],
  ['a call by script that points elsewhere', '/admin/comments', { 'next-action': '60' }, { 0: '["$1:constructor:constructor"]', 1: '{}' }, 400],
])('%s is answered with its status', async (_what, path, headers, fields, status) => {
  const sent = multipartOf(fields as unknown as Record<string, string>);
  expect((await front.send({ method: 'POST', path, headers: { ...sent.headers, ...headers }, body: sent.body })).status).toBe(status);
});

const told = 'source=https%3A%2F%2Fa.example%2F&target=https%3A%2F%2Fb.example%2F';
const urlencoded = { 'content-type': 'Application/x-www-form-urlencoded; charset=UTF-8' };

test('what another site’s server tells by the form of Webmention reaches its one address whole, whatever is called by script', async () => {
  expect((await front.send({ method: 'POST', path: '/webmention', headers: { ...urlencoded, 'next-action': '60' }, body: told })).status).toBe(200);
  expect(front.seen.map(({ body, headers }) => [body, headers['next-action']])).toEqual([[told, undefined]]);
});

test.each<[string, string, Record<string, string>, string, number]>([
  ['that form at another address', '/webmention/x', urlencoded, told, 415], ['that form at the desk', '/admin', urlencoded, told, 415], ['a browser’s of another site', '/webmention', { ...urlencoded, origin: 'https://elsewhere.example' }, told, 403],
  ['JSON', '/webmention', { 'content-type': 'application/json' }, '{}', 415], ['a form of fields without an action', '/webmention', multipartOf({ source: 'x' }).headers, multipartOf({ source: 'x' }).body, 400],
  ['a compressed one', '/webmention', { ...urlencoded, 'content-encoding': 'gzip' }, told, 415], ['one over the limit', '/webmention', urlencoded, 'x'.repeat(1_100_000), 413],
])('%s is refused there', async (_what, path, headers, body, status) => {
  expect((await front.send({ method: 'POST', path, headers, body })).status).toBe(status);
  expect(front.seen).toEqual([]);
});

test('a content type in capitals is the same content type', async () => {
  await front.send({ method: 'POST', headers: { 'content-type': 'Multipart/Form-Data; boundary=limit' }, body: form.body });
  expect(front.seen[0]?.headers['content-type']).toBe('multipart/form-data; boundary=limit');
});

test.each([
  ['announced', { 'content-length': String(10_000_000) }],
  ['streamed without a length', { 'transfer-encoding': 'chunked' }],
  ['announced, waiting for leave to send', { 'content-length': String(10_000_000), expect: '100-continue' }],
])('ten megabytes, %s, are answered with 413 and not with a reset', async (_what, headers) => {
  const answer = await front.send({ method: 'POST', headers: { ...form.headers, ...headers }, body: Buffer.alloc(10_000_000, 'x') });
  expect(answer.status).toBe(413);
  expect(answer.body).toContain('1 MB');
  expect(front.seen).toEqual([]);
});

test('a form of just under a megabyte goes through', async () => {
  const large = multipartOf({ $ACTION_ID_00: '', comment: 'ü'.repeat(500_000) });
  expect((await front.send({ method: 'POST', ...large })).status).toBe(200);
  expect(front.seen[0]?.body).toBe(large.body);
});

const FOUR_MIB = 4 * 1024 * 1024;

test.each([
  ['who may send long lists', '/admin/rules', FOUR_MIB, 3_000_000, 200],
  ['whose lists are endless', '/admin/rules', FOUR_MIB, 5_000_000, 413],
  ['who may send no more than everybody', '/admin/rules', 0, 3_000_000, 413],
])('of long forms, that of somebody %s is answered with its status', async (_who, path, limitBytes, characters, status) => {
  const asked: string[] = [];
  const lists = await TestFront.open({ longBodyLimit: async (_, to) => { asked.push(to); return limitBytes; } });
  const sent = multipartOf({ $ACTION_ID_00: '', heldWords: 'x'.repeat(characters) });
  expect((await lists.send({ method: 'POST', path, headers: { ...sent.headers, 'content-length': String(Buffer.byteLength(sent.body)) }, body: sent.body })).status).toBe(status);
  expect(asked).toEqual([path]);
});

test('who sends a short form is not asked who they are', async () => {
  const lists = await TestFront.open({ longBodyLimit: () => Promise.reject(new Error('asked')) });
  const sent = multipartOf({ $ACTION_ID_00: '', heldWords: 'casino' });
  expect((await lists.send({ method: 'POST', path: '/admin/rules', headers: sent.headers, body: sent.body })).status).toBe(200);
});

test("headers that steer Next, or claim to come from a proxy, do not reach it", async () => {
  await front.send({ path: '/posts/a-slug/reply', headers: {
    'x-forwarded-host': 'elsewhere.example', 'x-forwarded-proto': 'https', 'x-forwarded-for': '9.9.9.9', forwarded: 'for=9.9.9.9', 'x-real-ip': '9.9.9.9', 'next-action': 'x', rsc: '1',
    'x-middleware-subrequest': 'x', 'x-matched-path': '/admin', 'x-invoke-path': '/admin', 'x-nextjs-data': '1', 'content-security-policy': "script-src 'nonce-mine'",
  } });
  expect(front.seen[0]?.headers).toEqual({
    connection: expect.any(String), host: `127.0.0.1:${front.port}`, 'x-forwarded-host': `127.0.0.1:${front.port}`, 'x-forwarded-proto': 'http', 'x-forwarded-for': '127.0.0.1',
    'user-agent': 'unnamed',
  });
});

test('the numbers by which a developing browser finds what belongs to its answer reach Next while developing, and then alone', async () => {
  const numbers = { 'x-nextjs-request-id': '1a', 'x-nextjs-html-request-id': 'page' };
  const developing = await TestFront.open({ development: true });
  for (const one of [developing, front]) await one.send({ path: '/admin', headers: { ...numbers, 'x-nextjs-data': '1' } });
  expect(developing.seen[0]?.headers).toMatchObject(numbers);
  expect(developing.seen[0]?.headers).not.toHaveProperty('x-nextjs-data');
  for (const name of Object.keys(numbers)) expect(front.seen.at(-1)?.headers).not.toHaveProperty(name);
});
