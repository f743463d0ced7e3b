import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { deflateSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { fail } from '@/lib/result';
import { KEPT_PICTURE_MAX_BYTES } from '@/lib/media/schema';
import { isKept, keepFile, listKept, openKept, sweepUnfinished, type KeptFile } from '@/lib/media/store';
import { inProject } from '@/server/project';
import { DOCX, HTML, inPieces, M4A, M4V, MOV, MP3, MP4, OGG, PDF, pictureIn, SVG, temporaryFolder, WAV, WEBM, zipOf } from '@/tests/support/sample-files';

const folder = temporaryFolder('store');
process.env.DATA_DIR = folder;
const media = path.join(folder, 'media');
const unfinished = () => (existsSync(path.join(media, 'incoming')) ? readdirSync(path.join(media, 'incoming')) : []);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function kept(bytes: Buffer): Promise<KeptFile> {
  const result = await keepFile(inPieces(bytes));
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
const codeOf = async (...args: Parameters<typeof keepFile>) => {
  const result = await keepFile(...args);
  return result.ok ? 'ok' : result.code;
};
beforeEach(() => expect(unfinished()).toEqual([]));

describe('what a file is, its content says', () => {
  test.each<[string, string, () => Promise<Buffer> | Buffer]>([
    ['jpg', 'image/jpeg', () => pictureIn('jpeg')], ['png', 'image/png', () => pictureIn('png')], ['gif', 'image/gif', () => pictureIn('gif')],
    ['webp', 'image/webp', () => pictureIn('webp')], ['avif', 'image/avif', () => pictureIn('avif')],
  ])('%s is %s, with its size', async (extension, mimeType, make) => {
    const bytes = await make();
    expect(await kept(bytes)).toEqual({ sha256: sha256(bytes), bytes: bytes.length, mimeType, width: 300, height: 200, path: `/media/${sha256(bytes)}.${extension}` });
    expect(readFileSync(path.join(media, sha256(bytes).slice(0, 2), `${sha256(bytes)}.${extension}`)).equals(bytes)).toBe(true);
  });

  test.each<[string, string, () => Promise<Buffer> | Buffer]>([
    ['pdf', 'application/pdf', () => PDF], ['mp3', 'audio/mpeg', () => MP3], ['m4a', 'audio/mp4', () => M4A], ['ogg', 'audio/ogg', () => OGG], ['wav', 'audio/wav', () => WAV],
    ['mp4', 'video/mp4', () => MP4], ['m4v', 'video/x-m4v', () => M4V], ['webm', 'video/webm', () => WEBM], ['mov', 'video/quicktime', () => MOV],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', DOCX], ['zip', 'application/zip', () => zipOf([['a.txt', Buffer.from('a')]])],
  ])('%s is %s', async (extension, mimeType, make) => {
    expect(await kept(await make())).toMatchObject({ mimeType, width: null, height: null, path: expect.stringMatching(new RegExp(`^/media/[0-9a-f]{64}\\.${extension}$`)) as string });
  });

  test('a picture has the size in which it is seen', async () => {
    const { default: sharp } = await import('sharp');
    const turned = await sharp(await pictureIn('jpeg')).withMetadata({ orientation: 6 }).toBuffer();
    expect(await kept(turned)).toMatchObject({ width: 200, height: 300 });
  });

  test.each<[string, () => Promise<Buffer> | Buffer]>([
    ['HTML', () => HTML], ['SVG', () => SVG], ['XML', () => Buffer.from('<?xml version="1.0"?><a/>')], ['a script', () => Buffer.from('#!/bin/sh\nrm -rf /\n')], ['text', () => Buffer.from('hello')],
    ['a program', () => Buffer.from(`MZ${'\0'.repeat(600)}`)], ['nothing', () => Buffer.alloc(0)], ['noise', () => Buffer.alloc(9_000, 7)],
    ['a picture of which nothing but the beginning came', async () => (await pictureIn('png')).subarray(0, 20)],
    ['a picture of a hundred and forty million pixels', () => bomb(12_000)],
  ])('%s is not kept', async (_what, make) => {
    const before = await listed();
    expect(await codeOf(inPieces(await make()))).toBe('invalid');
    expect(await listed()).toEqual(before);
    expect(unfinished()).toEqual([]);
  });
});

/** A PNG that says it has so many pixels on a side. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => Buffer.concat([Buffer.from([0, 0, data.length >> 8, data.length & 255]), Buffer.from(type, 'latin1'), data, crc(Buffer.concat([Buffer.from(type, 'latin1'), data]))]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(1_000))), chunk('IEND', Buffer.alloc(0))]);
}

function crc(bytes: Buffer): Buffer {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  const written = Buffer.alloc(4);
  written.writeUInt32BE((sum ^ 0xffffffff) >>> 0);
  return written;
}

const listed = async () => {
  const names: string[] = [];
  for await (const { name } of listKept()) names.push(name);
  return names;
};

test('the bomb is a picture but for its size', async () => {
  expect(await kept(bomb(100))).toMatchObject({ mimeType: 'image/png', width: 100 });
});

test('the same bytes are one file, however often and however many at once they come', async () => {
  const bytes = await pictureIn('png', { colour: '#123456' });
  const before = await listed();
  const all = await Promise.all(Array.from({ length: 5 }, () => kept(bytes)));
  expect(new Set(all.map(({ path: at }) => at)).size).toBe(1);
  expect((await listed()).length).toBe(before.length + 1);
});

describe('what is not kept', () => {
  test('a page that says it is a film is left after its first bytes', async () => {
    let sent = 0;
    const endless = async function* () {
      for (;; sent += HTML.length) yield HTML;
    };
    expect(await codeOf(endless())).toBe('invalid');
    expect(sent).toBeLessThan(10_000);
  });

  test('a picture larger than sixty megabytes is left there', async () => {
    const begin = await pictureIn('jpeg');
    let sent = 0;
    const endless = async function* () {
      yield begin;
      for (const more = Buffer.alloc(1024 * 1024); ; sent += more.length) yield more;
    };
    expect(await codeOf(endless())).toBe('too-large');
    expect(sent).toBeLessThanOrEqual(KEPT_PICTURE_MAX_BYTES + 1024 * 1024);
    expect(unfinished()).toEqual([]);
  });

  test('nothing is kept of a stream that fails, and its error is told', async () => {
    const broken = async function* () {
      yield PDF;
      throw Object.assign(new Error('read ENOENT'), { code: 'ENOENT', syscall: 'read' });
    };
    await expect(keepFile(broken())).rejects.toThrow('read ENOENT');
    expect(unfinished()).toEqual([]);
  });

  test('who asks has a last word', async () => {
    const bytes = await pictureIn('png', { width: 120, height: 90 });
    expect(await codeOf(inPieces(bytes), { refusalTo: ({ width }) => (width === 120 ? fail('not-found', 'No.') : null) })).toBe('not-found');
    expect(await isKept(`${sha256(bytes)}.png`, bytes.length)).toBe(false);
  });

  test('a full disk is a sentence', async () => {
    expect(await keepFile(inPieces(PDF), { diskLeftBytes: Infinity })).toMatchObject({ ok: false, code: 'unavailable', message: expect.stringContaining('full') as string });
    expect(unfinished()).toEqual([]);
  });
});

test('a process killed in the middle leaves nothing that looks whole, and its leftover is swept later', async () => {
  const before = await listed();
  const script = `
    import { keepFile } from './lib/media/store';
    async function* slow() { yield Buffer.from('%PDF-1.4'); yield Buffer.alloc(10_000); console.log('half'); await new Promise((resolve) => setTimeout(resolve, 60_000)); }
    await keepFile(slow());`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', '--input-type=module', '--eval', script], { cwd: inProject(), env: { ...process.env, DATA_DIR: folder }, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(unfinished().length).toBe(1);
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await listed()).toEqual(before);
  const now = Date.now();
  await sweepUnfinished(new Date(now));
  expect(unfinished().length).toBe(1);
  utimesSync(path.join(media, 'incoming', unfinished()[0] ?? ''), new Date(now), new Date(now - 2 * 60 * 60_000));
  await sweepUnfinished(new Date(now));
  expect(unfinished()).toEqual([]);
});

describe('a kept file is opened by its name', () => {
  test('whole or in part', async () => {
    const { sha256: name } = await kept(PDF);
    const file = await openKept(`${name}.pdf`);
    expect(file?.bytes).toBe(PDF.length);
    expect((await buffer(file!.stream())).equals(PDF)).toBe(true);
    const again = await openKept(`${name}.pdf`);
    expect((await buffer(again!.stream({ start: 1, end: 3 }))).toString()).toBe('PDF');
  });

  test('by no other', async () => {
    const { sha256: name } = await kept(PDF);
    writeFileSync(path.join(folder, 'secret'), 'secret');
    mkdirSync(path.join(media, 'ff'), { recursive: true });
    symlinkSync(path.join(folder, 'secret'), path.join(media, 'ff', `${'f'.repeat(64)}.jpg`));
    for (const other of ['', '.', '..', '../secret', `${name}`, `${name}.exe`, `${name}.jpg`, `${name.toUpperCase()}.pdf`, `${name.slice(0, 2)}/${name}.pdf`, `../${name.slice(0, 2)}/${name}.pdf`, `${name}.pdf/`, `${name}.pdf\0`, `${'f'.repeat(64)}.jpg`, `${'0'.repeat(64)}.jpg`]) {
      expect([other, await openKept(other)]).toEqual([other, null]);
    }
  });

  test('and listed in its order, nothing else with it', async () => {
    await kept(PDF);
    writeFileSync(path.join(media, 'notes.txt'), 'mine');
    const names = await listed();
    expect(names).toEqual([...names].sort());
    expect(names.every((name) => /^[0-9a-f]{64}\.\w+$/.test(name))).toBe(true);
    expect(names).toContain(`${sha256(PDF)}.pdf`);
  });
});
