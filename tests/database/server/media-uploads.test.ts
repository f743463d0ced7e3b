import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { sessionCookieName } from '@/lib/identity/cookies';
import type { Role } from '@/lib/identity/schema';
import { sessionHash } from '@/lib/identity/tokens';
import { newId } from '@/lib/ids';
import { UPLOADS_PER_PERSON, uploadPath, type UploadedMedia } from '@/lib/media/schema';
import { listKept } from '@/lib/media/store';
import { takeUpload } from '@/lib/media/uploads';
import { WORK } from '@/server/job-handlers';
import { MediaUploads } from '@/server/media-uploads';
import { useDatabase } from '@/tests/support/database';
import { TestFront } from '@/tests/support/front';
import { HTML, MP4, PDF, pictureIn, SVG, temporaryFolder } from '@/tests/support/sample-files';
import { person } from '../transfer/moving-scene';

useDatabase();
const folder = temporaryFolder('uploads');
process.env.DATA_DIR = folder;
const IDLE_MS = 300;
const DAY_MS = 24 * 60 * 60 * 1000;
let front: TestFront;
beforeAll(async () => {
  front = await TestFront.open({}, { uploads: new MediaUploads(takeUpload, IDLE_MS) });
});

const unfinished = () => (existsSync(path.join(folder, 'media', 'incoming')) ? readdirSync(path.join(folder, 'media', 'incoming')) : []);
async function keptNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of listKept()) names.push(name);
  return names;
}
async function signedIn(role: Role) {
  const actor = await person(role);
  const token = randomBytes(32).toString('base64url');
  await db().session.create({ data: { id: newId(), sessionToken: sessionHash(token), userId: actor.userId, expires: new Date(Date.now() + DAY_MS) } });
  const headers = { cookie: `${sessionCookieName()}=${token}`, 'content-type': 'application/octet-stream', origin: `http://127.0.0.1:${front.port}`, host: `127.0.0.1:${front.port}` };
  const send = async (body: Buffer | string, { name = 'a.png', ...more }: Record<string, string> = {}) => {
    const { status, headers: answered, body: text } = await front.send({ method: 'POST', path: uploadPath(name), headers: { ...headers, ...more }, body });
    return { status, headers: answered, said: JSON.parse(text) as UploadedMedia & { message?: string } };
  };
  return { actor, headers, send };
}
/** A request whose body is begun and goes on as the test says. */
function begin(headers: Record<string, string>, name = 'a.png') {
  const sending = request({ host: '127.0.0.1', port: front.port, method: 'POST', path: uploadPath(name), headers, agent: false });
  const ended = new Promise<number>((resolve) => {
    sending.on('response', (answer: IncomingMessage) => resolve(answer.resume().statusCode ?? 0)).on('error', () => resolve(0));
  });
  return { sending, ended };
}

test('an author’s picture is in the library, under its own name, without where it was taken, and in its sizes', async () => {
  const { actor, send } = await signedIn('author');
  const bytes = await sharp(await pictureIn('jpeg', { width: 1000, height: 500 })).withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } }).jpeg().toBuffer();
  const { status, said, headers } = await send(bytes, { name: 'C:\\fakepath\\Löwe\u0007.jpg' });
  expect([status, headers['cache-control'], headers['x-content-type-options']]).toEqual([201, 'private, no-store', 'nosniff']);
  expect(said).toMatchObject({ kind: 'image', width: 1000, height: 500, name: 'Löwe .jpg', alt: '' });
  const asset = await db().mediaAsset.findUniqueOrThrow({ where: { id: said.id } });
  expect(asset).toMatchObject({ uploadedById: actor.userId, widths: [320, 640, 960, 1000], name: 'Löwe .jpg' });
  expect(asset.measuredAt).not.toBeNull();
  expect(said.path).toBe(`/media/${asset.sha256}.jpg`);
  expect(asset.sha256).not.toBe(createHash('sha256').update(bytes).digest('hex'));
  const jobs = await db().$queryRaw<{ data: { id: string } }[]>`SELECT data FROM pgboss.job WHERE name = 'variants'`;
  expect(jobs.map(({ data }) => data.id)).toContain(said.id);
  expect(front.seen).toEqual([]);
});

test('the same file sent twice, or twice at once, is one', async () => {
  const { send } = await signedIn('owner');
  const bytes = await pictureIn('png', { colour: '#123456' });
  const all = await Promise.all([send(bytes), send(bytes), send(bytes, { name: 'other.png' })]);
  const again = await send(bytes);
  expect(new Set([...all, again].map(({ said }) => said.id)).size).toBe(1);
  expect([...all, again].map(({ status }) => status)).toEqual([201, 201, 201, 201]);
});

test('one that another person has brought stays theirs', async () => {
  const [first, second] = [await signedIn('author'), await signedIn('author')];
  const bytes = await pictureIn('png', { colour: '#654321' });
  const one = await first.send(bytes);
  const two = await second.send(bytes);
  expect(two.said.id).toBe(one.said.id);
  expect((await db().mediaAsset.findUniqueOrThrow({ where: { id: one.said.id } })).uploadedById).toBe(first.actor.userId);
});

test.each([['reader', 404], ['moderator', 404], [null, 401]] as const)('from a %s nothing is read: %i', async (role, status) => {
  const { headers } = role ? await signedIn(role) : { headers: { 'content-type': 'application/octet-stream', host: `127.0.0.1:${front.port}` } };
  const { sending, ended } = begin({ ...headers, 'content-length': '10', expect: '100-continue' });
  sending.flushHeaders();
  expect(await ended).toBe(status);
  sending.destroy();
});

