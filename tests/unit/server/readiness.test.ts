import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awayWatch, type DatabaseState } from '../../../server/readiness';

beforeEach(() => { vi.useFakeTimers({ toFake: ['performance'] }); });
afterEach(() => { vi.useRealTimers(); });

/** A database that a test takes away, and looks that end when it says so. */
function watched() {
  const looks: ((state: DatabaseState) => void)[] = [];
  const isAway = awayWatch(() => new Promise((resolve) => looks.push(resolve)));
  return { looks, isAway };
}

test('a hundred who ask at once cause one look, and whoever asks within a second none', async () => {
  const { looks, isAway } = watched();
  const asked = Array.from({ length: 100 }, () => isAway());
  looks[0]!('away');
  expect(new Set(await Promise.all(asked))).toEqual(new Set([true]));
  vi.advanceTimersByTime(999);
  expect([await isAway(), looks.length]).toEqual([true, 1]);
});

test('while it is away nobody waits for the next look, however long that takes, for ten seconds', async () => {
  const { looks, isAway } = watched();
  const first = isAway();
  looks[0]!('away');
  await first;
  vi.advanceTimersByTime(5_000);
  expect([await isAway(), looks.length]).toEqual([true, 2]);
  looks[1]!('just-started');
  await Promise.resolve();
  expect(await isAway()).toBe(false);
});

test('where it was there, whoever asks later waits for what is so now', async () => {
  const { looks, isAway } = watched();
  const first = isAway();
  looks[0]!('steady');
  expect(await first).toBe(false);
  vi.advanceTimersByTime(1_000);
  const second = isAway();
  looks[1]!('away');
  expect(await second).toBe(true);
});
