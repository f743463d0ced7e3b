import { once } from 'node:events';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import http, { type IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { keepFile, openKept } from '@/lib/media/store';
import { MediaFiles } from '@/server/media-files';
import { TestFront } from '@/tests/support/front';
import { inPieces, MP4, PDF, pictureIn, temporaryFolder } from '@/tests/support/sample-files';

process.env.DATA_DIR = temporaryFolder('media-files');
const findName = vi.fn<(sha256: string) => Promise<string | null>>(async () => 'Our “plan”.pdf');
const streams: Readable[] = [];
const open: typeof openKept = async (name) => {
  const file = await openKept(name);
  return file && { ...file, stream: (range) => streams[streams.push(file.stream(range)) - 1]! };
};
const front = await TestFront.open({}, { media: new MediaFiles(findName, open) });
front.page = (_request, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html><body>the blog’s own page</body></html>');

async function kept(bytes: Buffer): Promise<string> {
  const result = await keepFile(inPieces(bytes));
  if (!result.ok) throw new Error(result.message);
  return result.value.path;
}
const picture = await pictureIn('jpeg');
const [picturePath, filmPath, documentPath] = [await kept(picture), await kept(MP4), await kept(PDF)];

type Got = { status: number; headers: IncomingHttpHeaders; body: Buffer };
function get(address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    http.request({ host: '127.0.0.1', port: front.port, path: address, method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
    }).on('error', reject).end();
  });
}

test('a picture is sent as it is, for good, and runs nothing', async () => {
  const { status, headers, body } = await get(picturePath);
  expect([status, body.equals(picture)]).toEqual([200, true]);
  expect(headers).toMatchObject({
    'content-type': 'image/jpeg', 'content-length': String(picture.length), 'cache-control': 'public, max-age=31536000, immutable', 'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff', 'content-security-policy': expect.stringMatching(/^default-src 'none'; (?!.*script).*; base-uri 'none'; frame-ancestors 'none'; sandbox$/) as string, 'referrer-policy': 'strict-origin-when-cross-origin',
  });
  expect(headers['content-disposition']).toBeUndefined();
  expect(headers['set-cookie']).toBeUndefined();
  expect(front.seen).toEqual([]);
});

test('HEAD is GET without its body', async () => {
  const [whole, head] = [await get(picturePath), await get(picturePath, {}, 'HEAD')];
  const { date: _one, ...headers } = whole.headers;
  const { date: _other, ...headHeaders } = head.headers;
  expect([head.status, head.body.length, headHeaders]).toEqual([200, 0, headers]);
});

test('who has it is told so', async () => {
  const { headers: { etag } } = await get(picturePath);
  expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
  for (const known of [etag, `W/${etag}`, `"old", ${etag}`, '*']) {
    const { status, headers, body } = await get(picturePath, { 'if-none-match': String(known), range: 'bytes=0-1' });
    expect([status, headers.etag, headers['cache-control'], body.length]).toEqual([304, etag, 'public, max-age=31536000, immutable', 0]);
  }
  expect((await get(picturePath, { 'if-none-match': '"old"' })).status).toBe(200);
});

describe('a part of a film', () => {
  const size = MP4.length;
  test.each([
    ['bytes=0-1', 0, 1], ['bytes=4-', 4, size - 1], ['bytes=-3', size - 3, size - 1], [`bytes=0-${size + 100}`, 0, size - 1], [`bytes=-${size + 100}`, 0, size - 1], ['Bytes=2-2', 2, 2], [`bytes=${size - 1}-`, size - 1, size - 1],
  ])('%s is from %i to %i', async (range, start, end) => {
    const { status, headers, body } = await get(filmPath, { range });
    expect([status, headers['content-range'], headers['content-length'], headers['content-type']]).toEqual([206, `bytes ${start}-${end}/${size}`, String(end - start + 1), 'video/mp4']);
    expect(body.equals(MP4.subarray(start, end + 1))).toBe(true);
  });

  test.each([`bytes=${size}-`, 'bytes=9999999-', 'bytes=-0', 'bytes=999999999999999-'])('%s cannot be had', async (range) => {
    const { status, headers, body } = await get(filmPath, { range });
    expect([status, headers['content-range'], body.length]).toEqual([416, `bytes */${size}`, 0]);
    expect(headers['cache-control']).toBe('private, no-store');
  });

  test.each(['bytes=0-1,4-5', 'bytes=5-2', 'bytes=a-b', 'bytes=-', 'lines=0-1', 'bytes=0x1-2', `bytes=${'9'.repeat(40)}-`])('for %s all of it is sent', async (range) => {
    const { status, body } = await get(filmPath, { range });
    expect([status, body.equals(MP4)]).toEqual([200, true]);
  });

  test('is of the same film, or all of it is sent', async () => {
    const { headers: { etag } } = await get(filmPath);
    expect((await get(filmPath, { range: 'bytes=0-1', 'if-range': String(etag) })).status).toBe(206);
    expect((await get(filmPath, { range: 'bytes=0-1', 'if-range': '"another"' })).status).toBe(200);
    expect((await get(filmPath, { range: 'bytes=0-1', 'if-range': `W/${etag}` })).status).toBe(200);
  });

  test('HEAD tells of it', async () => {
    const { status, headers, body } = await get(filmPath, { range: 'bytes=0-1' }, 'HEAD');
    expect([status, headers['content-length'], body.length]).toEqual([206, '2', 0]);
  });
});

