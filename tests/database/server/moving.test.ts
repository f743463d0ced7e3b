import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { sessionCookieName } from '@/lib/identity/cookies';
import type { Person, Role } from '@/lib/identity/schema';
import { sessionHash } from '@/lib/identity/tokens';
import { newId } from '@/lib/ids';
import { PIECE_MAX_BYTES, piecesPath } from '@/lib/transfer/desk/moving';
import { beginUpload } from '@/lib/transfer/desk/uploads';
import type { Producers } from '@/server/downloads';
import { Moving } from '@/server/moving';
import { useDatabase } from '@/tests/support/database';
import { TestFront } from '@/tests/support/front';
import { person, shown } from '../transfer/moving-scene';

useDatabase();
const DAY_MS = 24 * 60 * 60 * 1000;
const FILE = '/admin/moving/wordpress.xml';
const none: Producers = { 'wordpress.xml': async function* () { yield ''; }, 'markdown.zip': async function* () { yield ''; }, 'media.zip': async function* () { yield ''; }, backup: async () => null };
const producers = { ...none };
let front: TestFront;
beforeAll(async () => {
  front = await TestFront.open({}, { moving: new Moving(producers) });
});
beforeEach(() => {
  Object.assign(producers, none);
});

async function signedIn(role: Role): Promise<{ actor: Person; cookie: string }> {
  const actor = await person(role);
  const token = randomBytes(32).toString('base64url');
  await db().session.create({ data: { id: newId(), sessionToken: sessionHash(token), userId: actor.userId, expires: new Date(Date.now() + DAY_MS) } });
  return { actor, cookie: `${sessionCookieName()}=${token}` };
}

/** An owner in a browser, with an upload of so many bytes that is begun. */
async function uploading(bytes = 10) {
  const { actor, cookie } = await signedIn('owner');
  const begun = await beginUpload(actor, { name: 'blog.xml', bytes, mark: '' }, new Date());
  if (!begun.ok) throw new Error(begun.message);
  const { id } = begun.value;
  const headers = { cookie, 'content-type': 'application/octet-stream', origin: `http://127.0.0.1:${front.port}`, host: `127.0.0.1:${front.port}` };
  const send = (at: number | string, body: string | Buffer, more: Record<string, string> = {}) => front.send({ method: 'POST', path: `/admin/moving/${id}/pieces?at=${at}`, headers: { ...headers, ...more }, body });
  return { actor, id, headers, send };
}

