import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, test } from 'vitest';
import { checkBackup } from '@/lib/backup/checking';
import { s3Store } from '@/lib/media/s3-store';
import { isHalfRestored } from '@/lib/backup/tables';
import { onDatabase } from '@/server/content';
import { migrationStatus } from '@/server/migrations';
import { useDatabase } from '@/tests/support/database';
import { s3Server } from '@/tests/support/s3-server';
import { contentsOf, fill, filesBelow, keepFile, newFolder, placeAt } from './place';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const database = useDatabase();
const [ours, another] = [await s3Server('blog/'), await s3Server()];
beforeEach(() => [ours, another].forEach(({ between }) => between(null)));
type Bucket = typeof ours;

/** A command as its owner gives it, with the settings of a bucket; without one, files lie on disk. */
async function command(name: 'backup' | 'restore', folder: string, place: { url: string; dataDir: string }, bucket?: Bucket): Promise<{ code: number; said: string }> {
  const { endpoint, prefix, accessKeyId, secretAccessKey, bucket: kept } = (bucket ?? ours).settings;
  const settings = bucket && { S3_ENDPOINT: endpoint, S3_BUCKET: kept, S3_PREFIX: prefix, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey };
  const env = { ...process.env, DATABASE_URL: place.url, DATABASE_DIRECT_URL: place.url, DATA_DIR: place.dataDir, NODE_ENV: 'production' as const, ...settings };
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', `scripts/${name}.ts`, folder], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number]>]);
  return { code, said: out + err };
}

/** A blog whose files lie in the bucket alone. */
async function blogInBucket() {
  const place = placeAt(database.url);
  await fill(place);
  const damaged = await keepFile(place.mediaDir);
  const files = filesBelow(place.mediaDir);
  const store = s3Store(ours.settings);
  for await (const { name } of store.list()) await store.remove(name);
  for (const file of Object.keys(files)) {
    const bytes = Buffer.from(files[file]!, 'base64');
    await store.put(path.basename(file), { path: path.join(place.mediaDir, file), bytes: bytes.length, sha256: path.basename(file, '.png') });
  }
  rmSync(place.mediaDir, { recursive: true });
  return { place, files, store, one: path.basename(damaged) };
}

async function inBucket({ settings }: Bucket): Promise<Record<string, string>> {
  const store = s3Store(settings);
  const found: Record<string, string> = {};
  for await (const { name } of store.list()) found[path.join(name.slice(0, 2), name)] = Buffer.concat(await (await store.open(name))!.stream().toArray() as Buffer[]).toString('base64');
  return found;
}

test('what lies in a bucket is in a backup, and comes into another bucket or onto the disk with it', async () => {
  const { place, files } = await blogInBucket();
  const folder = path.join(newFolder(), 'backup');
  const made = await command('backup', folder, place, ours);
  expect(made).toMatchObject({ code: 0, said: expect.stringMatching(/Kept files +3 /) });
  expect(filesBelow(path.join(folder, 'media'))).toEqual(files);
  expect(await checkBackup(folder)).toMatchObject({ ok: true, value: { media: { files: 3, missingCount: 0 } } });
  expect(existsSync(place.mediaDir)).toBe(false);

  const target = placeAt(await database.blank());
  expect(await command('restore', folder, target, another)).toMatchObject({ code: 0 });
  expect(await inBucket(another)).toEqual(files);
  expect(existsSync(target.mediaDir)).toBe(false);
  expect(await contentsOf(target.url)).toEqual(await contentsOf(place.url));

  const onDisk = placeAt(await database.blank());
  expect(await command('restore', folder, onDisk)).toMatchObject({ code: 0 });
  expect(filesBelow(onDisk.mediaDir)).toEqual(files);
}, 120_000);

test('a file that is gone from the bucket is named, and the rest is backed up', async () => {
  const { place, store, one, files } = await blogInBucket();
  await store.remove(one);
  const folder = path.join(newFolder(), 'backup');
  const { code, said } = await command('backup', folder, place, ours);
  expect([code, said]).toEqual([0, expect.stringContaining(`whose bytes are gone or damaged (1):\n  ${one.slice(0, 64)}`)]);
  expect(Object.keys(filesBelow(path.join(folder, 'media')))).toEqual(Object.keys(files).filter((file) => path.basename(file) !== one));
}, 60_000);

/** Says how much comes, and is cut off after half of it. */
const cutOff = (response: ServerResponse) => {
  response.writeHead(200, { 'content-length': 2_000 });
  response.write(Buffer.alloc(1_000), () => response.destroy());
  return true;
};
const SICK: [string, (response: ServerResponse) => boolean][] = [
  ['does not answer', (response) => (response.writeHead(503).end(), true)],
  ['refuses the key', (response) => (response.writeHead(403).end(), true)],
  ['breaks off in the middle of a file', cutOff],
];

test.each(SICK)('no backup is made while the storage %s, and the sentence says that it is the storage', async (_, answer) => {
  const { place } = await blogInBucket();
  ours.between((request, response) => (request.method === 'GET' || answer !== cutOff) && answer(response));
  const parent = newFolder();
  const { code, said } = await command('backup', path.join(parent, 'backup'), place, ours);
  expect([code, said]).toEqual([1, expect.stringMatching(/^The storage for files \(S3_ENDPOINT\) [^\n]*No backup was made\.\n$/)]);
  expect(readdirSync(parent)).toEqual([]);
}, 60_000);

test('a restore whose storage does not answer says so and changes nothing; begun again it ends', async () => {
  const { place, files } = await blogInBucket();
  const folder = path.join(newFolder(), 'backup');
  expect(await command('backup', folder, place, ours)).toMatchObject({ code: 0 });
  const target = placeAt(await database.fresh());
  another.between((_, response) => (response.writeHead(503).end(), true));
  const { code, said } = await command('restore', folder, target, another);
  expect([code, said]).toEqual([1, expect.stringMatching(/\nThe storage for files \(S3_ENDPOINT\) [^\n]*\n$/)]);
  expect(await onDatabase(target.url, isHalfRestored)).toBe(false);
  expect(await migrationStatus(target.url)).toMatchObject({ pending: [] });
  another.between(null);
  expect(await command('restore', folder, target, another)).toMatchObject({ code: 0 });
  expect(await inBucket(another)).toMatchObject(files);
}, 120_000);