test('a document is saved, under its name, for which the database is asked once', async () => {
  findName.mockClear();
  expect((await get(documentPath)).headers['content-security-policy']).toBe("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox");
  for (let again = 0; again < 3; again += 1) {
    const { headers } = await get(documentPath);
    expect(headers['content-disposition']).toBe("attachment; filename=\"Our _plan_.pdf\"; filename*=UTF-8''Our%20%E2%80%9Cplan%E2%80%9D.pdf");
  }
  expect(findName).toHaveBeenCalledTimes(1);
  await get(picturePath);
  await get(filmPath);
  expect(findName).toHaveBeenCalledTimes(1);
});

test('without a database it is saved all the same, and the name asked for again later', async () => {
  const other = await kept(Buffer.concat([PDF, Buffer.from('\n')]));
  findName.mockRejectedValueOnce(new Error('gone'));
  expect((await get(other)).headers['content-disposition']).toContain(path.basename(other));
  findName.mockResolvedValueOnce('page.html');
  expect((await get(other)).headers['content-disposition']).toContain('filename="page.html.pdf"');
});

test.each([
  ['another extension', () => picturePath.replace('.jpg', '.png')],
  ['an extension that would run', () => picturePath.replace('.jpg', '.html')],
  ['no extension', () => picturePath.replace('.jpg', '')],
  ['another name', () => `/media/${'0'.repeat(64)}.jpg`],
  ['capitals', () => picturePath.toUpperCase()],
  ['the folder', () => '/media'],
  ['the folder below', () => `/media/${path.basename(picturePath).slice(0, 2)}/${path.basename(picturePath)}`],
  ['a last slash', () => `${picturePath}/`],
  ['what is not whole yet', () => '/media/incoming'],
])('%s is the blog’s own page for what is not there', async (_what, address) => {
  const { status, body } = await get(address());
  expect([status, body.toString()]).toEqual([404, expect.stringContaining('the blog’s own page')]);
});

test.each(['/media/../secret', '/media/..%2fsecret', '/media/%2e%2e/secret', '/media/..%5csecret', '/media/%00', '/media//etc/passwd', '/media/....//secret', '/media/%252e%252e%252fsecret'])('%s leads nowhere', async (address) => {
  writeFileSync(path.join(process.env.DATA_DIR ?? '', 'secret'), 'words for nobody');
  const { status, body } = await get(address);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(body.toString()).not.toContain('words for nobody');
});

test('it takes no form', async () => {
  expect((await get(picturePath, {}, 'POST')).status).toBe(415);
});

function largeFilm(): string {
  const name = `${'a'.repeat(64)}.mp4`;
  const file = path.join(process.env.DATA_DIR ?? '', 'media', 'aa', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  truncateSync(file, 1024 ** 3);
  return `/media/${name}`;
}

test('who goes away in the middle of a large file leaves it closed, and no more is read than was taken', async () => {
  const address = largeFilm();
  const before = process.memoryUsage().rss;
  const request = http.get({ host: '127.0.0.1', port: front.port, path: address, agent: false });
  const [answer] = await once(request, 'response') as [http.IncomingMessage];
  await once(answer, 'readable');
  const stream = streams.at(-1);
  expect(stream?.closed).toBe(false);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  request.destroy();
  await vi.waitFor(() => expect(stream?.closed).toBe(true), { timeout: 10_000 });
});

test('who takes nothing of a large file any more is cut off, and it is closed', async () => {
  const impatient = await TestFront.open({}, { media: new MediaFiles(findName, open, 100) });
  const request = http.get({ host: '127.0.0.1', port: impatient.port, path: largeFilm(), agent: false });
  const [answer] = await once(request, 'response') as [http.IncomingMessage];
  // The connection may break on either of the two, before anybody reads.
  const broken = new Promise<Error>((resolve) => {
    answer.once('error', resolve);
    request.on('error', resolve);
    answer.socket.on('error', resolve);
  });
  const stream = streams.at(-1);
  await vi.waitFor(() => expect(stream?.closed).toBe(true), { timeout: 10_000 });
  answer.resume();
  expect((await broken).message).toMatch(/aborted|ECONNRESET/);
});
