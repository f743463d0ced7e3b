import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeskSource } from '@/components/moderation/desk-source';
import type { DeskNews } from '@/lib/moderation/live-queue';
import { FakeEventSource, liveEvent } from '@/tests/support/event-source';

const MINUTE_MS = 60_000;
const asked: string[] = [];
let answer: () => Response;
let heard: DeskNews[];
let source: DeskSource;

const news = (given: Partial<DeskNews> = {}): DeskNews => ({ at: Date.now(), events: [], counts: null, isMany: false, ...given });
const streams = () => FakeEventSource.opened.length;

beforeEach(() => {
  vi.useFakeTimers();
  FakeEventSource.install();
  asked.length = 0;
  heard = [];
  answer = () => Response.json(news());
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return answer();
  });
  source = new DeskSource(1_000, (one) => heard.push(one));
  source.open();
});
afterEach(() => {
  source.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Cuts every stream that is opened, for so long. */
async function cutFor(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    for (const one of FakeEventSource.opened.filter(({ isClosed }) => !isClosed)) one.fail();
    await vi.advanceTimersByTimeAsync(1_000);
  }
}

test('a stream that ends is opened again from where it was, and what was missed meanwhile is asked for at once', async () => {
  const at = Date.now() + 5_000;
  FakeEventSource.open.say('message', { at });
  answer = () => Response.json(news({ at: at + 1, events: [liveEvent('a')] }));
  FakeEventSource.open.fail();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual([`/admin/live?poll=1&since=${at}`]);
  expect(heard.flatMap(({ events }) => events)).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(FakeEventSource.open.url).toBe(`/admin/live?since=${at + 1}`);
});

test('where the stream is cut again and again the blog is asked every twenty seconds or so, and the stream tried now and then', async () => {
  await cutFor(MINUTE_MS);
  expect(streams()).toBe(3);
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
  expect(asked.length).toBeGreaterThanOrEqual(7);
  expect(asked.length).toBeLessThanOrEqual(13);
  expect(streams()).toBe(3);
  for (let passed = 0; passed < 3 * MINUTE_MS && streams() === 3; passed += 1_000) await vi.advanceTimersByTimeAsync(1_000);
  FakeEventSource.open.say('message');
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked).toEqual([]);
});

test('a stream that something on the way holds back is one that is cut', async () => {
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(streams()).toBe(3);
  expect(asked.length).toBeGreaterThanOrEqual(3);
});

test('a stream that lives says so; one that falls silent is opened again', async () => {
  FakeEventSource.open.say('message');
  for (let beat = 0; beat < 10; beat++) {
    await vi.advanceTimersByTimeAsync(20_000);
    FakeEventSource.open.say('beat');
  }
  expect([streams(), asked]).toEqual([1, []]);
  await vi.advanceTimersByTimeAsync(55_000);
  expect([streams(), asked.length]).toEqual([2, 1]);
});

test.each([401, 404])('who is answered %i has left the desk: nothing more is asked', async (status) => {
  answer = () => new Response('', { status });
  FakeEventSource.open.fail();
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
  expect([streams(), asked.length]).toEqual([1, 1]);
});

test('an answer of something else on the way, and the words of a newer build, are passed over', async () => {
  FakeEventSource.open.dispatchEvent(new MessageEvent('message', { data: '{"unknown":true}' }));
  answer = () => new Response('<!DOCTYPE html>', { status: 200 });
  await source.ask();
  answer = () => new Response('', { status: 503 });
  await source.ask();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no way there')));
  await source.ask();
  expect(heard).toEqual([]);
});

test('who has left hears nothing of an answer that comes afterwards', async () => {
  answer = () => Response.json(news({ events: [liveEvent('a')] }));
  const asking = source.ask();
  source.close();
  await asking;
  expect(heard).toEqual([]);
});
