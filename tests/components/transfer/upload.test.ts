import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { uploadFile, UploadStopped } from '@/components/transfer/upload';
import { FIRST_PIECE_BYTES, PIECE_MAX_BYTES, PIECE_MIN_BYTES } from '@/lib/transfer/desk/moving';

const MIB = 1024 * 1024;
type Sent = { at: number; bytes: number };
/** What the blog does with the next pieces; after that it takes each. */
type Answer = number | 'lost answer' | 'no network';

let sent: Sent[] = [];
let arrived = 0;
let size = 0;
let answers: Answer[] = [];
const onTrouble = vi.fn((isInterrupted: boolean) => {
  // The network is back at once: nobody waits in a test.
  if (isInterrupted) setTimeout(() => window.dispatchEvent(new Event('online')));
});

const answer = (status: number) => new Response(JSON.stringify({ received: arrived, isWhole: arrived === size }), { status });

async function blog(address: string, { body }: { body: ArrayBuffer }): Promise<Response> {
  const at = Number(new URL(address, 'http://localhost').searchParams.get('at'));
  sent.push({ at, bytes: body.byteLength });
  const next = answers.shift();
  if (next === 'no network') throw new TypeError('Failed to fetch');
  if (typeof next === 'number') return new Response('', { status: next });
  if (at !== arrived) return answer(409);
  arrived += body.byteLength;
  if (next === 'lost answer') throw new TypeError('Failed to fetch');
  return answer(200);
}

beforeEach(() => {
  [sent, arrived, answers] = [[], 0, []];
  vi.stubGlobal('fetch', vi.fn(blog));
});
afterEach(() => vi.unstubAllGlobals());

async function upload(bytes: number, { received = 0, maxBytes = PIECE_MAX_BYTES, signal = new AbortController().signal, onProgress = vi.fn() } = {}): Promise<void> {
  size = bytes;
  arrived = Math.max(arrived, received);
  await uploadFile(new Blob([new Uint8Array(bytes)]), { id: 'one', received }, { maxBytes, signal, onProgress, onTrouble });
}

test('a file is sent in pieces that grow with what the network carries, up to the largest', async () => {
  const onProgress = vi.fn();
  await upload(12 * MIB, { onProgress });
  expect(sent.map(({ bytes }) => bytes / MIB)).toEqual([1, 2, 4, 4, 1]);
  expect(onProgress.mock.calls.map(([received]) => received / MIB)).toEqual([1, 3, 7, 11, 12]);
});

test('an upload that was begun is gone on with where it stands', async () => {
  await upload(3 * MIB, { received: 2 * MIB });
  expect(sent).toEqual([{ at: 2 * MIB, bytes: MIB }]);
});

test('after a cut it is tried again by itself, says so, and goes on with smaller pieces', async () => {
  answers = ['no network', 503, 500];
  await upload(MIB);
  expect(sent[1]).toEqual({ at: 0, bytes: MIB / 2 });
  expect(onTrouble.mock.calls).toEqual([[true], [true], [true], [false]]);
  expect(arrived).toBe(MIB);
});

test('a piece whose answer was lost is not sent twice into the file', async () => {
  answers = ['lost answer'];
  await upload(3 * MIB);
  expect(sent.slice(0, 3).map(({ at }) => at)).toEqual([0, 0, MIB]);
  expect(arrived).toBe(3 * MIB);
});

test('where another tab is further, it goes on from there', async () => {
  arrived = 2 * MIB;
  size = 3 * MIB;
  await uploadFile(new Blob([new Uint8Array(size)]), { id: 'one', received: 0 }, { maxBytes: PIECE_MAX_BYTES, signal: new AbortController().signal, onProgress: vi.fn(), onTrouble });
  expect(sent.map(({ at }) => at)).toEqual([0, 2 * MIB]);
});

test('what a proxy finds too large is sent in smaller pieces, and none so large again', async () => {
  answers = [413, 413];
  await upload(2 * MIB);
  expect(sent.slice(2).every(({ bytes }) => bytes <= FIRST_PIECE_BYTES / 4)).toBe(true);
  expect(arrived).toBe(2 * MIB);
});

test('where not even the smallest piece is let through, it says what else can be done', async () => {
  answers = Array.from({ length: 20 }, () => 413);
  await expect(upload(MIB)).rejects.toThrow('Use the command line');
  expect(sent.at(-1)?.bytes).toBe(PIECE_MIN_BYTES);
});

test.each([[401, 'Sign in again'], [404, 'cancelled']])('%i ends it with what to do', async (status, words) => {
  answers = [status];
  await expect(upload(MIB)).rejects.toThrow(words);
  expect(sent).toHaveLength(1);
});

test('a file that cannot be read any more ends it', async () => {
  const file = new Blob([new Uint8Array(10)]);
  vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValue(new DOMException('gone', 'NotReadableError'));
  const run = uploadFile(file, { id: 'one', received: 0 }, { maxBytes: 10, signal: new AbortController().signal, onProgress: vi.fn(), onTrouble });
  await expect(run).rejects.toThrow(UploadStopped);
  expect(sent).toEqual([]);
});

test('cancelled while it waits for the network it ends at once', async () => {
  answers = ['no network'];
  const stopping = new AbortController();
  onTrouble.mockImplementationOnce(() => stopping.abort(new Error('cancelled')));
  await expect(upload(MIB, { signal: stopping.signal })).rejects.toThrow('cancelled');
  expect(sent).toHaveLength(1);
});
