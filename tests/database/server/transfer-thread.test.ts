import { rmSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { listFaults } from '@/lib/faults';
import { startImport } from '@/lib/transfer/desk/running';
import { uploadsFolder } from '@/lib/transfer/room';
import { bringUpToDate } from '@/server/build-steps';
import { workersStep } from '@/server/build-worker';
import { transferInThread } from '@/server/transfer-thread';
import { useDatabase } from '@/tests/support/database';
import { person, shown, upload, useFolder } from '../transfer/moving-scene';

const database = useDatabase();
process.env.DATA_DIR = useFolder();
beforeAll(() => bringUpToDate([workersStep]), 60_000);

const place = () => ({ url: database.url, folder: uploadsFolder() });
const waitingJobs = async () => (await database.sql.query(`SELECT 1 FROM pgboss.job WHERE name = 'transfer' AND state = 'created'`)).rowCount;

test('a file is looked through and imported in a thread', async () => {
  const owner = await person();
  const id = await upload(owner);
  await transferInThread(id, place());
  expect(await shown(owner)).toMatchObject({ state: 'checked' });
  await startImport(owner, { id, withMedia: false });
  await transferInThread(id, place());
  expect(await shown(owner)).toMatchObject({ state: 'done' });
  expect(await db().comment.count()).toBeGreaterThan(5);
});

test('a thread that is told to end gives the import back, to whoever runs next', async () => {
  const owner = await person();
  const id = await upload(owner);
  const before = await waitingJobs();
  await transferInThread(id, place(), AbortSignal.abort());
  expect(await shown(owner)).toMatchObject({ state: 'checking' });
  expect(await waitingJobs()).toBe(before);
  const [kept] = (await database.sql.query(`SELECT "beatAt", tries FROM "Transfer" WHERE id = $1`, [id])).rows;
  expect(kept).toEqual({ beatAt: null, tries: 0 });
});

test('what goes wrong in the thread stands on the health page of the process', async () => {
  const owner = await person();
  const id = await upload(owner);
  rmSync(uploadsFolder(), { recursive: true, force: true });
  writeFileSync(uploadsFolder(), 'No folder.');
  await transferInThread(id, place());
  rmSync(uploadsFolder());
  expect(await shown(owner)).toMatchObject({ state: 'failed' });
  expect(listFaults().map(({ path: page }) => page)).toContain('/admin/moving');
});

test('a thread that breaks fails the job', async () => {
  const url = process.env.DATABASE_URL;
  process.env.DATABASE_URL = 'postgresql://127.0.0.1:1/nowhere';
  await expect(transferInThread('01890000-0000-7000-8000-000000000000', place())).rejects.toThrow();
  process.env.DATABASE_URL = url;
});
