import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import { diskStore } from '@/lib/media/disk-store';
import { StoreFailed, type MediaStore } from '@/lib/media/media-store';
import { s3Store } from '@/lib/media/s3-store';
import { temporaryFolder } from '@/tests/support/sample-files';
import { s3Server } from '@/tests/support/s3-server';

const folder = temporaryFolder('stores');
const s3 = await s3Server('blog/media/');
const kinds: [string, MediaStore][] = [['disk', diskStore(path.join(folder, 'media'))], ['S3', s3Store(s3.settings)]];
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function fileOf(bytes: Buffer) {
  const file = path.join(folder, randomBytes(8).toString('hex'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, bytes);
  return { path: file, bytes: bytes.length, sha256: sha256(bytes) };
}
async function putIn(store: MediaStore, bytes: Buffer, extension = 'png'): Promise<string> {
  const name = `${sha256(bytes)}.${extension}`;
  await store.put(name, fileOf(bytes));
  return name;
}
async function contentOf(store: MediaStore, name: string, range?: { start: number; end: number }) {
  const file = await store.open(name);
  return file && buffer(file.stream(range));
}
const listed = async (store: MediaStore) => {
  const names: string[] = [];
  for await (const { name } of store.list()) names.push(name);
  return names;
};
beforeEach(() => s3.between(null));

describe.each(kinds)('kept files on %s', (_, store) => {
  test('what was put is given, whole and in parts, with its size', async () => {
    const bytes = randomBytes(300_000);
    const name = await putIn(store, bytes);
    expect(await store.sizeOf(name)).toBe(300_000);
    expect(await contentOf(store, name)).toEqual(bytes);
    expect(await contentOf(store, name, { start: 10, end: 19 })).toEqual(bytes.subarray(10, 20));
    expect(await contentOf(store, name, { start: 299_999, end: 299_999 })).toEqual(bytes.subarray(299_999));
  });

  test('the same file put twice is one', async () => {
    const bytes = randomBytes(100);
    const name = await putIn(store, bytes);
    expect(await putIn(store, bytes)).toBe(name);
    expect((await listed(store)).filter((one) => one === name)).toHaveLength(1);
  });

  test('an empty file is one', async () => {
    const name = await putIn(store, Buffer.alloc(0), 'zip');
    expect(await store.sizeOf(name)).toBe(0);
    expect(await contentOf(store, name)).toEqual(Buffer.alloc(0));
  });

  test.each(['', '../../etc/passwd', `${'a'.repeat(64)}.exe`, `${'A'.repeat(64)}.png`, `aa/${'a'.repeat(64)}.png`, `${'a'.repeat(64)}-0.webp`])('no file has the name “%s”', async (name) => {
    expect(await store.open(name)).toBeNull();
    expect(await store.sizeOf(name)).toBeNull();
    await expect(store.put(name, fileOf(Buffer.from('a')))).rejects.toThrow('another name');
  });

  test('a name of which there is nothing leads nowhere', async () => {
    expect(await store.open(`${'0'.repeat(64)}.jpg`)).toBeNull();
    expect(await store.sizeOf(`${'0'.repeat(64)}.jpg`)).toBeNull();
    await store.remove(`${'0'.repeat(64)}.jpg`);
  });

  test('sizes of a picture are kept beside it, are not listed, and go with it and nothing else', async () => {
    const [picture, other] = [randomBytes(50), randomBytes(50)];
    const name = await putIn(store, picture);
    const stays = await putIn(store, other);
    const size = `${sha256(picture)}-320.webp`;
    const staysToo = `${sha256(other)}-320.webp`;
    await store.put(size, fileOf(Buffer.from('small')));
    await store.put(staysToo, fileOf(Buffer.from('small too')));
    expect(await contentOf(store, size)).toEqual(Buffer.from('small'));
    expect(await listed(store)).not.toContain(size);
    await store.remove(name);
    expect(await Promise.all([name, size].map((one) => store.sizeOf(one)))).toEqual([null, null]);
    expect(await Promise.all([stays, staysToo].map((one) => store.sizeOf(one)))).toEqual([50, 9]);
  });

  test('all are listed by name, in its order', async () => {
    for (const size of [1, 2, 3]) await putIn(store, randomBytes(size));
    const names = await listed(store);
    expect(names.length).toBeGreaterThan(3);
    expect(names).toEqual([...names].sort());
  });
});

describe('a bucket', () => {
  const store = s3Store(s3.settings);

  test('has the paths of a folder as keys, below its prefix, and what lies elsewhere in it is not ours', async () => {
    s3.requests.length = 0;
    const name = await putIn(store, randomBytes(10));
    expect(s3.requests).toContain(`PUT /kept/blog/media/${name.slice(0, 2)}/${name}`);
    const other = s3Store({ ...s3.settings, prefix: '' });
    expect(await listed(other)).toEqual([]);
  });

  test('is asked again where it has no time, with all of the file', async () => {
    let failures = 2;
    s3.between((request, response) => {
      if (request.method !== 'PUT' || failures === 0) return false;
      failures -= 1;
      if (failures === 1) request.socket.destroy();
      else request.resume().on('end', () => response.writeHead(503).end());
      return true;
    });
    const bytes = randomBytes(200_000);
    const name = await putIn(store, bytes);
    expect(await contentOf(store, name)).toEqual(bytes);
  });

  test.each<[string, number | 'cut', RegExp]>([
    ['cannot be reached', 'cut', /S3_ENDPOINT\) cannot be reached/], ['has no time', 503, /S3_ENDPOINT\) cannot be reached/], ['refuses', 403, /S3_ACCESS_KEY_ID/], ['says something else', 301, /does not know/],
  ])('that %s is said plainly', async (_, status, sentence) => {
    s3.between((request, response) => {
      if (status === 'cut') request.socket.destroy();
      else request.resume().on('end', () => response.writeHead(status).end());
      return true;
    });
    const failed = await store.sizeOf(`${'1'.repeat(64)}.png`).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(StoreFailed);
    expect((failed as Error).message).toMatch(sentence);
  });

  test('that is not there is said plainly', async () => {
    const nowhere = s3Store({ ...s3.settings, bucket: 'nowhere' });
    await expect(putIn(nowhere, randomBytes(5))).rejects.toThrow(/S3_BUCKET/);
    await expect(listed(nowhere)).rejects.toThrow(/S3_BUCKET/);
  });

  test('with a wrong secret is said plainly', async () => {
    await expect(putIn(s3Store({ ...s3.settings, secretAccessKey: 'wrong' }), randomBytes(5))).rejects.toThrow(/S3_ACCESS_KEY_ID/);
  });
});
