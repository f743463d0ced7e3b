import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedFetch, refusalOf, refusalToAsk, type FetchRules } from '@/lib/media/guarded-fetch';

let answer: RequestListener = (_, response) => void response.end('hello');
let closed = 0;
const server = http.createServer((request, response) => {
  request.socket.once('close', () => void (closed += 1));
  answer(request, response);
});
let origin = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const RULES: Omit<FetchRules, 'trustedOrigin'> = { protocols: ['https:', 'http:'], headers: {}, redirectsMax: 3, maxBytes: 1_000, wholeMs: 10_000, idleMs: 5_000 };
const fetchIt = (more: Partial<FetchRules> = {}) => guardedFetch(`${origin}/`, { ...RULES, trustedOrigin: origin, ...more });
const readIt = async (more: Partial<FetchRules> = {}): Promise<string> => {
  const fetched = await fetchIt(more);
  if (!fetched.ok) return fetched.code;
  return buffer(fetched.value.body).then(String, (error: unknown) => refusalOf(error).code);
};

test('what lies there streams, with what it says of itself', async () => {
  answer = (_, response) => void response.writeHead(200, { 'content-type': 'Text/HTML; charset=utf-8' }).end('hello');
  const fetched = await fetchIt();
  if (!fetched.ok) throw new Error(fetched.message);
  expect([fetched.value.type, fetched.value.isTrusted, fetched.value.url.href, String(await buffer(fetched.value.body))]).toEqual(['text/html', true, `${origin}/`, 'hello']);
});

test('past its bounds it ends: of bytes, of silence, of all of its time', async () => {
  answer = (_, response) => void response.writeHead(200).end('x'.repeat(1_001));
  expect(await readIt()).toBe('too-large');
  answer = (_, response) => response.writeHead(200).write('x');
  expect(await readIt({ idleMs: 200 })).toBe('unavailable');
  answer = () => undefined;
  expect(await readIt({ idleMs: 200 })).toBe('unavailable');
  answer = (_, response) => {
    const drops = setInterval(() => response.write('x'), 50);
    response.writeHead(200).once('close', () => clearInterval(drops));
  };
  expect(await readIt({ wholeMs: 400 })).toBe('unavailable');
});

test('its caller ends it, before and in the middle', async () => {
  expect(await readIt({ signal: AbortSignal.abort() })).toBe('unavailable');
  const ending = new AbortController();
  answer = (_, response) => void response.writeHead(200).write('x', () => ending.abort());
  expect(await readIt({ signal: ending.signal })).toBe('unavailable');
});

test('what nobody reads is closed', async () => {
  answer = (_, response) => response.writeHead(200).write('x');
  const fetched = await fetchIt();
  if (!fetched.ok) throw new Error(fetched.message);
  closed = 0;
  fetched.value.close();
  await expect.poll(() => closed).toBe(1);
});

test.each([['7', 7, 7], [new Date(Date.now() + 60_000).toUTCString(), 50, 61], ['soon', null, null], ['-1', null, null], [new Date(0).toUTCString(), null, null]])('a server that says Retry-After: %s is believed where that can be read', async (retryAfter, least, most) => {
  answer = (_, response) => void response.writeHead(429, { 'retry-after': retryAfter }).end();
  const refused = await fetchIt();
  expect(refused).toMatchObject({ ok: false, code: 'unavailable' });
  const told = refused.ok ? null : (refused.retryAfterSeconds ?? null);
  expect(least === null || most === null ? told === null : told !== null && told >= least && told <= most).toBe(true);
});

test.each([['http://blog.example/a.jpg', ['https:'], 'forbidden'], ['http://blog.example/a.jpg', ['https:', 'http:'], 'unavailable'], ['https://blog.example/a.jpg', ['http:'], 'forbidden'], ['http://blog.example:8080/a.jpg', ['https:', 'http:'], 'forbidden']] as const)('%s by %s: %s', async (address, protocols, code) => {
  const resolve: FetchRules['resolve'] = (_, __, callback) => callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), '');
  expect(await guardedFetch(address, { ...RULES, protocols, trustedOrigin: null, resolve })).toMatchObject({ ok: false, code });
});

