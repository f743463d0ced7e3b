import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { to } from 'pg-copy-streams';
import { expect, test, vi } from 'vitest';
import { makeBackup } from '@/lib/backup/commands';
import { type Manifest, tableFile } from '@/lib/backup/manifest';
import { withSnapshot } from '@/lib/backup/snapshot';
import { isHalfRestored, listLinks, listTables, loadOrder } from '@/lib/backup/tables';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { onDatabase } from '@/server/content';
import { knownMigrations, migrate, migrationStatus } from '@/server/migrations';
import { restoreBackup } from '@/server/restore';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { contentsOf, fill, filesBelow, keepFile, newFolder, now, placeAt } from './place';

const database = useDatabase();

async function backup(place = placeAt(database.url)) {
  const folder = path.join(newFolder(), 'backup');
  const made = await makeBackup(folder, place, now);
  if (!made.ok) throw new Error(made.message);
  return { folder, manifest: made.value, place };
}

async function filled() {
  const place = placeAt(database.url);
  await fill(place);
  return backup(place);
}

const readJson = (folder: string) => JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;
const rewrite = (folder: string, change: (manifest: Manifest) => Manifest) => writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(change(readJson(folder))));
const sumOf = (bytes: Buffer) => ({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });

/** Replaces a table's file, and what the manifest says of its bytes. */
function replaceRows(folder: string, name: string, bytes: Buffer): void {
  writeFileSync(path.join(folder, tableFile(name)), bytes);
  rewrite(folder, (manifest) => ({ ...manifest, tables: manifest.tables.map((table) => (table.name === name ? { ...table, ...sumOf(bytes) } : table)) }));
}

test('restored into an empty place, every table, sequence and file equals the original, and nothing waits to be migrated', async () => {
  const { folder, place, manifest } = await filled();
  expect(manifest.tables.find(({ name }) => name === 'Comment')?.rows).toBe(3);
  const target = placeAt(await database.blank());
  await restoreBackup(folder, target);
  expect(await contentsOf(target.url)).toEqual(await contentsOf(place.url));
  expect(filesBelow(target.mediaDir)).toEqual(filesBelow(place.mediaDir));
  expect(readFileSync(target.secretFile!, 'utf8')).toBe(readFileSync(place.secretFile!, 'utf8'));
  expect(statSync(target.secretFile!).mode & 0o777).toBe(0o600);
  expect(await migrationStatus(target.url)).toMatchObject({ pending: [], unknown: [] });
  await expect(onDatabase(target.url, (client) => client.query('UPDATE "ModerationEvent" SET "toStatus" = NULL'))).rejects.toThrow('never changed');
});

test('a database that has the sample blog of a first start counts as empty, and its tables give way', async () => {
  const { folder, place } = await filled();
  const target = placeAt(await database.fresh());
  await onDatabase(target.url, (client) => client.query(`INSERT INTO "User" (id, email, role, "updatedAt") VALUES (gen_random_uuid(), 'owner@example.com', 'owner', now()); INSERT INTO "Post" (id, slug, title, source, html, "authorId", sample) SELECT gen_random_uuid(), 's', 's', 's', 's', id, true FROM "User"`));
  await restoreBackup(folder, target);
  expect(await contentsOf(target.url)).toEqual(await contentsOf(place.url));
});

test('the numbers of a sequence go on where they stood', async () => {
  const { folder } = await filled();
  const target = placeAt(await database.blank());
  await restoreBackup(folder, target);
  const { rows } = await onDatabase(target.url, (client) => client.query(`INSERT INTO "QueueCount" (status, count) VALUES ('spam', 1) RETURNING id, (SELECT max(id) FROM "QueueCount") AS last`));
  expect(Number(rows[0].id)).toBeGreaterThan(Number(rows[0].last));
});

test('mails that wait in the blog that was backed up are not sent by the restored one', async () => {
  const { folder } = await filled();
  await database.sql.query(`INSERT INTO pgboss.job (name, data) VALUES ('mail', '{}')`);
  const target = placeAt(await database.blank());
  await restoreBackup(folder, target);
  const { rows } = await onDatabase(target.url, (client) => client.query('SELECT (SELECT count(*)::int FROM pgboss.job) AS jobs, (SELECT count(*)::int FROM "Mail") AS mails'));
  expect(rows).toEqual([{ jobs: 0, mails: 1 }]);
});

test('no table of the schema names another in a circle, so rows can be loaded in an order', async () => {
  const [tables, links] = await onDatabase(database.url, async (client) => [await listTables(client), await listLinks(client)] as const);
  const order = loadOrder(tables.map(({ name }) => name), links);
  expect(order).toHaveLength(tables.length);
  for (const { from, to } of links) expect(order.indexOf(to), `${from} → ${to}`).toBeLessThan(order.indexOf(from));
  expect(() => loadOrder(['a', 'b'], [{ from: 'a', to: 'b' }, { from: 'b', to: 'a' }])).toThrow('circle');
});

