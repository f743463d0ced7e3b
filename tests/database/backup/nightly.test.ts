import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type * as Files from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { extract } from 'tar-stream';
import { beforeEach, expect, test, vi } from 'vitest';
import { checkBackup } from '@/lib/backup/checking';
import { BACKUP_LOCK, isBackupComing, listBackups, readBackupState, tarOf } from '@/lib/backup/files';
import { askForBackup, backUpBefore, backUpByHand, backUpNightly } from '@/lib/backup/nightly';
import { db } from '@/lib/db/client';
import { listFaults } from '@/lib/faults';
import { parseEnv } from '@/lib/env';
import { JOBS } from '@/lib/jobs';
import { backupSource } from '@/server/backup-source';
import { onDatabase } from '@/server/content';
import { WORK } from '@/server/job-handlers';
import { migrateCarefully } from '@/server/migrating';
import { knownMigrations, migrate, migrationStatus } from '@/server/migrations';
import { useDatabase } from '@/tests/support/database';
import { person } from '../moderation/scene';
import { contentsOf, fill, filesBelow, newFolder, placeAt } from './place';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const dataDir = newFolder();
process.env.DATA_DIR = dataDir;
const backups = path.join(dataDir, 'backups');
const database = useDatabase();
const place = () => placeAt(database.url, dataDir);
const names = () => readdirSync(backups).filter((name) => !name.startsWith('.')).sort();
const night = (day: number, time = '03:00') => new Date(`2026-11-${String(day).padStart(2, '0')}T${time}:00Z`);

beforeEach(() => rmSync(backups, { recursive: true, force: true }));

test('a night’s backup is made once, after three o’clock of the blog’s zone', async () => {
  await db().site.create({ data: { title: 'T', timeZone: 'Asia/Tokyo' } });
  await backUpNightly(place(), new Date('2026-11-25T17:59:00Z'));
  expect(existsSync(backups) ? names() : []).toEqual([]);
  for (const hour of [18, 19, 20]) await backUpNightly(place(), new Date(`2026-11-25T${hour}:05:00Z`));
  expect(names()).toEqual(['2026-11-26T0305']);
  expect((await checkBackup(path.join(backups, '2026-11-26T0305'))).ok).toBe(true);
});

test('seven nights are kept; what was made by hand stays', async () => {
  await backUpByHand(place(), night(1, '12:00'));
  for (let day = 1; day <= 9; day++) await backUpNightly(place(), night(day));
  expect(names()).toEqual(['2026-11-01T120000-by-hand', ...[3, 4, 5, 6, 7, 8, 9].map((day) => `2026-11-0${day}T0300`)]);
});

test('a night that fails removes no older one, is told to the owner, and is forgotten when the next one is whole', async () => {
  for (let day = 1; day <= 7; day++) await backUpNightly(place(), night(day));
  const before = names();
  await onDatabase(database.url, (client) => client.query('CREATE SCHEMA soapbox_restoring'));
  await expect(backUpNightly(place(), night(8)).finally(() => onDatabase(database.url, (client) => client.query('DROP SCHEMA soapbox_restoring')))).rejects.toThrow('no whole blog to back up');
  expect(names()).toEqual(before);
  expect((await readBackupState()).failure).toMatchObject({ at: night(8), sentence: expect.stringContaining('no whole blog') });
  expect(listFaults().map(({ sentence }) => sentence)).toContain('A backup could not be made. Why stands below; the older ones are kept.');
  await backUpNightly(place(), night(8));
  expect(await readBackupState()).toMatchObject({ last: { name: '2026-11-08T0300', madeAt: night(8) }, failure: null });
});

test('what a killed backup has left is neither listed nor kept', async () => {
  mkdirSync(path.join(backups, '.soapbox-backup-elsewhere-1-abcdef'), { recursive: true });
  const host = hostname().replace(/\W/g, '_');
  mkdirSync(path.join(backups, `.soapbox-backup-${host}-${2 ** 22 - 3}-abcdef`), { recursive: true });
  mkdirSync(path.join(backups, '2026-11-05T0300'), { recursive: true });
  await backUpNightly(place(), night(6));
  expect((await listBackups()).map(({ name }) => name)).toEqual(['2026-11-06T0300']);
  // Somebody else's may still be under way.
  expect(readdirSync(backups).filter((name) => name.startsWith('.'))).toEqual(['.soapbox-backup-elsewhere-1-abcdef']);
});

test('the job is sent every hour, and makes the backup that the owner asks for', async () => {
  expect(WORK.backup).toMatchObject({ hourly: true, atOnce: 1 });
  expect(JOBS.backup.expireInSeconds).toBeGreaterThan(3_600);
  expect(await askForBackup(await person('moderator'))).toMatchObject({ ok: false, code: 'not-found' });
  const owner = await person('owner');
  for (let times = 0; times < 2; times++) expect(await askForBackup(owner)).toMatchObject({ ok: true });
  const { rows } = await database.sql.query<{ data: unknown }>(`SELECT data FROM pgboss.job WHERE name = 'backup'`);
  expect(rows).toEqual([{ data: { byHand: true } }]);
  await WORK.backup.handle(rows[0]!.data);
  expect(names()).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT\d{6}-by-hand$/)]);
});

test('a backup that is asked for is said to be made while it waits and while somebody makes it, not when its maker was killed', async () => {
  expect(await isBackupComing()).toBe(false);
  await askForBackup(await person('owner'));
  expect(await isBackupComing()).toBe(true);
  const take = (age: string) => database.sql.query(`UPDATE pgboss.job SET state = 'active', started_on = now() - $1::interval WHERE name = 'backup'`, [age]);
  await take('1 second');
  expect(await isBackupComing()).toBe(true);
  await take('5 minutes');
  expect(await isBackupComing()).toBe(false);
  await onDatabase(database.url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [BACKUP_LOCK]);
    expect(await isBackupComing()).toBe(true);
  });
});

