import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { deleteMedia } from '@/lib/media/commands';
import { copyMedia, type MediaFrom } from '@/lib/media/copying';
import { sourceAddress } from '@/lib/media/source-address';
import type { Run } from '@/lib/media/sources';
import { mediaStore } from '@/lib/media/stores';
import { removeDeleted, takeUpload } from '@/lib/media/uploads';
import { copyPicture } from '@/lib/posts/embedding';
import { useDatabase } from '@/tests/support/database';
import { inPieces, temporaryFolder } from '@/tests/support/sample-files';
import { sqlOf } from '@/tests/support/sql';
import { person } from '../transfer/moving-scene';

const database = useDatabase();
const folder = temporaryFolder('deleted-meanwhile');
process.env.DATA_DIR = folder;

let picture = Buffer.alloc(0);
const site = http.createServer((_, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture));
let address = '';
let trustedOrigin = '';
beforeAll(async () => {
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  trustedOrigin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  address = `${trustedOrigin}/wp-content/uploads/hill.jpg`;
});
afterAll(() => {
  site.closeAllConnections();
  site.close();
});
afterEach(() => vi.restoreAllMocks());

const noise = () => sharp(randomBytes(700 * 400 * 3), { raw: { width: 700, height: 400, channels: 3 } }).jpeg().toBuffer();

async function deleted(owner: Person): Promise<{ id: string; file: string }> {
  picture = await noise();
  const taken = await takeUpload(owner, 'hill.jpg', inPieces(picture));
  if (!taken.ok) throw new Error(taken.message);
  expect(await deleteMedia(owner, taken.value.id)).toMatchObject({ ok: true });
  return { id: taken.value.id, file: path.basename(taken.value.path) };
}

/** The job of a deletion, held where it has looked whether somebody needs the bytes, and is about to take them. */
async function removing(file: string): Promise<() => Promise<void>> {
  const remove = mediaStore().remove;
  let goOn = () => {};
  const wait = new Promise<void>((resolve) => { goOn = resolve; });
  let job = Promise.resolve();
  await new Promise<void>((held) => {
    vi.spyOn(mediaStore(), 'remove').mockImplementation(async (name) => {
      held();
      await wait;
      await remove(name);
    });
    job = removeDeleted(file);
  });
  return () => (goOn(), job);
}

/** What is begun while the job of a deletion stands there: it goes on once that is over, or waits for it. */
async function during<T>(file: string, begin: () => Promise<T>): Promise<T> {
  const goOn = await removing(file);
  const work = begin();
  let isOver = false;
  const over = () => { isOver = true; };
  void work.then(over, over);
  await vi.waitFor(async () => {
    const { rows } = await database.sql.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    expect(isOver || rows.length > 0).toBe(true);
  }, { timeout: 20_000 });
  await goOn();
  return work;
}

/** The assets that have no bytes, and how many there are. */
async function assets(): Promise<{ count: number; without: string[] }> {
  const rows = await db().mediaAsset.findMany({ select: { sha256: true, bytes: true } });
  const without: string[] = [];
  for (const { sha256, bytes } of rows) if ((await mediaStore().sizeOf(`${sha256}.jpg`)) !== bytes) without.push(sha256);
  return { count: rows.length, without };
}

const copied = (from: MediaFrom) => copyMedia(sqlOf(database.sql), [{ kind: 'picture', addresses: [address], alt: 'A hill' }], from, { total: 1, onProgress: () => undefined });

function archiveOf(bytes: Buffer): string {
  const archive = path.join(folder, randomBytes(6).toString('hex'));
  mkdirSync(archive);
  writeFileSync(path.join(archive, 'hill.jpg'), bytes);
  return archive;
}

test('an import that fetches the bytes which are being deleted keeps them', async () => {
  const { file } = await deleted(await person('owner'));
  expect(await during(file, () => copied({ trustedOrigin }))).toEqual({ cameIn: 1, alreadyHere: 0, failed: 0 });
  expect(await assets()).toEqual({ count: 1, without: [] });
});

test('an import that has them in an archive keeps them, and asks nobody', async () => {
  const { file } = await deleted(await person('owner'));
  expect(await during(file, () => copied({ path: archiveOf(picture) }))).toEqual({ cameIn: 1, alreadyHere: 0, failed: 0 });
  expect(await assets()).toEqual({ count: 1, without: [] });
});

test('a picture that is pasted into the editor while the same is being deleted is kept', async () => {
  const owner = await person('owner');
  const { file } = await deleted(owner);
  expect(await during(file, () => copyPicture(owner, address, { trustedOrigin }))).toMatchObject({ ok: true });
  expect(await assets()).toEqual({ count: 1, without: [] });
});

test('a file that is sent while the same is being deleted is kept, or refused in a sentence', async () => {
  const owner = await person('owner');
  const { file } = await deleted(owner);
  const taken = await during(file, () => takeUpload(owner, 'again.jpg', inPieces(picture)));
  expect(taken).toMatchObject({ code: 'unavailable', message: expect.stringContaining('send it again') });
  expect(await assets()).toEqual({ count: 0, without: [] });
  expect(await takeUpload(owner, 'again.jpg', inPieces(picture))).toMatchObject({ ok: true });
  expect(await assets()).toEqual({ count: 1, without: [] });
});

test('an import that finds a picture, deleted before it is noted that another address leads to it, goes on', async () => {
  const owner = await person('owner');
  await takeUpload(owner, 'hill.jpg', inPieces(picture = await noise()));
  const { id } = await db().mediaAsset.findFirstOrThrow();
  await db().mediaSource.create({ data: { address: sourceAddress(address)!, assetId: id } });
  const sql = sqlOf(database.sql);
  const run: Run = async (text, values) => {
    if (text.includes('INSERT INTO "MediaSource"')) await deleteMedia(owner, id);
    return sql.run(text, values);
  };
  const sized = address.replace('.jpg', '-700x400.jpg');
  expect(await copyMedia({ ...sql, run }, [{ kind: 'picture', addresses: [sized], alt: '' }], { trustedOrigin }, { total: 1, onProgress: () => undefined })).toEqual({ cameIn: 0, alreadyHere: 1, failed: 0 });
  expect(await db().mediaSource.findMany({ select: { address: true, failure: true } })).toEqual([{ address: sourceAddress(address), failure: 'deleted' }]);
});
