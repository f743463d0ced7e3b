import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { unpacked, UNPACKING_LIMITS, type UnpackingLimits } from '@/lib/transfer/readers/unpacking';
import { exported, madeFolder, written } from '@/tests/support/exports/read-all';
import { exportOf } from '@/tests/support/wxr/write-export';

const part = (id: number) => Buffer.from(exportOf([{ id }]));
const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(200_000, 7)]);

async function zipOf(files: Record<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(content, name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function tarOf(files: Record<string, Buffer>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function unpack(content: Buffer, limits?: Partial<UnpackingLimits>): Promise<Buffer[]> {
  const folder = madeFolder();
  const files = await unpacked(written(content, 'named.anyhow'), folder, { limits: { ...UNPACKING_LIMITS, ...limits } });
  expect(files.every((file) => file.startsWith(folder))).toBe(true);
  return files.map((file) => readFileSync(file));
}

const refusal = (content: Buffer, limits?: Partial<UnpackingLimits>) => unpack(content, limits).then(() => 'was unpacked', (error: Error) => `${error.constructor.name}: ${error.message}`);

test('a plain file is given back as it is, and nothing is written', async () => {
  const folder = madeFolder();
  expect(await unpacked(exported('disqus.xml'), folder)).toEqual([exported('disqus.xml')]);
  expect(readdirSync(folder)).toEqual([]);
});

const blog = { 'blog.2024-01-01.010.xml': part(10), 'blog.2024-01-01.002.xml': part(2), 'blog/blog.2024-01-01.1.xml': part(1), 'media/a.jpg': picture, '__MACOSX/._blog.xml': part(99), 'readme.txt': Buffer.from('hello') };
test.each([['a zip', zipOf], ['a tar', tarOf], ['a tar.gz', async (files: Record<string, Buffer>) => gzipSync(await tarOf(files))]])('of %s, the exports alone come out, 2 before 10', async (_, make) => {
  expect(await unpack(await make(blog))).toEqual([part(2), part(10), part(1)]);
});

test('a gzipped export comes out', async () => {
  expect(await unpack(gzipSync(readFileSync(exported('ghost.json'))))).toEqual([readFileSync(exported('ghost.json'))]);
});

test('an export larger than what is looked at comes out whole', async () => {
  const large = Buffer.from(exportOf(Array.from({ length: 3_000 }, (_, id) => ({ id: id + 1, text: `Words ${id} ${Math.sin(id)}` }))));
  expect(large.length).toBeGreaterThan(500_000);
  for (const archive of [await zipOf({ 'a.xml': large }), gzipSync(await tarOf({ 'a.xml': large }))]) {
    const [out] = await unpack(archive);
    expect(out?.equals(large)).toBe(true);
  }
});

test.each(['../../evil.xml', '/etc/evil.xml', 'a/../../evil.xml', 'C:\\evil.xml', '..\\evil.xml'])('an archive with a file named %s is refused, and nothing is written anywhere', async (name) => {
  const tar = await tarOf({ [name]: part(1) });
  expect(await refusal(tar)).toMatch(/^BrokenFile: The archive holds a file whose name points outside/);
  // yazl writes no such name: it is put in afterwards, in both places where a zip has it.
  const plain = 'x'.repeat(name.length);
  const zip = Buffer.from((await zipOf({ [plain]: part(1) })).toString('latin1').replaceAll(plain, name), 'latin1');
  expect(await refusal(zip)).toMatch(/^BrokenFile: The archive holds a file whose name points outside/);
  expect(existsSync('/etc/evil.xml')).toBe(false);
});

test('links in an archive are left alone', async () => {
  const tar = pack();
  tar.entry({ name: 'passwd.xml', type: 'symlink', linkname: '/etc/passwd' });
  tar.entry({ name: 'a.xml' }, part(1));
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  expect(await unpack(Buffer.concat(chunks))).toEqual([part(1)]);
});

const bomb = Buffer.concat([part(1), Buffer.alloc(30_000_000, 0x20)]);
test.each([['zip', () => zipOf({ 'a.xml': bomb })], ['gz', async () => gzipSync(bomb)], ['tar.gz', async () => gzipSync(await tarOf({ 'a.xml': bomb }))], ['tar.gz of what nobody wants', async () => gzipSync(await tarOf({ '._a': bomb, 'a.xml': part(1) }))]])('a bomb (%s) is stopped long before it is unpacked', async (_, make) => {
  expect(await refusal(await make(), { freeBytes: 1_000_000 })).toMatch(/^BrokenFile: The archive unpacks to far more than any export holds/);
});

test('the whole is bounded, and so is the number of files', async () => {
  const zip = await zipOf({ 'a.xml': part(1), 'b.xml': part(2), 'c.xml': part(3) });
  expect(await refusal(zip, { bytes: 1_000 })).toMatch(/far more than any export/);
  expect(await refusal(zip, { entries: 2 })).toMatch(/more than 2 files/);
  expect(await refusal(zip, { files: 2 })).toMatch(/more than 2 exports/);
});

test.each([
  ['an archive of pictures', () => zipOf({ 'a.jpg': picture, 'b.jpg': picture }), /^BrokenFile: None of the 2 files in the archive is an export of a blog\. The first is a\.jpg\. This is a picture/],
  ['an archive of one feed', () => zipOf({ 'feed.xml': Buffer.from('<rss version="2.0"><channel/></rss>') }), /^BrokenFile: In the archive stands feed\.xml\. This is an ordinary RSS feed/],
  ['an archive in an archive', async () => zipOf({ 'a.zip': await zipOf({ 'a.xml': part(1) }) }), /packed once more/],
  ['an empty archive', () => zipOf({}), /^BrokenFile: The archive is empty/],
  ['a cut zip', async () => (await zipOf({ 'a.xml': part(1) })).subarray(0, -30), /^BrokenFile: The archive is damaged or incomplete/],
  ['a cut gz', async () => gzipSync(part(1)).subarray(0, -30), /^BrokenFile: The archive is damaged or incomplete/],
  ['a cut tar', async () => (await tarOf({ 'a.xml': part(1) })).subarray(0, 700), /^BrokenFile: The archive is damaged or incomplete/],
  ['a zip that lies about sizes', async () => lyingZip(), /^BrokenFile: The archive is damaged or incomplete/],
])('%s is refused in words', async (_, make, sentence) => {
  expect(await refusal(await make())).toMatch(sentence);
});

async function lyingZip(): Promise<Buffer> {
  const zip = await zipOf({ 'a.xml': part(1) });
  const directory = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  zip.writeUInt32LE(zip.readUInt32LE(directory + 24) - 10, directory + 24);
  return zip;
}

test('it stops when it is told to', async () => {
  const aborted = AbortSignal.abort();
  await expect(unpacked(written(await zipOf({ 'a.xml': part(1) })), madeFolder(), { signal: aborted })).rejects.toThrow(/abort/i);
});

test.each([['a zip', zipOf], ['a tar', tarOf]])('%s is not unpacked where the disk would be full then', async (_, make) => {
  expect(await refusal(await make({ 'a.xml': part(1) }), { diskLeftBytes: Infinity })).toBe('BrokenFile: There is not enough room on the disk to unpack the archive. Nothing was imported.');
});
