import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedFetch, refusalOf, type FetchRules } from '@/lib/media/guarded-fetch';

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