test('nobody but the owner of the files can read a backup, and nothing else lies beside it', async () => {
  const { folder } = await filled();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of ['manifest.json', 'auth-secret', tableFile('User')]) expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
  expect(readdirSync(path.dirname(folder))).toEqual(['backup']);
});

test('a file whose bytes are gone or damaged does not keep the rest from being backed up, and is named', async () => {
  const place = placeAt(database.url);
  const { files } = await fill(place);
  rmSync(files[0]!);
  const damaged = await keepFile(place.mediaDir);
  rmSync(damaged);
  writeFileSync(damaged, 'something else');
  const { manifest, folder } = await backup(place);
  expect(manifest.media).toMatchObject({ files: 1, missingCount: 2 });
  expect(manifest.media?.missing).toEqual([files[0]!, damaged].map((file) => path.basename(file, '.png')).sort());
  const target = placeAt(await database.blank());
  await restoreBackup(folder, target);
  expect(Object.keys(filesBelow(target.mediaDir))).toEqual([path.relative(place.mediaDir, files[1]!)]);
});

test('a folder that has something in it is refused, and left as it is', async () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'mine'), '');
  expect(await makeBackup(folder, placeAt(database.url), now)).toMatchObject({ ok: false, code: 'conflict' });
  expect(readdirSync(folder)).toEqual(['mine']);
});

test('a place that cannot be written is refused in a sentence', async () => {
  const file = path.join(newFolder(), 'a-file');
  writeFileSync(file, '');
  expect(await makeBackup(path.join(file, 'backup'), placeAt(database.url), now)).toMatchObject({ ok: false, code: expect.stringMatching(/forbidden|conflict/) });
});

