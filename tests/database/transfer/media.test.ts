import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { MediaFrom } from '@/lib/media/copying';
import { importFile, type ImportOptions } from '@/lib/transfer/commands';
import type { ImportReport } from '@/lib/transfer/schema';
import { useDatabase } from '@/tests/support/database';
import { exportOf, writeExport } from '@/tests/support/wxr/write-export';

const database = useDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'media-'));
process.env.DATA_DIR = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const now = new Date('2026-01-01T00:00:00Z');

/** The old blog: what lies at its paths, and which were asked for. */
const files = new Map<string, Buffer | ((request: IncomingMessage, response: ServerResponse) => void)>();
const asked: string[] = [];
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    asked.push(request.url ?? '');
    if (typeof file === 'function') return file(request, response);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': file.length }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  files.clear();
  asked.length = 0;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const png = (width: number, height: number, colour: string): Promise<Buffer> => sharp({ create: { width, height, channels: 3, background: colour } }).png().toBuffer();

const uploads = '/wp-content/uploads/2016/05';
const attachment = (id: number, name: string, parent = 0) =>
  ({ id, type: 'attachment', status: 'inherit', slug: `file-${id}`, parent, text: '', more: `<wp:attachment_url>${origin}${uploads}/${name}</wp:attachment_url>` });
const ofThisBlog = (items: Parameters<typeof exportOf>[0]) => writeExport(exportOf(items).replaceAll('https://made.example', origin));

async function imported(file: string, media: MediaFrom = {}, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const result = await importFile(file, { url: database.url, media: { trustedOrigin: origin, ...media }, ...options }, now);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
const rowOf = (report: ImportReport) => {
  const row = report.rows.find(({ kind }) => kind === 'files')!;
  return [row.cameIn, row.alreadyHere, row.skipped];
};
const htmlOf = async (slug: string) => (await db().post.findFirstOrThrow({ where: { slug } })).html;

test('a picture in a text, a gallery, a full size behind a link and one that no post shows all come along', async () => {
  for (const [name, width] of [['a.png', 40], ['b.png', 50], ['c.png', 60], ['unused.png', 70]] as const) files.set(`${uploads}/${name}`, await png(width, 20, 'red'));
  const text = `<p>Words</p>\n<a href="${origin}${uploads}/a.png"><img src="${origin}${uploads}/a-300x150.png" alt="A lamp"></a>\n[gallery ids="12,13"]`;
  const file = ofThisBlog([{ id: 1, slug: 'one', text }, attachment(11, 'a.png', 1), attachment(12, 'b.png'), attachment(13, 'c.png'), attachment(14, 'unused.png')]);
  const report = await imported(file);
  expect(rowOf(report)).toEqual([4, 0, 0]);
  const html = await htmlOf('one');
  expect(html.match(/<img src="\/media\/[0-9a-f]{64}\.png"/g)).toHaveLength(3);
  expect(html).toMatch(/<img src="[^"]+" alt="A lamp" width="40" height="20"/);
  expect(html).not.toContain(origin);
  expect(await db().mediaAsset.count()).toBe(4);
});

test('what cannot be had becomes a link and is listed; a later import that gets it puts the picture there, and asks for nothing twice', async () => {
  files.set(`${uploads}/here.png`, await png(40, 20, 'blue'));
  const file = ofThisBlog([{ id: 1, slug: 'one', text: `<img src="${origin}${uploads}/here.png" alt="Here">\n\n<img src="${origin}${uploads}/later.png" alt="Later">` }]);
  const first = await imported(file);
  expect(rowOf(first)).toEqual([1, 0, 1]);
  expect(first.notes.find(({ reason }) => reason.includes('there is nothing at their address'))?.examples[0]?.what).toContain('/later.png');
  expect(await htmlOf('one')).toContain(`href="${origin}${uploads}/later.png"`);

  files.set(`${uploads}/later.png`, await png(44, 22, 'green'));
  asked.length = 0;
  expect(rowOf(await imported(file))).toEqual([1, 1, 0]);
  expect(asked).not.toContain(`${uploads}/here.png`);
  expect((await htmlOf('one')).match(/<img /g)).toHaveLength(2);
});

test('a post that was edited here keeps its text when its pictures come', async () => {
  const file = ofThisBlog([{ id: 1, slug: 'one', text: `<img src="${origin}${uploads}/late.png" alt="Late">` }]);
  await imported(file, { skip: true });
  await db().post.updateMany({ where: { slug: 'one' }, data: { source: '<p>Edited</p>', html: '<p>Edited</p>' } });
  files.set(`${uploads}/late.png`, await png(40, 20, 'blue'));
  await imported(file);
  expect(await htmlOf('one')).toBe('<p>Edited</p>');
});

test('--no-media asks nobody, and the posts have links', async () => {
  files.set(`${uploads}/a.png`, await png(40, 20, 'red'));
  const report = await imported(ofThisBlog([{ id: 1, slug: 'one', text: `<img src="${origin}${uploads}/a.png" alt="A">` }]), { skip: true });
  expect([asked, rowOf(report)]).toEqual([[], [0, 0, 1]]);
  expect(await htmlOf('one')).toContain(`href="${origin}${uploads}/a.png"`);
});

test('a dry run asks nobody, keeps nothing and says how many there are', async () => {
  const report = await imported(ofThisBlog([{ id: 1, slug: 'one', text: `<img src="${origin}${uploads}/a.png" alt="A">` }, attachment(2, 'b.png')]), {}, { dryRun: true });
  expect([asked, rowOf(report), await db().mediaSource.count()]).toEqual([[], [2, 0, 0], 0]);
});

test('with --media nothing that the folder has is asked of the old site', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'uploads-'));
  mkdirSync(path.join(folder, '2016/05'), { recursive: true });
  writeFileSync(path.join(folder, '2016/05/a.png'), await png(40, 20, 'red'));
  const report = await imported(ofThisBlog([{ id: 1, slug: 'one', text: `<img src="${origin}${uploads}/a.png" alt="A">` }]), { path: folder });
  rmSync(folder, { recursive: true });
  expect([asked, rowOf(report)]).toEqual([[], [1, 0, 0]]);
  expect(await htmlOf('one')).toContain('<img src="/media/');
});

