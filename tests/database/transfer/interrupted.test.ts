import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { importFile } from '@/lib/transfer/commands';
import { dropLeftoverStaging, openStaging, closeStaging } from '@/lib/transfer/staging';
import { useDatabase } from '@/tests/support/database';
import { exportOf, writeExport } from '@/tests/support/wxr/write-export';

const database = useDatabase();
const now = new Date('2026-01-01T00:00:00Z');
const ROOT = path.resolve(import.meta.dirname, '../../..');

const stagingSchemas = async () => (await database.sql.query<{ n: string }>(`SELECT nspname AS n FROM pg_namespace WHERE nspname LIKE 'soapbox%'`)).rows.map((row) => row.n);
const someComments = (count: number) => Array.from({ length: count }, (_, index) => ({ id: index + 1, parent: index > 0 && index % 3 === 0 ? index : 0 }));

/** Runs the command as a person does, in a process of its own that can be killed. */
function startImport(file: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', 'scripts/import.ts', file], { cwd: ROOT, env: { ...process.env, DATABASE_URL: database.url, DATABASE_DIRECT_URL: database.url }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data: Buffer) => void (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => void (output += data.toString()));
  return { child, output: () => output, ended: once(child, 'exit') };
}

async function expectOnlyStagingLeft(): Promise<void> {
  expect(await Promise.all([db().user.count(), db().post.count(), db().comment.count(), db().importKey.count(), db().redirect.count()])).toEqual([0, 0, 0, 0, 0]);
}

const expectDroppedAtNextStart = () =>
  vi.waitFor(
    async () => {
      await dropLeftoverStaging(database.url);
      expect(await stagingSchemas()).toEqual([]);
    },
    { timeout: 15_000, interval: 200 },
  );

test('an import killed in its first pass leaves only staging, which the next start drops', async () => {
  const run = startImport(writeExport(exportOf([{ id: 1, comments: someComments(60_000) }])));
  await vi.waitFor(async () => {
    const [schema] = await stagingSchemas();
    const { rows } = await database.sql.query(`SELECT count(*)::int AS n FROM ${schema}.s_comment`);
    expect(rows[0].n).toBeGreaterThan(0);
  }, { timeout: 30_000, interval: 20 });
  run.child.kill('SIGKILL');
  await run.ended;
  await expectOnlyStagingLeft();
  await expectDroppedAtNextStart();
}, 60_000);

test('an import killed in its second pass leaves only staging, which the next start drops', async () => {
  // Whoever holds this lock stops the second pass in the middle: posts are in, comments wait.
  const lock = new pg.Client(database.url);
  await lock.connect();
  await lock.query('BEGIN; LOCK TABLE "Comment" IN SHARE MODE');
  const run = startImport(writeExport(exportOf([{ id: 1, comments: someComments(2_000) }])));
  await vi.waitFor(async () => {
    const { rows } = await database.sql.query(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO "Comment"%'`);
    expect(rows[0].n).toBe(1);
  }, { timeout: 30_000, interval: 20 });
  run.child.kill('SIGKILL');
  await run.ended;
  await lock.query('ROLLBACK');
  await lock.end();
  await expectDroppedAtNextStart();
  await expectOnlyStagingLeft();
}, 60_000);

test('what a killed import left does not disturb the next import', async () => {
  await database.sql.query('CREATE SCHEMA soapbox_import_left; CREATE UNLOGGED TABLE soapbox_import_left.s_comment (no bigint)');
  const result = await importFile(writeExport(exportOf([{ id: 1 }])), { url: database.url }, now);
  expect(result.ok).toBe(true);
  expect(await stagingSchemas()).toEqual([]);
});

test('of two imports at once the second is refused with a sentence, and a start leaves the first alone', async () => {
  const first = await openStaging(database.url, 'first');
  const second = await importFile(writeExport(exportOf([{ id: 1 }])), { url: database.url }, now);
  expect(second).toMatchObject({ ok: false, code: 'conflict', message: 'Another import is running on this blog. Wait until it is done, then try again.' });
  await dropLeftoverStaging(database.url);
  expect(await stagingSchemas()).toEqual(['soapbox_import_first']);
  await closeStaging(first!);
  expect(await stagingSchemas()).toEqual([]);
});

test('a failure in the middle of the second pass takes all of it back', async () => {
  await database.sql.query(`ALTER TABLE "ImportKey" ADD CONSTRAINT no_keys_today CHECK (kind <> 'comment')`);
  await expect(importFile(writeExport(exportOf([{ id: 1, comments: [{ id: 1 }] }])), { url: database.url }, now)).rejects.toThrow('no_keys_today');
  await database.sql.query(`ALTER TABLE "ImportKey" DROP CONSTRAINT no_keys_today`);
  await expectOnlyStagingLeft();
  expect(await stagingSchemas()).toEqual([]);
});

test('the command prints the table and ends with 0; for a broken file it prints the sentence and ends with 1', async () => {
  const good = startImport(writeExport(exportOf([{ id: 1, comments: [{ id: 1 }] }])));
  expect((await good.ended)[0]).toBe(0);
  expect(good.output()).toMatch(/Comments +1 +0 +0/);
  const broken = startImport(writeExport('{"not": "xml"}'));
  expect((await broken.ended)[0]).toBe(1);
  expect(broken.output()).toContain('This is JSON, but no Ghost export. What can be imported: a WordPress export');
}, 60_000);
