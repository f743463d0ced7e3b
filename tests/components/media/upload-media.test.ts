import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { uploadMedia, UploadRefused } from '@/components/media/upload-media';
import type { UploadedMedia } from '@/lib/media/schema';

const media: UploadedMedia = { id: '1', path: '/media/a.png', width: 1, height: 1, kind: 'image', name: 'a.png', alt: '' };
type Answer = { status: number; said?: unknown; headers?: Record<string, string> } | 'cut' | 'never';

let answers: Answer[] = [];
let sent: FakeRequest[] = [];

/** What a browser has, with answers that the test gives. */
class FakeRequest {
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onload = () => undefined; onerror = () => undefined; onabort = () => undefined; ontimeout = () => undefined;
  status = 0; responseText = ''; isAborted = false;
  headers: Record<string, string> = {};
  private answered: Record<string, string> = {};
  method = ''; address = '';
  open(method: string, address: string) { [this.method, this.address] = [method, address]; }
  setRequestHeader(name: string, value: string) { this.headers[name] = value; }
  getResponseHeader(name: string) { return this.answered[name] ?? null; }
  abort() {
    this.isAborted = true;
    this.onabort();
  }
  send() {
    sent.push(this);
    const answer = answers.shift() ?? 'never';
    if (answer === 'never') return;
    queueMicrotask(() => {
      this.upload.onprogress?.({ loaded: 1 });
      if (answer === 'cut') return this.onerror();
      [this.status, this.responseText, this.answered] = [answer.status, JSON.stringify(answer.said ?? {}), answer.headers ?? {}];
      this.onload();
    });
  }
  finish(answer: { status: number; said: unknown }) {
    [this.status, this.responseText] = [answer.status, JSON.stringify(answer.said)];
    this.onload();
  }
}
const file = (name = 'a.png') => new File(['ab'], name);
const whole = { status: 201, said: media };

beforeEach(() => {
  [answers, sent] = [[], []];
  vi.useFakeTimers();
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a file is sent whole, under its own name, and tells how far it is', async () => {
  answers = [whole];
  const parts: number[] = [];
  expect(await uploadMedia(file('Ü & b.png'), { onProgress: (part) => parts.push(part) })).toEqual(media);
  expect(sent[0]).toMatchObject({ method: 'POST', address: '/admin/media/upload?name=%C3%9C%20%26%20b.png', headers: { 'Content-Type': 'application/octet-stream' } });
  expect(parts).toEqual([0.5]);
});

test.each<[string, Answer]>([['the connection is cut', 'cut'], ['the blog has no time', { status: 503 }], ['too many are sent', { status: 429, headers: { 'Retry-After': '2' } }], ['a proxy gives up', { status: 502 }]])('where %s it is sent again by itself', async (_, failure) => {
  answers = [failure, failure, whole];
  const sending = uploadMedia(file());
  await vi.runAllTimersAsync();
  expect(await sending).toEqual(media);
  expect(sent).toHaveLength(3);
});

test('after five times it is left, and can be tried again', async () => {
  answers = Array.from({ length: 9 }, () => 'cut' as const);
  const sending = uploadMedia(file()).catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  const failed = await sending;
  expect(failed).toBeInstanceOf(UploadRefused);
  expect(failed).toMatchObject({ isLasting: false, message: expect.stringContaining('did not answer') as string });
  expect(sent).toHaveLength(5);
});

test('what the blog does not keep is not sent again, and its words are shown', async () => {
  answers = [{ status: 422, said: { message: 'This is no picture.' } }];
  expect(await uploadMedia(file()).catch((error: unknown) => error)).toMatchObject({ isLasting: true, message: 'This is no picture.' });
  expect(sent).toHaveLength(1);
});

test('who is signed out is told so, and may try again', async () => {
  answers = [{ status: 401, said: { message: 'x' } }];
  expect(await uploadMedia(file()).catch((error: unknown) => error)).toMatchObject({ isLasting: false, message: expect.stringContaining('not signed in') as string });
});

test('an empty file is not sent at all', async () => {
  await expect(uploadMedia(new File([], 'a'))).rejects.toThrow('empty');
  expect(sent).toEqual([]);
});

describe('several at once', () => {
  test('three are sent, the next when one has arrived; one that is stopped makes room', async () => {
    const stopping = new AbortController();
    const all = [1, 2, 3, 4, 5].map((number) => uploadMedia(file(`${number}.png`), number === 2 ? { signal: stopping.signal } : {}).catch((error: unknown) => error));
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveLength(3);
    sent[0]?.finish(whole);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.map(({ address }) => address.slice(-5))).toEqual(['1.png', '2.png', '3.png', '4.png']);
    stopping.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect([sent[1]?.isAborted, sent.length]).toEqual([true, 5]);
    for (const one of sent.slice(2)) one.finish(whole);
    expect(await Promise.all(all)).toEqual([media, expect.objectContaining({ name: 'AbortError' }), media, media, media]);
  });

  test('one that is stopped while it waits is never sent', async () => {
    const busy = [1, 2, 3].map(() => uploadMedia(file()));
    const stopping = new AbortController();
    const waiting = uploadMedia(file(), { signal: stopping.signal }).catch((error: unknown) => error);
    stopping.abort();
    expect(await waiting).toMatchObject({ name: 'AbortError' });
    expect(sent).toHaveLength(3);
    for (const one of sent) one.finish(whole);
    await Promise.all(busy);
  });
});
