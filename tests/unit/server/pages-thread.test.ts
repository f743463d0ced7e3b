import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { newAnswer } from '../../../lib/answer';
import { loggedError } from '../../../lib/logged-error';
import { PagesThread } from '../../../server/pages-thread';

const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-thread-'));
const program = path.join(folder, 'thread.mjs');
// As pages-worker.ts, without Next: what it is asked for it does.
writeFileSync(program, `
import { parentPort } from 'node:worker_threads';
let looks = 0;
parentPort.on('message', (message) => {
  if (message === 'close') process.exit(0);
  if ('look' in message) return parentPort.postMessage({ look: message.look, state: { pool: null, tallies: { mail: {}, comment: { approved: ++looks } }, heapBytes: 1 } });
  const { asking, asked } = message;
  if (asked.url === '/hang') for (;;);
  if (asked.url === '/hang-a-while') for (const end = Date.now() + 2500; Date.now() < end;);
  if (asked.url === '/die') process.exit(3);
  if (asked.url === '/fail') return parentPort.postMessage({ asking, error: { type: 'PrismaClientKnownRequestError', code: 'P2002', stack: '    at page (/x/.next/server/x.js:1:2)', cause: { type: 'DatabaseError', code: '23505' } } });
  parentPort.postMessage({ asking, given: { status: 200, headers: [], body: Buffer.from('a page') }, answer: {} });
});
parentPort.postMessage('ready');
`);

const threads: PagesThread[] = [];
const onDeath = vi.fn();

async function start(): Promise<PagesThread> {
  const thread = await PagesThread.start(0, { onForget: () => undefined, onDeath }, program);
  threads.push(thread);
  return thread;
}

const ask = (thread: PagesThread, url: string) => thread.ask({ method: 'GET', url, headers: {} }, newAnswer({ requestId: 'r', clientIp: '127.0.0.1', origin: 'http://localhost' }));

afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.close()));
  onDeath.mockReset();
});

process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

test('a thread says how it is, once for all who ask meanwhile', async () => {
  const thread = await start();
  const looks = await Promise.all(Array.from({ length: 50 }, () => thread.look()));
  expect(new Set(looks.map((state) => state?.tallies.comment.approved))).toEqual(new Set([1]));
  expect((await thread.look())?.tallies.comment.approved).toBe(2);
});

test('of a thread that hangs it is known within two seconds, and that it is back when it is', async () => {
  const thread = await start();
  const asked = ask(thread, '/hang-a-while');
  const from = performance.now();
  expect(await thread.look()).toBeNull();
  expect(performance.now() - from).toBeLessThan(2_400);
  await asked;
  expect(await thread.look()).toMatchObject({ heapBytes: 1 });
});

test('a thread that hangs for good is ended with the process', async () => {
  const thread = await start();
  void ask(thread, '/hang').catch(() => undefined);
  expect(await Promise.all([thread.look(), thread.look()])).toEqual([null, null]);
}, 20_000);

test('a thread that has ended does not answer, and is told of', async () => {
  const thread = await start();
  await expect(ask(thread, '/die')).rejects.toThrow('has ended');
  expect(onDeath).toHaveBeenCalledOnce();
  expect(await thread.look()).toBeNull();
});

test('an error of the thread keeps its kind, its code and its place', async () => {
  const thread = await start();
  await expect(ask(thread, '/fail')).rejects.toMatchObject({ name: 'PrismaClientKnownRequestError', code: 'P2002', message: '', stack: expect.stringContaining('.next/server/x.js') as string, cause: { name: 'DatabaseError', code: '23505' } });
  expect(loggedError(await ask(thread, '/fail').catch((error: unknown) => error))).toMatchObject({ type: 'PrismaClientKnownRequestError', code: 'P2002', stack: '    at page (/x/.next/server/x.js:1:2)', cause: { type: 'DatabaseError', code: '23505' } });
  expect((await ask(thread, '/')).body.toString()).toBe('a page');
});
