import { PrismaPg } from '@prisma/adapter-pg';
import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { PrismaClient } from '@/lib/db/generated/client';
import { countOne, forgetLimits, secondsToWait, type Limit } from '@/lib/rate-limit';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();

const TEN: Limit = { name: 'ten', most: 10, seconds: 600 };
const isTaken = ({ retryAfterSeconds }: { retryAfterSeconds: number | null }) => retryAfterSeconds === null;
const end = (key = 'true') => database.sql.query(`UPDATE "RateLimit" SET "endsAt" = now() - interval '1 second' WHERE ${key}`);

/** What another instance of the blog does: a client, and a pool of connections, of its own. */
async function asAnotherInstance<T>(work: () => Promise<T>): Promise<T> {
  const shared = globalThis as typeof globalThis & { soapboxDb?: PrismaClient | undefined };
  const own = shared.soapboxDb;
  const other = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 10 }) });
  try {
    shared.soapboxDb = other;
    const working = work();
    shared.soapboxDb = own;
    return await working;
  } finally {
    await other.$disconnect();
  }
}

test('many sign-ins from one place have to wait, and nobody else does', async () => {
  const waits = await Promise.all(Array.from({ length: 50 }, () => secondsToWait('sign-in', '10.0.0.1')));
  expect(waits.filter((wait) => wait === null)).toHaveLength(40);
  for (const wait of waits.filter((one) => one !== null)) expect(wait).toBeGreaterThan(500);
  expect(await secondsToWait('sign-in', '10.0.0.2')).toBeNull();
  expect(await secondsToWait('sign-in-return', '10.0.0.1')).toBeNull();
});

test('of a hundred at once exactly ten may, and the others are told how long to wait', async () => {
  const counted = await Promise.all(Array.from({ length: 100 }, () => countOne(TEN, 'one')));
  expect(counted.filter(isTaken)).toHaveLength(10);
  expect(counted.map(({ count }) => count).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  for (const { retryAfterSeconds } of counted.filter((one) => !isTaken(one))) expect(retryAfterSeconds).toEqual(expect.any(Number));
});

test('of a hundred at once on two instances exactly ten may', async () => {
  db(); // this instance's own client
  const half = () => Promise.all(Array.from({ length: 50 }, () => countOne(TEN, 'two')));
  const [here, there] = await Promise.all([half(), asAnotherInstance(half)]);
  expect([...here, ...there].filter(isTaken)).toHaveLength(10);
});

test('when the time is over it begins anew, also for a hundred at once', async () => {
  await Promise.all(Array.from({ length: 20 }, () => countOne(TEN, 'anew')));
  await end();
  const counted = await Promise.all(Array.from({ length: 100 }, () => countOne(TEN, 'anew')));
  expect(counted.filter(isTaken)).toHaveLength(10);
});

test('a refusal does not make the wait longer', async () => {
  const first = await countOne({ ...TEN, most: 0 }, 'wait');
  await Promise.all(Array.from({ length: 50 }, () => countOne({ ...TEN, most: 0 }, 'wait')));
  const last = await countOne({ ...TEN, most: 0 }, 'wait');
  expect(last.retryAfterSeconds).toBeLessThanOrEqual(first.retryAfterSeconds!);
});

test('no address stands in the database, and what is over is forgotten', async () => {
  await countOne(TEN, '203.0.113.77');
  await countOne(TEN, 'ines@example.com');
  const keys = (await db().rateLimit.findMany()).map(({ key }) => key);
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
  await end(`key = '${keys[0]}'`);
  await forgetLimits();
  expect((await db().rateLimit.findMany()).map(({ key }) => key)).toEqual([keys[1]]);
});