test('the picture that stood above a post stands above it here, unless its text shows it', async () => {
  files.set(`${uploads}/above.png`, await png(40, 20, 'red'));
  const thumbnail = '<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>';
  await imported(ofThisBlog([
    { id: 1, slug: 'above', text: 'Words', more: thumbnail },
    { id: 2, slug: 'within', text: `<img src="${origin}${uploads}/above.png" alt="A">`, more: thumbnail },
    attachment(9, 'above.png'),
  ]));
  const posts = await db().post.findMany({ orderBy: { slug: 'asc' }, select: { slug: true, coverId: true } });
  const asset = await db().mediaAsset.findFirstOrThrow();
  expect(posts).toEqual([{ slug: 'above', coverId: asset.id }, { slug: 'within', coverId: null }]);
});

test('an import that is cancelled while it copies leaves nothing but the pictures it has, and goes on from there', async () => {
  files.set(`${uploads}/first.png`, await png(40, 20, 'red'));
  const cancel = new AbortController();
  files.set(`${uploads}/endless.png`, () => cancel.abort());
  const file = ofThisBlog([{ id: 1, slug: 'one', text: 'Words' }, attachment(2, 'first.png'), attachment(3, 'endless.png')]);
  const result = await importFile(file, { url: database.url, media: { trustedOrigin: origin }, signal: cancel.signal }, now);
  expect(result).toMatchObject({ ok: false, code: 'conflict', message: expect.stringContaining('cancelled') as string });
  expect(await db().post.count()).toBe(0);
  const { rows } = await database.sql.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'soapbox_import_%'");
  expect(rows).toEqual([]);

  files.set(`${uploads}/endless.png`, await png(41, 20, 'red'));
  const { rows: kept } = await database.sql.query<{ address: string }>('SELECT address FROM "MediaSource" WHERE "assetId" IS NOT NULL');
  asked.length = 0;
  await imported(file);
  expect(await db().post.count()).toBe(1);
  for (const { address } of kept) expect(asked.some((path) => address.endsWith(path))).toBe(false);
});

test('a redirect into a private network is not followed, and a page that says that it is a picture is none', async () => {
  files.set(`${uploads}/away.png`, (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end());
  files.set(`${uploads}/page.png`, (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('<!doctype html><script>alert(1)</script>'));
  const report = await imported(ofThisBlog([attachment(2, 'away.png'), attachment(3, 'page.png')]));
  expect([rowOf(report), await db().mediaAsset.count()]).toEqual([[0, 0, 2], 0]);
});
