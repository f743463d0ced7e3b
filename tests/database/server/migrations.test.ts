import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { driftOf, migrate, migrationStatus } from '../../../server/migrations';
import { useDatabase } from '../../support/database';

const database = useDatabase();
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function folderOf(migrations: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'migrations-'));
  folders.push(folder);
  for (const [name, sql] of Object.entries(migrations)) write(folder, name, sql);
  return folder;
}

function write(folder: string, name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, 'migration.sql'), sql);
}

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client.query<T>(sql).then(({ rows }) => rows).finally(() => client.end());
}

const nothingToSay = { pending: [], failed: [], interrupted: [], edited: [], unknown: [] };

test('the migrations make the schema of schema.prisma, and leave no other database behind', async () => {
  expect(await driftOf(database.url)).toBeNull();
  expect(await query(database.url, "SELECT datname FROM pg_database WHERE datname LIKE '%shadow%'")).toEqual([]);
});

test('a role that may not create a database is told so when migrations are compared', async () => {
  const role = `no_createdb_${process.pid}`;
  await query(database.url, `CREATE ROLE ${role} LOGIN PASSWORD 'pw'`);
  const url = Object.assign(new URL(database.url), { username: role, password: 'pw' }).href;
  await expect(driftOf(url)).rejects.toThrow('permission denied to create database.').finally(() => query(database.url, `DROP ROLE ${role}`));
});

test('a migrated database has nothing pending', async () => {
  expect(await migrationStatus(database.url)).toEqual(nothingToSay);
  expect(await migrate(database.url)).toEqual([]);
});

test('four instances at once on an empty database apply each migration once', async () => {
  const url = await database.blank();
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url)));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  const rows = await query<{ count: number }>(url, 'SELECT count(*)::int AS count FROM _prisma_migrations GROUP BY migration_name');
  expect(rows.every(({ count }) => count === 1)).toBe(true);
});

test('a failing migration leaves nothing, is named with its reason, and holds up the next start until somebody repeats it', async () => {
  const url = await database.blank();
  const folder = folderOf({ '1_good': 'CREATE TABLE good (a int);', '2_bad': 'CREATE TABLE half (a int); SELECT 1/0;' });
  await expect(migrate(url, { folder })).rejects.toThrow('The migration 2_bad failed: division by zero.');
  expect(await query(url, "SELECT to_regclass('half') AS half, to_regclass('good') IS NOT NULL AS good")).toEqual([{ half: null, good: true }]);
  expect((await migrationStatus(url, folder)).failed).toEqual(['2_bad']);
  await expect(migrate(url, { folder })).rejects.toThrow('npm run db -- migrate');
  write(folder, '2_bad', 'CREATE TABLE half (a int);');
  expect(await migrate(url, { folder, retryFailed: true })).toEqual(['2_bad']);
  expect(await migrationStatus(url, folder)).toEqual(nothingToSay);
});

test('a migration whose process was killed is simply tried again', async () => {
  const url = await database.blank();
  const folder = folderOf({ '1_first': 'CREATE TABLE first (a int);' });
  await migrate(url, { folder });
  write(folder, '2_second', 'CREATE TABLE second (a int);');
  await query(url, "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count) VALUES ('x', 'x', '2_second', now(), 0)");
  expect((await migrationStatus(url, folder)).interrupted).toEqual(['2_second']);
  expect(await migrate(url, { folder })).toEqual(['2_second']);
});

test('a migration of a newer version that runs, or failed, does not keep the version before from starting and serving', async () => {
  const url = await database.blank();
  const folder = folderOf({ '1_first': 'CREATE TABLE first (a int);', '2_newer': 'SELECT 1/0;' });
  await expect(migrate(url, { folder })).rejects.toThrow('2_newer');
  await query(url, "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count) VALUES ('x', 'x', '3_newest', now(), 0)");
  rmSync(path.join(folder, '2_newer'), { recursive: true });
  expect(await migrationStatus(url, folder)).toEqual(nothingToSay);
  expect(await migrate(url, { folder })).toEqual([]);
});

test('an edited migration and one that the folder does not have are told', async () => {
  const url = await database.blank();
  const folder = folderOf({ '1_a': 'CREATE TABLE a (a int);', '2_b': 'CREATE TABLE b (a int);' });
  await migrate(url, { folder });
  write(folder, '1_a', '-- another text');
  rmSync(path.join(folder, '2_b'), { recursive: true });
  expect(await migrationStatus(url, folder)).toEqual({ ...nothingToSay, edited: ['1_a'], unknown: ['2_b'] });
});

test('a migration may hold functions with semicolons in their bodies', async () => {
  const url = await database.blank();
  const folder = folderOf({ '1_function': "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;" });
  await migrate(url, { folder });
  expect(await query(url, 'SELECT f()')).toEqual([{ f: 2 }]);
});
