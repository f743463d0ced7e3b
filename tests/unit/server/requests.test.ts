import { beforeEach, expect, test, vi } from 'vitest';
import { presentRequestId, showing } from '../../../lib/answer';
import { log } from '../../../lib/log';
import { Changes } from '../../../server/changes';
import type { Files } from '../../../server/files';
import type { MediaFiles } from '../../../server/media-files';
import { WholeAnswer } from '../../../server/whole-answer';
import { TestFront } from '../../support/front';

const changes = new Changes();
const files: Files = new Map([['/icon.svg', new WholeAnswer(200, [['content-type', 'image/svg+xml']], Buffer.from('<svg/>'), { validated: true })]]);
const media = { find: async (path: string) => (path === '/media/one.jpg' ? async (_request: unknown, response: { end: (text: string) => void }) => void response.end('x') : undefined) } as unknown as MediaFiles;
const front = await TestFront.open({}, { freshness: { changes, isListening: true }, files, media });
const behindProxy = await TestFront.open({ trustProxy: 1 });
const said = vi.spyOn(log, 'info').mockImplementation(() => undefined);
const html = (words: string) => `<!DOCTYPE html><html><body>${words}</body></html>`;
let inside: (string | undefined)[] = [];

beforeEach(() => {
  said.mockClear();
  inside = [];
  changes.noteAll();
  front.page = (request, response) => {
    inside.push(presentRequestId());
    if (request.url?.startsWith('/posts/one')) showing('posts');
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html('words'));
  };
});

const lines = () => said.mock.calls.map(([line]) => line as unknown as Record<string, unknown>);
const line = async () => {
  await vi.waitFor(() => expect(lines()).toHaveLength(1));
  return lines()[0]!;
};

test('a request that is answered for one person has an id: in its answer, in its line, and in the pages', async () => {
  const { headers } = await front.send({ path: '/search?q=ida' });
  expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  expect(await line()).toEqual({ requestId: headers['x-request-id'], method: 'GET', kind: '/search', status: 200, ms: expect.any(Number) as number });
  expect(inside).toEqual([headers['x-request-id']]);
});

test('an answer that sets several cookies sets them all beside its id', async () => {
  front.page = (_request, response) => void response.setHeader('set-cookie', ['one=1', 'two=2']).setHeader('content-type', 'text/html').end(html('words'));
  const { headers } = await front.send({ path: '/sign-in' });
  expect([headers['set-cookie'], typeof headers['x-request-id']]).toEqual([['one=1', 'two=2'], 'string']);
});

test('a kept page is the same bytes and headers for all, first and later, and is told of once: when it was rendered', async () => {
  const first = await front.send({ path: '/posts/one' });
  const told = await line();
  expect(told).toMatchObject({ kind: '/posts/:slug', status: 200, requestId: inside[0] });
  const again = await front.send({ path: '/posts/one', headers: { 'x-request-id': 'another-id' } });
  expect([first.headers['x-request-id'], again.headers['x-request-id']]).toEqual([undefined, undefined]);
  expect({ ...again.headers, date: '' }).toEqual({ ...first.headers, date: '' });
  expect(again.body).toBe(first.body);
  expect(lines()).toHaveLength(1);
});

test.each(['/icon.svg', '/media/one.jpg'])('of %s, a file, no line tells, and it carries no id', async (path) => {
  expect((await front.send({ path })).headers['x-request-id']).toBeUndefined();
  await front.send({ path: '/nowhere/tops3cret' });
  expect(await line()).toMatchObject({ kind: '/:path*' });
});

test.each([
  ['/posts/%E0%A4%A', 400], ['/posts/%00', 400], ['/receipts/tops3cret/%0a%22', 200], ['/subscriptions/tops3cret?email=ida@example.com', 200],
])('of %s the kind is told, and nothing of what stands in it', async (path, status) => {
  const { headers, status: given } = await front.send({ path, headers: { 'user-agent': 'Ida', referer: 'https://ida.example/', 'x-forwarded-for': '203.0.113.9' } });
  expect(given).toBe(status);
  const told = await line();
  expect(Object.keys(told).sort()).toEqual(['kind', 'method', 'ms', 'requestId', 'status']);
  expect(told).toMatchObject({ requestId: headers['x-request-id'], status });
  expect(JSON.stringify(told)).not.toMatch(/tops3cret|ida|203\.0|%/i);
});

test.each([401, 403, 404, 413, 422, 429])('a refusal is told by its status: %i', async (status) => {
  front.page = (_, response) => { response.statusCode = status; response.end('No.'); };
  await front.send({ path: '/admin/people/tops3cret' });
  expect(await line()).toMatchObject({ kind: '/admin/people/:id', status });
});

test('a refused method is told as it was refused', async () => {
  await front.send({ method: 'DELETE', path: '/posts/one' });
  expect(await line()).toMatchObject({ method: 'other', kind: '/posts/:slug', status: 405 });
});

test('of a client that goes before it has its answer is told that it went', async () => {
  let begun!: () => void;
  const hasBegun = new Promise<void>((resolve) => { begun = resolve; });
  front.page = () => { begun(); };
  const leaving = new AbortController();
  const asked = fetch(`http://127.0.0.1:${front.port}/search?q=slow`, { signal: leaving.signal }).catch(() => null);
  await hasBegun;
  leaving.abort();
  await asked;
  expect(await line()).toMatchObject({ kind: '/search', status: 499 });
});

test('the id of a trusted proxy is taken over if it looks like one', async () => {
  expect((await behindProxy.send({ path: '/search', headers: { 'x-request-id': 'proxy_id-12345678' } })).headers['x-request-id']).toBe('proxy_id-12345678');
  for (const forged of ['short', 'ida@example.com', '203.0.113.9', 'x'.repeat(65), 'two words here', 'a"b\\cdefgh']) {
    expect((await behindProxy.send({ path: '/search', headers: { 'x-request-id': forged } })).headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  }
  expect((await front.send({ path: '/search', headers: { 'x-request-id': 'proxy_id-12345678' } })).headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
});
