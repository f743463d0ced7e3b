import { expect, test } from 'vitest';
import { secondsToWait } from '@/lib/rate-limit';

test('many sign-ins from one place have to wait, and nobody else does', async () => {
  const waits = await Promise.all(Array.from({ length: 50 }, () => secondsToWait('sign-in', '10.0.0.1')));
  expect(waits.filter((wait) => wait === null)).toHaveLength(40);
  expect(waits.find((wait) => wait !== null)).toBeGreaterThan(500);
  expect(await secondsToWait('sign-in', '10.0.0.2')).toBeNull();
});