test.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '168.63.129.16', '::1', 'fd00::1', '::ffff:127.0.0.1'])('by http too a name that leads to %s is not asked', async (address) => {
  const resolve: FetchRules['resolve'] = (_, options, callback) => {
    const found = { address, family: address.includes(':') ? 6 : 4 };
    if (options.all) callback(null, [found]);
    else callback(null, found.address, found.family);
  };
  expect(await guardedFetch('http://blog.example/', { ...RULES, trustedOrigin: null, resolve })).toMatchObject({ ok: false, code: 'forbidden' });
});

test('what is posted arrives whole with its headers, and every answer is told as it is', async () => {
  const came: unknown[] = [];
  answer = (request, response) => void buffer(request).then((body) => {
    came.push([request.method, request.url, request.headers['content-type'], request.headers['content-length'], String(body)]);
    response.writeHead(503, { 'retry-after': '9' }).end('no');
  });
  const sent = await fetchIt({ body: '“ñ”', headers: { 'content-type': 'application/json' } });
  if (!sent.ok) throw new Error(sent.message);
  expect(came).toEqual([['POST', '/', 'application/json', '8', '“ñ”']]);
  expect([sent.value.status, sent.value.retryAfterSeconds, String(await buffer(sent.value.body))]).toEqual([503, 9, 'no']);
});

test.each([301, 302, 303, 307, 308])('a redirect (%i) of what is posted is followed by nobody', async (status) => {
  const came: (string | undefined)[] = [];
  answer = (request, response) => {
    came.push(request.url);
    response.writeHead(status, { location: '/elsewhere' }).end();
  };
  const sent = await fetchIt({ body: '{}' });
  expect([sent.ok && sent.value.status, came]).toEqual([status, ['/']]);
});

const INSIDE = ['127.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '168.63.129.16', '0.0.0.0', '100.64.0.1', '::1', '::', 'fd00::1', 'fe80::1', '::ffff:10.0.0.1', '64:ff9b::7f00:1'];
const leadingTo = (address: string): NonNullable<FetchRules['resolve']> => (_, options, callback) => {
  const found = { address, family: address.includes(':') ? 6 : 4 };
  if (options.all) callback(null, [{ address: '93.184.215.14', family: 4 }, found]);
  else callback(null, found.address, found.family);
};

test.each(INSIDE)('nothing is posted by a name that leads to %s, and such an address is refused when it is looked at', async (address) => {
  expect(await guardedFetch('https://hooks.example/', { ...RULES, body: '{}', trustedOrigin: null, resolve: leadingTo(address) })).toMatchObject({ ok: false, code: 'forbidden' });
  expect(await refusalToAsk('https://hooks.example/', ['https:'], leadingTo(address))).toMatchObject({ code: 'forbidden' });
});

test.each(['https://127.0.0.1/', 'https://[::1]/', 'https://2130706433/', 'https://0x7f.1/', 'https://hooks.example:8443/', 'https://user:word@hooks.example/', 'https://user@hooks.example/', 'http://hooks.example/', 'not one'])('%s is refused before its name is looked up', async (address) => {
  let lookups = 0;
  const resolve: FetchRules['resolve'] = (_, __, callback) => {
    lookups += 1;
    callback(null, [{ address: '93.184.215.14', family: 4 }]);
  };
  expect([(await refusalToAsk(address, ['https:'], resolve))?.code, lookups]).toEqual(['forbidden', 0]);
});

const PUBLIC = ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'];
test.each(PUBLIC)('a name that leads to %s, which is public, is asked', async (address) => {
  expect(await guardedFetch('https://hooks.example/', { ...RULES, wholeMs: 200, trustedOrigin: null, resolve: leadingTo(address) })).toMatchObject({ ok: false, code: 'unavailable' });
  expect(await refusalToAsk('https://hooks.example/', ['https:'], leadingTo(address))).toBeNull();
});

test('an address whose name nobody knows now is not refused', async () => {
  const unknown: FetchRules['resolve'] = (_, __, callback) => callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), '');
  expect(await refusalToAsk('https://hooks.example/', ['https:'], unknown)).toBeNull();
});
