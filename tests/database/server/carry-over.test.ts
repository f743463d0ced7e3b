import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { joinEmbeddedPostgres } from '../../../server/embedded-postgres';
import type { Majors } from '../../../server/kept-binaries';
import { knownMigrations, migrate } from '../../../server/migrations';
import { postmasterOf, readKept, until, useProcesses } from '../../support/blog-process';
import { contentsOf } from '../backup/place';

const { run, dataDir } = useProcesses();
const PATIENT = 120_000;
// The same programs stand for both: data with this mark in it is of 17.
const MARK = 'made-by-17';
const BEFORE: Majors = { installed: () => 17, ofData: () => 17 };
const NOW: Majors = { installed: () => 18, ofData: (cluster) => (existsSync(path.join(cluster, MARK)) ? 17 : 18) };

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client.query<T>(sql).then(({ rows }) => rows).finally(() => client.end());
}

/** A blog of PostgreSQL 17, stopped: ten comments, and a mail that waits. */
async function oldBlog(): Promise<{ folder: string; cluster: string; contents: Record<string, unknown> }> {
  const folder = dataDir();
  const postgres = await joinEmbeddedPostgres(folder, { server: true, say: () => undefined, majors: BEFORE });
  await migrate(postgres.url, { only: knownMigrations().slice(0, 6) });
  await query(postgres.url, `INSERT INTO "User" (id, email, role, "updatedAt") VALUES (gen_random_uuid(), 'owner@example.com', 'owner', now());
    INSERT INTO "Post" (id, slug, title, source, html, "authorId") SELECT gen_random_uuid(), 'old', E'O\\tl\\\\d “ü”', 's', 'h', id FROM "User";
    INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash") SELECT k, lpad(to_hex(n), 12, '0'), p.id, k, 1, 'N', 's', 'h', 'pending', '' FROM "Post" p, generate_series(1, 10) n, LATERAL (SELECT md5(n::text)::uuid AS k) g;
    INSERT INTO pgboss.job (name, data) VALUES ('mail', '{"id":"a"}')`);
  const contents = await contentsOf(postgres.url);
  await postgres.leave();
  const cluster = path.join(folder, 'postgres');
  writeFileSync(path.join(cluster, MARK), '');
  return { folder, cluster, contents };
}

async function joinNow(folder: string) {
  const said: string[] = [];
  const postgres = await joinEmbeddedPostgres(folder, { server: false, say: (sentence) => said.push(sentence), majors: NOW });
  return { ...postgres, said };
}

async function expectCarriedOver(folder: string, contents: Record<string, unknown>): Promise<string[]> {
  const { url, leave, said } = await joinNow(folder);
  expect(await contentsOf(url)).toEqual(contents);
  expect(await query(url, `SELECT name, data->>'id' AS id FROM pgboss.job WHERE state < 'completed'`)).toEqual([{ name: 'mail', id: 'a' }]);
  await leave();
  expect(postmasterOf(folder)).toBeNull();
  return said;
}

const placesIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('postgres') && name !== 'postgres.json').sort();

/** A start of today, in a process that can be killed. */
function startNow(folder: string) {
  const program = `const { existsSync } = await import('node:fs');
    const { joinEmbeddedPostgres } = await import('./server/embedded-postgres.ts');
    const majors = { installed: () => 18, ofData: (cluster) => (existsSync(cluster + '/${MARK}') ? 17 : 18) };
    const postgres = await joinEmbeddedPostgres(${JSON.stringify(folder)}, { server: false, say: console.log, majors });
    await postgres.leave();
    console.log('It is joined.');
    process.exit(0);`;
  return run(['--input-type=module', '--eval', program], {});
}

test('data of the major version before is carried over, with the jobs that wait; the old data is kept, and said where and how large', async () => {
  const { folder, contents } = await oldBlog();
  const said = await expectCarriedOver(folder, contents);
  expect(said[0]).toContain('The database was made by PostgreSQL 17, and this version of the blog brings 18: its data is carried over.');
  expect(said[1]).toMatch(new RegExp(`The old data is kept in ${path.join(folder, 'postgres-17')} \\(\\d+(\\.\\d)? MB\\): remove it`));
  expect(placesIn(folder)).toEqual(['postgres', 'postgres-17', 'postgresql-17', 'postgresql-18']);
  expect(existsSync(path.join(folder, 'postgres-17', MARK))).toBe(true);
  expect(await expectCarriedOver(folder, contents)).toEqual([]);
}, PATIENT);

test('of several starts at once one carries the data over, and all come into it', async () => {
  const { folder, contents } = await oldBlog();
  const started = [startNow(folder), startNow(folder), startNow(folder)];
  for (const { ended } of started) expect(await ended).toMatchObject({ code: 0, said: expect.stringContaining('It is joined.') });
  expect(started.filter(({ said }) => said.includes('The data is carried over.'))).toHaveLength(1);
  expect(placesIn(folder)).toEqual(['postgres', 'postgres-17', 'postgresql-17', 'postgresql-18']);
  await expectCarriedOver(folder, contents);
}, PATIENT);