test('another site’s page sends nothing', async () => {
  const { send } = await signedIn('owner');
  const answered = await front.send({ method: 'POST', path: uploadPath('a.png'), headers: { origin: 'https://elsewhere.example', 'content-type': 'application/octet-stream' }, body: 'a' });
  expect(answered.status).toBe(403);
  await expect(send('a', { origin: 'https://elsewhere.example' })).rejects.toThrow();
});

/** A PNG that says how large it is and has next to nothing in it. */
function bomb(side: number): Buffer {
  const chunk = (name: string, content: Buffer) => {
    const bytes = Buffer.alloc(content.length + 12);
    bytes.writeUInt32BE(content.length, 0);
    bytes.write(name, 4, 'latin1');
    content.copy(bytes, 8);
    return bytes;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(1_000))), chunk('IEND', Buffer.alloc(0))]);
}

describe('refused by what it is, in JSON that a page can show', () => {
  test.each<[string, () => Promise<Buffer> | Buffer, Record<string, string>, number]>([
    ['HTML', () => HTML, {}, 422], ['SVG', () => SVG, {}, 422], ['text', () => Buffer.from('hello'), { name: 'a.png' }, 422], ['a program', () => Buffer.from(`MZ${'\0'.repeat(600)}`), {}, 422],
    ['a picture that is cut off', async () => (await pictureIn('png')).subarray(0, 30), {}, 422], ['a picture of four hundred million pixels', () => bomb(20_000), {}, 422],
    ['a form', () => Buffer.from('a=b'), { 'content-type': 'application/x-www-form-urlencoded' }, 415], ['packed bytes', () => Buffer.from('abc'), { 'content-encoding': 'gzip' }, 415],
  ])('%s', async (_, make, more, expected) => {
    const { send } = await signedIn('owner');
    const before = await keptNames();
    const { status, said } = await send(await make(), more);
    expect(status).toBe(expected);
    expect(said.message).toMatch(/^[A-Z].*\.$/);
    expect(await keptNames()).toEqual(before);
    expect(unfinished()).toEqual([]);
  });

  test('a file that says that it is larger than any we keep, before it is sent', async () => {
    const { headers } = await signedIn('owner');
    const { sending, ended } = begin({ ...headers, 'content-length': String(3 * 2 ** 30), expect: '100-continue' });
    sending.flushHeaders();
    expect(await ended).toBe(413);
    sending.destroy();
  });

  test('a GET', async () => {
    const { headers } = await signedIn('owner');
    expect((await front.send({ path: uploadPath('a'), headers })).status).toBe(405);
  });
});

test.each<[string, Buffer, string, string]>([['a film', MP4, 'video', 'mp4'], ['a document', PDF, 'file', 'pdf']])('%s is kept too', async (_, bytes, kind, extension) => {
  const { send } = await signedIn('author');
  const { status, said } = await send(bytes, { name: `a.${extension}` });
  expect([status, said.kind, said.path.endsWith(`.${extension}`)]).toEqual([201, kind, true]);
});

describe('cut off in the middle', () => {
  test('nothing of it is left, and sent again it is there', async () => {
    const { headers, send } = await signedIn('author');
    const bytes = await sharp(randomBytes(300 * 200 * 3), { raw: { width: 300, height: 200, channels: 3 } }).png().toBuffer();
    const before = await keptNames();
    const { sending, ended } = begin({ ...headers, 'content-length': String(bytes.length) });
    sending.write(bytes.subarray(0, 60_000));
    await expect.poll(unfinished).toHaveLength(1);
    sending.destroy();
    expect(await ended).toBe(0);
    await expect.poll(unfinished).toEqual([]);
    expect(await keptNames()).toEqual(before);
    expect((await send(bytes)).status).toBe(201);
  });

  test('one on which nothing comes any more is ended by the blog', async () => {
    const { headers } = await signedIn('author');
    const { sending, ended } = begin({ ...headers, 'content-length': '1000' });
    sending.write('a');
    expect([0, 400]).toContain(await ended);
    await expect.poll(unfinished).toEqual([]);
  });
});

test('what a killed process left is taken away within hours, without another start, and what is still coming is not', async () => {
  const place = (name: string) => path.join(folder, 'media', 'incoming', name);
  mkdirSync(place('.'), { recursive: true });
  for (const name of ['left', 'coming']) writeFileSync(place(name), 'half');
  const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
  utimesSync(place('left'), longAgo, longAgo);
  const { handle, hourly } = WORK['tidy-incoming'];
  await handle({});
  expect([hourly, unfinished()]).toEqual([true, ['coming']]);
  utimesSync(place('coming'), longAgo, longAgo);
  await handle({});
  expect(unfinished()).toEqual([]);
});

test('one person sends so many at once and no more; when one has arrived there is room', async () => {
  const { headers, send } = await signedIn('author');
  const bytes = await pictureIn('png', { colour: '#0a0b0c' });
  const begun = Array.from({ length: UPLOADS_PER_PERSON }, () => begin({ ...headers, 'content-length': String(bytes.length) }));
  for (const { sending } of begun) sending.write(bytes.subarray(0, 10));
  await expect.poll(unfinished).toHaveLength(UPLOADS_PER_PERSON);
  const refused = await send(bytes);
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '3']);
  for (const { sending } of begun) sending.end(bytes.subarray(10));
  expect(await Promise.all(begun.map(({ ended }) => ended))).toEqual(begun.map(() => 201));
  expect((await send(bytes)).status).toBe(201);
});

test('a session that has ended sends nothing', async () => {
  const { actor, send } = await signedIn('owner');
  await db().session.deleteMany({ where: { userId: actor.userId } });
  expect((await send('a')).status).toBe(401);
});
