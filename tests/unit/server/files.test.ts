import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { compressFolder } from '../../../server/build-files';
import { loadFiles, SPECULATION_RULES } from '../../../server/files';
import { inProject } from '../../../server/project';
import { TestFront } from '../../support/front';

const STYLE = '/_next/static/chunks/0busu89nikd7r.css';
const FONT = '/_next/static/media/serif.2bbm7w9b.woff2';
const css = '.prose { color: var(--ink) }\n'.repeat(200);

const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const [address, content] of [
  [STYLE, css], [FONT, 'font '.repeat(2_000)], ['/enhance/enhance-FH3YSOBO.js', 'let words = "";'.repeat(100)], ['/icon.svg', '<svg/>'], [SPECULATION_RULES, readFileSync(inProject('public', SPECULATION_RULES.slice(1)), 'utf8')],
] as const) {
  mkdirSync(path.join(folder, path.dirname(address)), { recursive: true });
  writeFileSync(path.join(folder, address), content);
}
await compressFolder(folder);
const front = await TestFront.open({}, { files: loadFiles(folder) });
front.page = (_request, response) => void response.writeHead(404, { 'content-type': 'text/plain' }).end('by the ordinary path');

type Got = { status: number; headers: IncomingHttpHeaders; body: Buffer };
function get(address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: front.port, path: address, method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
    }).on('error', reject).end();
  });
}

test.each([
  ['br', 'br'], ['gzip', 'gzip'], ['gzip, deflate, br', 'br'], ['gzip;q=0', undefined], ['br;q=0, gzip', 'gzip'], ['br;q=0.2, gzip;q=0.8', 'gzip'],
  ['identity', undefined], ['identity;q=1, br;q=0.5', undefined], ['*;q=0', undefined], ['notbr', undefined], ['', undefined],
])('to Accept-Encoding “%s” a file goes out as %s', async (accepted, encoding) => {
  const { status, headers, body } = await get(STYLE, { 'accept-encoding': accepted });
  expect([status, headers['content-encoding'], headers.vary, headers['content-length']]).toEqual([200, encoding, 'Accept-Encoding', String(body.length)]);
  const text = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
  expect(text.toString()).toBe(css);
});

test.each([
  [STYLE, 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/enhance/enhance-FH3YSOBO.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  [FONT, 'font/woff2', 'public, max-age=31536000, immutable'],
  ['/icon.svg', 'image/svg+xml', 'public, max-age=3600, must-revalidate'],
  ['/icon.svg?icon.3gco.svg', 'image/svg+xml', 'public, max-age=3600, must-revalidate'],
  [SPECULATION_RULES, 'application/speculationrules+json', 'public, max-age=3600, must-revalidate'],
])('%s is %s, %s, and as safe as a page', async (address, type, cacheControl) => {
  const { status, headers } = await get(address);
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, type, cacheControl]);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-security-policy': expect.stringContaining("default-src 'none'") as string });
});

test('a font is compressed in itself, and sent so', async () => {
  const { headers, body } = await get(FONT, { 'accept-encoding': 'br, gzip' });
  expect([headers['content-encoding'], headers.vary, body.length]).toEqual([undefined, undefined, 10_000]);
});

test('who has a file is told so, in the encoding that they have, and HEAD is GET without a body', async () => {
  const whole = await get(STYLE, { 'accept-encoding': 'br' });
  const plain = await get(STYLE);
  expect(plain.headers.etag).not.toBe(whole.headers.etag);
  for (const known of [whole.headers.etag, `W/${whole.headers.etag}`, `"old", ${whole.headers.etag}`, '*']) {
    const { status, headers, body } = await get(STYLE, { 'accept-encoding': 'br', 'if-none-match': String(known) });
    expect([status, body.length, headers.etag, headers.vary, headers['cache-control']]).toEqual([304, 0, whole.headers.etag, 'Accept-Encoding', whole.headers['cache-control']]);
  }
  expect((await get(STYLE, { 'if-none-match': String(whole.headers.etag) })).status).toBe(200);
  const head = await get(STYLE, { 'accept-encoding': 'br' }, 'HEAD');
  expect([head.status, head.body.length, head.headers['content-length'], head.headers.etag]).toEqual([200, 0, String(whole.body.length), whole.headers.etag]);
});

test('a part of a file may be asked for and the whole is sent, as HTTP allows', async () => {
  for (const range of ['bytes=0-9', 'bytes=-5', 'bytes=9-2', 'bytes=999999-']) expect((await get(STYLE, { range })).status).toBe(200);
});

test.each(['/_next/static/chunks/none.js', `${STYLE}.br`, `${STYLE}.gz`, '/_next/static', '/_next/static/../static/x.css', '/enhance/'])('%s is no file of these', async (address) => {
  expect((await get(address)).status).toBeGreaterThanOrEqual(400);
});

test('a file takes no form', async () => {
  expect((await get(STYLE, {}, 'POST')).status).toBe(415);
});