test('an owner’s piece is taken, one that comes twice is told where the file stands; nothing of it reaches Next', async () => {
  const { actor, send } = await uploading();
  const first = await send(0, 'abcd');
  expect([first.status, JSON.parse(first.body), first.headers['cache-control']]).toEqual([200, { received: 4, isWhole: false }, 'private, no-store']);
  expect(first.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  const again = await send(0, 'abcd');
  expect([again.status, JSON.parse(again.body)]).toEqual([409, { received: 4, isWhole: false }]);
  expect(JSON.parse((await send(4, 'efghij')).body)).toEqual({ received: 10, isWhole: true });
  expect(await shown(actor)).toMatchObject({ state: 'checking' });
  expect(front.seen).toEqual([]);
});

test.each([['reader', 404], ['author', 404], ['moderator', 404], [null, 401]] as const)('a piece from a %s is answered %i before any of it is read', async (role, status) => {
  const { id, actor } = await uploading();
  const cookie = role ? (await signedIn(role)).cookie : 'nothing=1';
  // Announced and never sent: an answer that waited for the body would not come.
  const continued = vi.fn();
  const answered = await new Promise<number>((resolve, reject) => {
    const sending = request({ host: '127.0.0.1', port: front.port, method: 'POST', path: piecesPath(id, 0), headers: { cookie, 'content-type': 'application/octet-stream', 'content-length': '10', expect: '100-continue' } }, (answer) => {
      resolve(answer.statusCode ?? 0);
      sending.destroy();
    });
    sending.on('continue', continued).on('error', reject).flushHeaders();
  });
  expect(answered).toBe(status);
  expect(continued).not.toHaveBeenCalled();
  expect(await shown(actor)).toMatchObject({ received: 0 });
});

test('another owner’s upload is not there', async () => {
  const { send, actor } = await uploading();
  const other = await signedIn('owner');
  expect((await send(0, 'abcd', { cookie: other.cookie })).status).toBe(404);
  expect(await shown(actor)).toMatchObject({ received: 0 });
});

test('a piece from another site, of another kind, packed, without its place or too large is refused, and leaves nothing', async () => {
  const { send, actor, headers } = await uploading();
  expect((await send(0, 'abcd', { origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await send(0, 'abcd', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await send(0, 'abcd', { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await send(0, 'abcd', { 'content-encoding': 'gzip' })).status).toBe(415);
  for (const at of ['', '-1', '1e3', 'x']) expect([at, (await send(at, 'abcd')).status]).toEqual([at, 400]);
  expect((await send(0, 'a longer piece than the file')).status).toBe(413);
  expect((await send(0, '')).status).toBe(422);
  expect((await send(0, Buffer.alloc(PIECE_MAX_BYTES + 1))).status).toBe(413);
  expect((await front.send({ method: 'POST', path: '/admin/moving/1/pieces?at=0', headers, body: 'abcd' })).status).toBe(404);
  expect(await shown(actor)).toMatchObject({ received: 0 });
});

test('a piece that says nothing of its size is counted while it comes', async () => {
  const { id, headers, actor } = await uploading(PIECE_MAX_BYTES * 3);
  const status = await new Promise<number>((resolve, reject) => {
    const sending = request({ host: '127.0.0.1', port: front.port, method: 'POST', path: piecesPath(id, 0), headers }, (answer) => { resolve(answer.statusCode ?? 0); answer.resume(); });
    sending.on('error', reject);
    sending.write(Buffer.alloc(PIECE_MAX_BYTES));
    sending.end(Buffer.alloc(10));
  });
  expect(status).toBe(413);
  expect(await shown(actor)).toMatchObject({ received: 0 });
});

test('a piece that is cut off on its way is not taken, and the next one is', async () => {
  const { id, headers, actor, send } = await uploading();
  const socket = connect(front.port, '127.0.0.1');
  const head = Object.entries({ ...headers, 'content-length': '10' }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`POST ${piecesPath(id, 0)} HTTP/1.1\r\n${head}\r\nabcd`);
  await vi.waitFor(() => expect(socket.bytesWritten).toBeGreaterThan(0));
  socket.destroy();
  expect((await send(0, 'abcdefghij')).status).toBe(200);
  expect(await shown(actor)).toMatchObject({ received: 10 });
});

test.each([['reader', 404], ['author', 404], ['moderator', 404], [null, 307]] as const)('a %s who asks for a file is answered %i, and nothing is made', async (role, status) => {
  producers['wordpress.xml'] = vi.fn();
  const cookie = role ? (await signedIn(role)).cookie : 'nothing=1';
  const answer = await front.send({ path: FILE, headers: { cookie } });
  expect([answer.status, answer.headers.location]).toEqual([status, role ? undefined : '/sign-in']);
  expect(producers['wordpress.xml']).not.toHaveBeenCalled();
});

test('an owner is given a file with a name that says whose and of when, kept by nobody', async () => {
  await db().site.create({ data: { id: 1, title: 'Ünser “Blog”' } });
  producers['wordpress.xml'] = async function* () { yield '<rss>'; yield Buffer.from('ü</rss>'); };
  const { cookie } = await signedIn('owner');
  const answer = await front.send({ path: FILE, headers: { cookie } });
  expect([answer.status, answer.body]).toEqual([200, '<rss>ü</rss>']);
  expect(answer.headers['content-type']).toBe('application/xml; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('private, no-store');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="unser-blog-\d{4}-\d\d-\d\d-wordpress\.xml"; filename\*=UTF-8''unser-blog-\d{4}-\d\d-\d\d-wordpress\.xml$/);
  const head = await front.send({ method: 'HEAD', path: FILE, headers: { cookie } });
  expect([head.status, head.body]).toEqual([200, '']);
});

test('a backup is asked for by its name, which is no path', async () => {
  const asked = vi.fn(async (name: string) => (name === '2026-11-26T0300' ? (async function* () { yield 'tar'; })() : null));
  producers.backup = asked;
  const { cookie } = await signedIn('owner');
  const statusOf = async (name: string) => (await front.send({ path: `/admin/moving/backups/${name}`, headers: { cookie } })).status;
  expect(await statusOf('2026-11-26T0300.tar')).toBe(200);
  expect((await front.send({ method: 'HEAD', path: '/admin/moving/backups/2026-11-26T0300.tar', headers: { cookie } })).headers['content-disposition']).toContain('filename="soapbox-backup-2026-11-26T0300.tar"');
  for (const name of ['2020-01-01T0300.tar', '2026-11-26T0300', '..%2f..%2fetc.tar', '.hidden.tar', 'a/b.tar']) expect([name, (await statusOf(name)) >= 400]).toEqual([name, true]);
  expect((await front.send({ method: 'HEAD', path: '/admin/moving/backups/2020-01-01T0300.tar', headers: { cookie } })).status).toBe(404);
  expect(asked.mock.calls.map(([name]) => name)).toEqual(['2026-11-26T0300', '2026-11-26T0300', '2020-01-01T0300', '2020-01-01T0300']);
});

test('a file that cannot be begun is an error, not an empty file', async () => {
  producers['wordpress.xml'] = async function* () { await turn(); throw new Error('no'); };
  const { cookie } = await signedIn('owner');
  const answer = await front.send({ path: FILE, headers: { cookie } });
  expect([answer.status, answer.headers['content-disposition']]).toEqual([500, undefined]);
});

test.each(['1.1', '1.0'])('a file that breaks off on the way breaks the connection (HTTP/%s), and is never taken for whole', async (version) => {
  let fail!: () => void;
  const failing = new Promise<void>((resolve) => { fail = resolve; });
  producers['wordpress.xml'] = async function* () { yield '<rss>'; await failing; throw new Error('no'); };
  const { cookie } = await signedIn('owner');
  const socket = connect(front.port, '127.0.0.1');
  socket.write(`GET ${FILE} HTTP/${version}\r\nHost: 127.0.0.1:${front.port}\r\nCookie: ${cookie}\r\n\r\n`);
  let got = '';
  const broken = new Promise<string>((resolve) => { socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? '')).on('end', () => resolve('ended in order')); });
  socket.on('data', (chunk) => { got += chunk.toString(); });
  await vi.waitFor(() => expect(got).toContain('<rss>'));
  fail();
  expect(await broken).toBe('ECONNRESET');
});

test('a file is made no faster than it is taken, and no further when nobody takes it any more', async () => {
  let made = 0;
  let isOver = false;
  producers['media.zip'] = async function* () {
    try {
      for (;; made += 1) yield Buffer.alloc(64 * 1024);
    } finally {
      isOver = true;
    }
  };
  const { cookie } = await signedIn('owner');
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port: front.port, path: '/admin/moving/media.zip', headers: { cookie } }, resolve).on('error', reject).end();
  });
  answer.pause();
  let before = -1;
  await vi.waitFor(() => {
    const isStill = made === before;
    before = made;
    expect(isStill).toBe(true);
  }, { timeout: 10_000, interval: 300 });
  expect(made).toBeLessThan(2_000);
  expect(isOver).toBe(false);
  answer.destroy();
  await vi.waitFor(() => expect(isOver).toBe(true), { timeout: 10_000 });
});

test('a file of which nothing is taken any more is not made any further, and the connection broken', async () => {
  const impatient = await TestFront.open({}, { moving: new Moving(producers, 100) });
  let isOver = false;
  producers['media.zip'] = async function* () {
    try {
      for (;;) yield Buffer.alloc(64 * 1024);
    } finally {
      isOver = true;
    }
  };
  const { cookie } = await signedIn('owner');
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port: impatient.port, path: '/admin/moving/media.zip', headers: { cookie } }, resolve).on('error', reject).end();
  });
  await vi.waitFor(() => expect(isOver).toBe(true), { timeout: 10_000 });
  await expect(answer.toArray()).rejects.toThrow(/aborted|ECONNRESET/);
});

test('a file that is slow to be made is waited for', async () => {
  const impatient = await TestFront.open({}, { moving: new Moving(producers, 20) });
  const connected = once(impatient.server, 'connection') as Promise<[Socket]>;
  producers['wordpress.xml'] = async function* () {
    const [socket] = await connected;
    yield '<rss>';
    await once(socket, 'timeout');
    yield '</rss>';
  };
  const { cookie } = await signedIn('owner');
  expect(await impatient.send({ path: FILE, headers: { cookie } })).toMatchObject({ status: 200, body: '<rss></rss>' });
});
