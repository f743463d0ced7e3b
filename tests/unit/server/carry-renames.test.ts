import type * as FileSystem from 'node:fs';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { finishRename, removeReady, swap } from '@/server/carry-renames';

let folder: string;
let home: { cluster: string };
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'soapbox-renames-'));
  home = { cluster: path.join(folder, 'postgres') };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string) => {
  mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, name, 'data'), name);
};
const dataOf = (name: string) => readFileSync(path.join(folder, name, 'data'), 'utf8');

test('the new cluster takes the place of the old one, which is kept under a name that was free', async () => {
  for (const name of ['postgres', 'postgres-ready', 'postgres-17']) put(name);
  expect(await swap(home, 17)).toBe(path.join(folder, 'postgres-17-2'));
  expect(dataOf('postgres')).toBe('postgres-ready');
  expect(dataOf('postgres-17-2')).toBe('postgres');
  expect(dataOf('postgres-17')).toBe('postgres-17');
});

test('where the new cluster is gone, the old one stays in its place, and no empty one is made', async () => {
  put('postgres');
  await expect(swap(home, 17)).rejects.toThrow('was taken away by another start at the same time');
  expect(readdirSync(folder)).toEqual(['postgres']);
  expect(dataOf('postgres')).toBe('postgres');
});

test('a new cluster that goes away between the two renames is missed, and the old one is put back', async () => {
  for (const name of ['postgres', 'postgres-ready']) put(name);
  const renamed = swapWhile(() => rmSync(path.join(folder, 'postgres-ready'), { recursive: true }));
  await expect(renamed).rejects.toThrow('The old data');
  expect(readdirSync(folder)).toEqual(['postgres']);
  expect(dataOf('postgres')).toBe('postgres');
});

/** Swaps, and does something when the old cluster has lost its name. */
async function swapWhile(meanwhile: () => void): Promise<string> {
  vi.resetModules();
  vi.doMock('node:fs', async (original) => {
    const fs = await original<typeof FileSystem>();
    return { ...fs, renameSync: (from: string, to: string) => { fs.renameSync(from, to); if (to.endsWith('-17')) meanwhile(); } };
  });
  try {
    return await (await import('@/server/carry-renames')).swap(home, 17);
  } finally {
    vi.doUnmock('node:fs');
  }
}

test('a rename that another start has made already is none to complain about', () => {
  put('postgres');
  finishRename(home);
  put('postgres-ready');
  finishRename(home);
  expect(dataOf('postgres')).toBe('postgres');
});

test('a new cluster beside data that is gone on with is removed, so that it cannot take its place some day', () => {
  for (const name of ['postgres', 'postgres-ready']) put(name);
  removeReady(home);
  removeReady(home);
  expect(readdirSync(folder)).toEqual(['postgres']);
  expect(existsSync(path.join(folder, 'postgres', 'data'))).toBe(true);
});