test('a start killed again and again while it carries over loses nothing, and the next one that is left alone does it', async () => {
  const { folder, cluster, contents } = await oldBlog();
  const stages: ((said: string) => boolean)[] = [
    (said) => said.includes('Please wait'),
    () => existsSync(`${cluster}-next`),
    () => existsSync(path.join(`${cluster}-next`, 'postmaster.pid')),
    () => readdirSync(folder).some((name) => name.startsWith('postgres-init-') && existsSync(path.join(folder, name, 'rows', 'manifest.json'))),
    () => existsSync(`${cluster}-ready`),
  ];
  for (const isReached of stages) {
    const start = startNow(folder);
    await until(() => isReached(start.said), () => start.said);
    start.signal('SIGKILL');
    await start.ended;
    expect(existsSync(path.join(cluster, MARK)) || existsSync(`${cluster}-ready`) || existsSync(path.join(cluster, 'PG_VERSION'))).toBe(true);
    if (!existsSync(path.join(cluster, MARK))) break;
  }
  await expectCarriedOver(folder, contents);
  expect(placesIn(folder).filter((name) => !name.startsWith('postgres-init-'))).toEqual(['postgres', 'postgres-17', 'postgresql-17', 'postgresql-18']);
}, 2 * PATIENT);

test('a start killed between the two renames is finished by the next one', async () => {
  const { folder, cluster, contents } = await oldBlog();
  await expectCarriedOver(folder, contents);
  renameSync(cluster, `${cluster}-ready`);
  expect(await expectCarriedOver(folder, contents)).toEqual([]);
}, PATIENT);

test('what was ready beside data that has gone on since is not taken for it', async () => {
  const { folder, cluster, contents } = await oldBlog();
  mkdirSync(`${cluster}-ready`);
  await expectCarriedOver(folder, contents);
  expect(existsSync(`${cluster}-ready`)).toBe(false);
}, PATIENT);

test('what was ready beside data whose programs are back is removed, so that it cannot come up when that data is put aside', async () => {
  const { folder, cluster } = await oldBlog();
  mkdirSync(`${cluster}-ready`);
  const back = await joinEmbeddedPostgres(folder, { server: true, say: () => undefined, majors: BEFORE });
  expect(await query(back.url, 'SELECT count(*)::int AS n FROM "Comment"')).toEqual([{ n: 10 }]);
  await back.leave();
  expect(placesIn(folder)).toEqual(['postgres', 'postgresql-17']);
}, PATIENT);

test('a password that is not that of the old data is refused at once, in a sentence', async () => {
  const { folder, cluster } = await oldBlog();
  const file = path.join(folder, 'postgres.json');
  writeFileSync(file, JSON.stringify({ ...readKept(folder), password: 'another' }));
  await expect(joinNow(folder)).rejects.toThrow('The database does not accept the password in postgres.json. Was that file replaced?');
  expect(existsSync(path.join(cluster, MARK))).toBe(true);
}, PATIENT);

test('a blog that still runs on the old data is not pulled away from under its readers', async () => {
  const { folder, cluster } = await oldBlog();
  const running = await joinEmbeddedPostgres(folder, { server: true, say: () => undefined, majors: BEFORE });
  await expect(joinNow(folder)).rejects.toThrow('still runs with the PostgreSQL of before. Stop it');
  expect(await query(running.url, 'SELECT count(*)::int AS n FROM "Comment"')).toEqual([{ n: 10 }]);
  await running.leave();
  expect(existsSync(path.join(cluster, MARK))).toBe(true);
}, PATIENT);

test('without the programs of the old version a start says what to do, and never shows an empty blog', async () => {
  const { folder, cluster } = await oldBlog();
  rmSync(path.join(folder, 'postgresql-17'), { recursive: true });
  await expect(joinNow(folder)).rejects.toThrow(`was made by PostgreSQL 17. This version of the blog brings PostgreSQL 18, which cannot read it`);
  await expect(joinNow(folder)).rejects.toThrow(`mv ${cluster} ${cluster}-17 && npm run restore -- ${path.join(folder, 'backups', 'NAME')}`);
  expect(placesIn(folder)).toEqual(['postgres']);
}, PATIENT);

test('data that is newer than this code stays as it is, and says so', async () => {
  const { folder, cluster } = await oldBlog();
  const old = await joinEmbeddedPostgres(folder, { server: false, say: () => undefined, majors: BEFORE });
  await query(old.url, `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '20991231000000_tomorrow', now())`);
  await old.leave();
  await expect(joinNow(folder)).rejects.toThrow('20991231000000_tomorrow');
  expect(postmasterOf(folder)).toBeNull();
  expect(placesIn(folder)).toEqual(['postgres', 'postgresql-17']);
  expect(existsSync(path.join(cluster, MARK))).toBe(true);
}, PATIENT);