const DAMAGE: [string, (folder: string) => void, RegExp][] = [
  ['a changed byte', (folder) => { const file = path.join(folder, tableFile('Post')); const bytes = readFileSync(file); bytes[bytes.length - 9]! ^= 1; writeFileSync(file, bytes); }, /database\/Post\.copy\.gz is not what was written/],
  ['a missing table', (folder) => rmSync(path.join(folder, tableFile('Comment'))), /database\/Comment\.copy\.gz is missing/],
  ['a cut file', (folder) => { const file = path.join(folder, tableFile('User')); writeFileSync(file, readFileSync(file).subarray(0, -5)); }, /database\/User\.copy\.gz has \d+ bytes and should have \d+/],
  ['another checksum', (folder) => rewrite(folder, (manifest) => ({ ...manifest, tables: manifest.tables.map((table) => ({ ...table, sha256: '0'.repeat(64) })) })), /checksum is another/],
  ['a missing picture', (folder) => rmSync(path.join(folder, 'media', Object.keys(filesBelow(path.join(folder, 'media')))[0]!)), /media\/.*\.png is missing/],
  ['a damaged picture', (folder) => { const file = path.join(folder, 'media', Object.keys(filesBelow(path.join(folder, 'media')))[0]!); const bytes = readFileSync(file); rmSync(file); bytes[3]! ^= 1; writeFileSync(file, bytes); }, /media\/.*\.png is not what was written/],
  ['a shortened list of pictures', (folder) => writeFileSync(path.join(folder, 'media.txt'), ''), /media\.txt has 0 bytes/],
  ['a missing secret', (folder) => rmSync(path.join(folder, 'auth-secret')), /auth-secret is missing/],
  ['no manifest', (folder) => rmSync(path.join(folder, 'manifest.json')), /There is no backup in/],
  ['a cut manifest', (folder) => writeFileSync(path.join(folder, 'manifest.json'), readFileSync(path.join(folder, 'manifest.json')).subarray(0, 300)), /manifest\.json is damaged/],
  ['a manifest of something else', (folder) => writeFileSync(path.join(folder, 'manifest.json'), '{"name":"extension","version":1,"manifest_version":3}'), /manifest\.json is damaged, or not of a backup/],
  ['a table whose name leads elsewhere', (folder) => rewrite(folder, (manifest) => ({ ...manifest, tables: [{ ...manifest.tables[0]!, name: '../../x' }] })), /manifest\.json is damaged/],
  ['a later form', (folder) => rewrite(folder, (manifest) => ({ ...manifest, version: 2 })), /newer Soapbox \(form 2/],
  ['a migration of tomorrow', (folder) => rewrite(folder, (manifest) => ({ ...manifest, migrations: [...manifest.migrations, '20991231000000_tomorrow'] })), /newer Soapbox: it has the migration 20991231000000_tomorrow/],
];

test.each(DAMAGE)('a backup with %s is refused in a sentence, and nothing is changed', async (_what, damage, sentence) => {
  const { folder } = await filled();
  damage(folder);
  const target = placeAt(await database.fresh());
  const before = await contentsOf(target.url);
  await expect(restoreBackup(folder, target)).rejects.toThrow(sentence);
  expect(await contentsOf(target.url)).toEqual(before);
  expect(readdirSync(target.dataDir)).toEqual([]);
});

const CUNNING: [string, (rows: Buffer) => Buffer, RegExp][] = [
  ['cut in its gzip', (rows) => gzipSync(rows).subarray(0, -12), /database\/Comment\.copy\.gz cannot be loaded: unexpected end of file/],
  ['no gzip at all', (rows) => rows, /database\/Comment\.copy\.gz cannot be loaded/],
  ['with a row less', (rows) => gzipSync(rows.subarray(rows.indexOf('\n') + 1)), /(has 2 rows and should have 3)|(violates foreign key)/],
  ['with a column less', (rows) => gzipSync(Buffer.from(rows.toString().replace(/\t[^\t\n]*\n/, '\n'))), /cannot be loaded: missing data for column/],
];

test.each(CUNNING)('rows that are %s, under a manifest that agrees, are not loaded; the place says that it is not whole, and takes a good backup', async (_what, change, sentence) => {
  const { folder } = await filled();
  const good = readFileSync(path.join(folder, tableFile('Comment')));
  const manifest = readJson(folder);
  replaceRows(folder, 'Comment', change(gunzipSync(good)));
  const target = placeAt(await database.blank());
  await expect(restoreBackup(folder, target)).rejects.toThrow(sentence);
  await expect(migrate(target.url)).rejects.toThrow('A backup was being restored here, and that did not end.');
  expect(await makeBackup(path.join(newFolder(), 'b'), target, now)).toMatchObject({ ok: false, code: 'conflict' });
  writeFileSync(path.join(folder, tableFile('Comment')), good);
  rewrite(folder, () => manifest);
  await restoreBackup(folder, target);
  expect(await contentsOf(target.url)).toEqual(await contentsOf(database.url));
});

test('a place with a post, a comment that somebody sent, or a person is not empty: it is refused and left as it is', async () => {
  const { folder } = await filled();
  const target = placeAt(await database.fresh());
  const insert = (sql: string) => onDatabase(target.url, (client) => client.query(sql));
  await insert(`INSERT INTO "User" (id, email, role, "updatedAt") VALUES (gen_random_uuid(), 'ida@example.com', 'reader', now())`);
  await expect(restoreBackup(folder, target)).rejects.toThrow('This place is not empty: its blog has 1 person.');
  await insert(`UPDATE "User" SET role = 'owner'; INSERT INTO "Post" (id, slug, title, source, html, "authorId") SELECT gen_random_uuid(), 's', 's', 's', 's', id FROM "User"`);
  await expect(restoreBackup(folder, target)).rejects.toThrow('its blog has 1 post');
  expect(readdirSync(target.dataDir)).toEqual([]);
});

const addPerson = (url: string) => onDatabase(url, (client) => client.query(`INSERT INTO "User" (id, email, role, "updatedAt") VALUES (gen_random_uuid(), 'ida@example.com', 'reader', now())`));

test('while its files are copied no blog starts in a place; one that ran already and has got a reader is not emptied, and goes on', async () => {
  const place = placeAt(database.url);
  const { files } = await fill(place);
  const { folder } = await backup(place);
  const target = placeAt(await database.fresh());
  // A pipe where a file is to stand holds the restore up until somebody writes to it.
  const pipe = path.join(target.mediaDir, path.relative(place.mediaDir, files[0]!));
  mkdirSync(path.dirname(pipe), { recursive: true });
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  const restored = restoreBackup(folder, target).then(() => 'restored', (error: Error) => error.message);
  await vi.waitFor(async () => expect(await onDatabase(target.url, isHalfRestored)).toBe(true), { timeout: 20_000 });
  await expect(migrate(target.url)).rejects.toThrow('A backup was being restored here');
  await addPerson(target.url);
  await writeFile(pipe, 'not the picture');
  expect(await restored).toMatch(/its blog has 1 person.*Files of the backup were copied, and nothing else was changed\./);
  const { rows } = await onDatabase(target.url, (client) => client.query('SELECT email FROM "User"'));
  expect(rows).toEqual([{ email: 'ida@example.com' }]);
  expect(await migrate(target.url)).toEqual([]);
});

test('a restore that fails before it empties the database leaves a place in which a blog starts', async () => {
  const { folder } = await filled();
  const target = placeAt(await database.fresh());
  writeFileSync(target.mediaDir, 'not a folder');
  await expect(restoreBackup(folder, target)).rejects.toThrow('ENOTDIR');
  expect(await migrate(target.url)).toEqual([]);
});

test('a blog that ran beside a restore that was killed before it emptied anything is not taken for what that has loaded', async () => {
  const { folder } = await filled();
  const target = placeAt(await database.fresh());
  await onDatabase(target.url, (client) => client.query('CREATE SCHEMA soapbox_restoring'));
  await addPerson(target.url);
  await expect(restoreBackup(folder, target)).rejects.toThrow('its blog has 1 person');
  expect(await migrate(target.url)).toEqual([]);
});

test('the pieces of an upload are not in a backup, and an import that was under way does not start by itself when it is restored', async () => {
  const place = placeAt(database.url);
  const states = ['uploading', 'checking', 'checked', 'importing', 'done', 'failed', 'cancelled'] as const;
  for (const state of states) await db().transfer.create({ data: { id: newId(), fileName: state, bytes: 3, received: 3, state, message: '', beatAt: now, pieces: { create: { no: 0, bytes: Buffer.from('abc') } } } });
  const { folder, manifest } = await backup(place);
  expect(manifest.tables.find(({ name }) => name === 'TransferPiece')).toMatchObject({ rows: 0 });
  const target = placeAt(await database.blank());
  await restoreBackup(folder, target);
  const { rows } = await onDatabase(target.url, (client) => client.query<{ fileName: string }>(`SELECT "fileName", state::text, message <> '' AS said, "beatAt" IS NULL AS silent FROM "Transfer"`));
  const found = Object.fromEntries(rows.map(({ fileName, ...rest }) => [fileName, rest]));
  const cancelled = { state: 'cancelled', said: true, silent: true };
  const same = (state: string) => ({ state, said: false, silent: false });
  expect(found).toEqual({ uploading: cancelled, checking: cancelled, checked: cancelled, importing: cancelled, done: same('done'), failed: same('failed'), cancelled: same('cancelled') });
});

test('a place whose blog runs is refused', async () => {
  const { folder } = await filled();
  const target = placeAt(await database.fresh());
  const url = Object.assign(new URL(target.url), { search: '?application_name=soapbox%20jobs' }).href;
  await onDatabase(Object.assign(new URL(url)).href, async (client) => {
    await client.query(`SET application_name = 'soapbox jobs'`);
    await expect(restoreBackup(folder, target)).rejects.toThrow('A blog is running on this database.');
  });
});

test('a backup of an older version is restored with the code of today', async () => {
  const older = knownMigrations().slice(0, 5);
  const old = placeAt(await database.blank());
  await migrate(old.url, { only: older });
  await onDatabase(old.url, (client) => client.query(`INSERT INTO "User" (id, email, role, "updatedAt") VALUES (gen_random_uuid(), 'owner@example.com', 'owner', now());
    INSERT INTO "Post" (id, slug, title, source, html, "authorId") SELECT gen_random_uuid(), 'old', 'Old', 's', 'h', id FROM "User";
    INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash") SELECT k, lpad(to_hex(n), 12, '0'), p.id, k, 1, 'N', 's', 'h', 'pending', '' FROM "Post" p, generate_series(1, 20) n, LATERAL (SELECT md5(n::text)::uuid AS k) g`));
  const { folder, manifest } = await backup(old);
  expect(manifest).toMatchObject({ migrations: older });
  const target = placeAt(await database.blank());
  await restoreBackup(folder, target);
  expect(await migrationStatus(target.url)).toEqual({ pending: [], failed: [], interrupted: [], edited: [], unknown: [] });
  const { rows } = await onDatabase(target.url, (client) => client.query(`SELECT (SELECT count(*)::int FROM "Comment") AS comments, (SELECT sum(count)::int FROM "QueueCount" WHERE "postId" IS NULL) AS counted`));
  expect(rows).toEqual([{ comments: 20, counted: 20 }]);
});

test('a disk that does not take the rows ends a backup at once, and its connection', async () => {
  const author = await makeUser();
  await makePost({ authorId: author.id, source: randomBytes(4_000_000).toString('hex') });
  const full = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space'), { code: 'ENOSPC' })) });
  await expect(withSnapshot(database.url, (client) => pipeline(client.query(to('COPY "Post" TO STDOUT')), full))).rejects.toThrow('no space');
  await vi.waitFor(async () => {
    const { rows } = await database.sql.query(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'soapbox backup'`);
    expect(rows).toEqual([{ n: 0 }]);
  }, { timeout: 10_000 });
});