test('a backup whose removal was cut off stands in the way of none of the same name', async () => {
  await fill(place());
  const [migration] = knownMigrations();
  const name = `before-${migration}`;
  expect((await backUpBefore(migration!, place(), night(1))).ok).toBe(true);
  rmSync(path.join(backups, name, 'manifest.json'));
  expect(await backUpBefore(migration!, place(), night(2))).toMatchObject({ ok: true, value: { name } });
  expect((await checkBackup(path.join(backups, name))).ok).toBe(true);
  expect(readdirSync(backups)).toEqual([name]);
});

test('a backup whose removal is cut off has lost its name, and the next one clears away what is left', async () => {
  await backUpByHand(place(), night(6));
  const [name] = names();
  vi.resetModules();
  vi.doMock('node:fs/promises', async (original) => ({ ...(await original<typeof Files>()), rm: () => Promise.reject(new Error('cut off')) }));
  const commands = await import('@/lib/backup/commands').finally(() => vi.doUnmock('node:fs/promises'));
  await expect(commands.removeBackup(path.join(backups, name!))).rejects.toThrow('cut off');
  expect(names()).toEqual([]);
  expect(readdirSync(backups)).toHaveLength(1);
  await backUpNightly(place(), night(7));
  expect(readdirSync(backups)).toEqual(['2026-11-07T0300']);
});

test('a backup as a tar file is the backup, its manifest last', async () => {
  await fill(place());
  await backUpByHand(place(), night(6));
  const name = names()[0]!;
  const unpacked: Record<string, string> = {};
  const tar = extract();
  const sent = (async () => {
    for await (const chunk of (await tarOf(name))!) tar.write(chunk);
    tar.end(undefined);
  })();
  for await (const entry of tar) {
    const parts: Buffer[] = [];
    for await (const chunk of entry) parts.push(Buffer.from(chunk as Uint8Array));
    unpacked[entry.header.name] = Buffer.concat(parts).toString('base64');
  }
  await sent;
  expect(Object.keys(unpacked).at(-1)).toBe(`${name}/manifest.json`);
  expect(unpacked).toEqual(Object.fromEntries(Object.entries(filesBelow(path.join(backups, name))).map(([file, bytes]) => [`${name}/${file}`, bytes])));
  for (const other of ['../backups', 'before-nothing', '']) expect(await tarOf(other)).toBeNull();
});

const older = () => knownMigrations().slice(0, -1);

async function olderBlog(): Promise<string> {
  const url = await database.blank();
  await migrate(url, { only: older() });
  await onDatabase(url, (client) => client.query(`INSERT INTO "User" (id, email, role, "updatedAt") VALUES (gen_random_uuid(), 'ida@example.com', 'reader', now())`));
  return url;
}
const settings = () => parseEnv({ DATA_DIR: dataDir, DATABASE_URL: database.url, AUTH_SECRET: 'x'.repeat(40) });

test('a start that must migrate makes a backup of what was there before, and three of those are kept', async () => {
  const [last] = knownMigrations().slice(-1);
  for (let times = 1; times <= 4; times++) {
    const url = await olderBlog();
    const before = await contentsOf(url);
    const said: string[] = [];
    expect(await migrateCarefully(url, settings(), { say: (sentence) => said.push(sentence) })).toEqual([last]);
    const [made] = await listBackups();
    expect(made?.name).toBe(times === 1 ? `before-${last}` : `before-${last}-${times}`);
    expect(said).toEqual([`This version changes the database; a backup of it as it was stands in ${backups}/${made?.name}.`]);
    const read = await checkBackup(path.join(backups, made!.name));
    expect(read.ok && read.value.migrations).toEqual(older());
    expect(read.ok && read.value.tables.find(({ name }) => name === 'User')?.rows).toBe((before.User as unknown[]).length);
  }
  expect(names()).toHaveLength(3);
}, 120_000);

test('an export that must migrate makes that backup, too, and says so beside the export', async () => {
  const url = await olderBlog();
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', 'scripts/export.ts', '-'], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, DATABASE_URL: url, DATABASE_DIRECT_URL: url, DATA_DIR: dataDir, NODE_ENV: 'production' } });
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/^<\?xml /);
  expect(stdout).toMatch(/<\/rss>\s*$/);
  expect(stderr).toContain(`a backup of it as it was stands in ${backups}/before-`);
}, 60_000);

test('without that backup nothing is migrated, and the sentence says what to do; one’s own backup is taken at one’s word', async () => {
  const url = await olderBlog();
  writeFileSync(backups, 'not a folder');
  const say = () => undefined;
  await expect(migrateCarefully(url, settings(), { say })).rejects.toThrow('npm run db -- migrate --without-backup');
  expect((await migrationStatus(url)).pending).toHaveLength(1);
  expect(await migrateCarefully(url, settings(), { withoutBackup: true, say })).toHaveLength(1);
});

test('an empty database is migrated without a backup', async () => {
  await migrateCarefully(await database.blank(), settings(), { say: () => { throw new Error('Nothing is to be said.'); } });
  expect(existsSync(backups)).toBe(false);
});

test('the secret of a blog with a database of its own is a setting, and no part of a backup', async () => {
  expect(backupSource(settings()).secretFile).toBeNull();
  expect(backupSource(parseEnv({ DATA_DIR: dataDir })).secretFile).toBe(path.join(dataDir, 'auth-secret'));
});
