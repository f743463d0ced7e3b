import { beforeEach, expect, test } from 'vitest';
import { BEAT_MAX_BYTES, BEAT_PATH, SAVE_MAX_BYTES, SAVE_PATH } from '../../../lib/posts/editor-requests';
import { TestFront } from '../../support/front';

const front = await TestFront.open({ longBodyLimit: () => Promise.resolve(SAVE_MAX_BYTES) });
beforeEach(() => void front.seen.splice(0));

const JSON_TYPE = { 'content-type': 'application/json' };
const own = () => `http://127.0.0.1:${front.port}`;
const save = (body: string, headers: Record<string, string> = JSON_TYPE, path = SAVE_PATH) => front.send({ method: 'POST', path, headers, body });

test('a save of nearly four megabytes goes through whole, and calls no action', async () => {
  const body = JSON.stringify({ html: 'x'.repeat(SAVE_MAX_BYTES - 100) });
  expect((await save(body, { 'content-type': 'Application/JSON; charset=utf-8', 'content-length': String(body.length), 'next-action': '60', origin: own() })).status).toBe(200);
  expect(front.seen.map(({ body: seen, headers }) => [seen === body, headers['next-action']])).toEqual([[true, undefined]]);
});

test('who may send no more than everybody is told at once, and so is who does not say how much comes', async () => {
  const body = JSON.stringify({ html: 'x'.repeat(2 * 1024 * 1024) });
  const stranger = await TestFront.open({ longBodyLimit: () => Promise.resolve(0) });
  expect((await stranger.send({ method: 'POST', path: SAVE_PATH, headers: { ...JSON_TYPE, 'content-length': String(body.length) }, body })).status).toBe(413);
  expect((await save(body, { ...JSON_TYPE, 'transfer-encoding': 'chunked' })).status).toBe(413);
  expect([...stranger.seen, ...front.seen]).toEqual([]);
});

test.each([
  ['announced', {}],
  ['streamed without a length', { 'transfer-encoding': 'chunked' }],
])('a longer one, %s, is answered with 413 and not with a reset', async (_what, headers) => {
  expect((await save('x'.repeat(SAVE_MAX_BYTES + 1), { ...JSON_TYPE, ...headers })).status).toBe(413);
  expect((await save('x'.repeat(BEAT_MAX_BYTES + 1), { ...JSON_TYPE, ...headers }, BEAT_PATH)).status).toBe(413);
  expect(front.seen).toEqual([]);
});

test.each([
  ['plain text', { 'content-type': 'text/plain' }, 415],
  ['a form', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
  ['nothing said of its kind', {}, 415],
  ['something compressed', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 415],
  ['JSON from a page elsewhere', { ...JSON_TYPE, origin: 'https://elsewhere.example' }, 403],
  ['JSON from no page that can be named', { ...JSON_TYPE, origin: 'null' }, 403],
])('where the editor saves, %s is refused', async (_what, headers, status) => {
  expect((await save('{}', headers)).status).toBe(status);
  expect(front.seen).toEqual([]);
});

test.each(['/admin/posts', '/admin/posts/save/more', '/admin/posts/01940000-0000-7000-8000-000000000001', '/posts/a-slug', '/'])('JSON is taken nowhere else: %s', async (path) => {
  expect((await save('{}', JSON_TYPE, path)).status).toBe(415);
  expect(front.seen).toEqual([]);
});
