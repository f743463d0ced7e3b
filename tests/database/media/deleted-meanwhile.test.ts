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
import { drawVariant } from '@/lib/media/variants';
import { variantName } from '@/lib/media/widths';
import { copyPicture } from '@/lib/posts/embedding';
import { PictureSizes } from '@/server/picture-sizes';
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

async function uploaded(owner: Person): Promise<{ id: string; file: string }> {
  picture = await noise();
  const taken = await takeUpload(owner, 'hill.jpg', inPieces(picture));
  if (!taken.ok) throw new Error(taken.message);
  return { id: taken.value.id, file: path.basename(taken.value.path) };
}

async function deleted(owner: Person): Promise<{ file: string }> {
  const { id, file } = await uploaded(owner);
  expect(await deleteMedia(owner, id)).toMatchObject({ ok: true });
  return { file };
}

/** Lets the store begin this act, and stand until it is told to go on. */
function holding(act: 'put' | 'remove'): { held: Promise<void>; goOn: () => void } {
  const store = mediaStore();
  const real = store[act] as (...args: unknown[]) => Promise<void>;
  let goOn = () => {};
  const wait = new Promise<void>((resolve) => { goOn = resolve; });
  const held = new Promise<void>((resolve) => {
    vi.spyOn(store, act).mockImplementation(async (...args: unknown[]) => {
      resolve();
      await wait;
      await real(...args);
    });
  });
  return { held, goOn };
}

/** It is over, or waits for the lock of a file. */
async function overOrWaiting(work: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = () => { isOver = true; };
  void work.then(over, over);
  await vi.waitFor(async () => {
    const { rows } = await database.sql.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    expect(isOver || rows.length > 0).toBe(true);
  }, { timeout: 20_000 });
}

/** What is begun while the job of a deletion has looked whether somebody needs the bytes, and is about to take them. */
async function during<T>(file: string, begin: () => Promise<T>): Promise<T> {
  const { held, goOn } = holding('remove');
  const job = removeDeleted(file);
  await Promise.race([held, job]);
  const work = begin();
  await overOrWaiting(work);
  goOn();
  await job;
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
  const { id } = await uploaded(owner);
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

const SIZE = { width: 320, format: 'webp' } as const;
const sizeOf = (file: string) => mediaStore().sizeOf(variantName({ sha256: file.slice(0, 64), ...SIZE }));

test('a size that is kept while its picture is deleted goes with it', async () => {
  const owner = await person('owner');
  const { id, file } = await uploaded(owner);
  const { held, goOn } = holding('put');
  const drawn = drawVariant({ sha256: file.slice(0, 64), mimeType: 'image/jpeg' }, SIZE, 'asked');
  await held;
  expect(await deleteMedia(owner, id)).toMatchObject({ ok: true });
  const job = removeDeleted(file);
  await overOrWaiting(job);
  goOn();
  await Promise.all([drawn, job]);
  expect(await sizeOf(file)).toBeNull();
});

test('a size of a picture that was deleted while it was drawn is not kept, and is at no address', async () => {
  const owner = await person('owner');
  const { file } = await deleted(owner);
  const picture = { sha256: file.slice(0, 64), mimeType: 'image/jpeg' };
  expect(await new PictureSizes(async () => picture).have({ ...SIZE, sha256: picture.sha256 })).toBeNull();
  expect(await sizeOf(file)).toBeNull();
});
