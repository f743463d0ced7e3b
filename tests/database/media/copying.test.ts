import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import http, { type RequestListener } from 'node:http';
import net, { type AddressInfo, type LookupFunction } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { MediaFailure } from '@/lib/db/generated/enums';
import { CopyingEnded, copyMedia, type CopyCounts, type MediaFrom } from '@/lib/media/copying';
import { COPIES_AT_ONCE, COPIES_PER_HOST, COPY_TRIES, HOST_FAILURES_MAX, PATIENCE_MAX_SECONDS } from '@/lib/media/schema';
import { findOwnMedia } from '@/lib/media/sources';
import { listKept } from '@/lib/media/store';
import type { Wanted } from '@/lib/text/own-media';
import { inProject } from '@/server/project';
import { useDatabase } from '@/tests/support/database';
import { HTML, MP4, PDF, pictureIn, SVG, tarOf, temporaryFolder, zipOf } from '@/tests/support/sample-files';
import { sqlOf } from '@/tests/support/sql';

const database = useDatabase();
const folder = temporaryFolder('copying');
process.env.DATA_DIR = folder;

// The old site, and something inside that nobody may be led to.
const answers = new Map<string, RequestListener>();
let asked: string[] = [];
const site = http.createServer((request, response) => {
  asked.push(request.url ?? '');
  const answer = answers.get(request.url ?? '');
  if (answer) answer(request, response);
  else response.writeHead(404, { 'content-type': 'text/html' }).end(HTML);
});
let insideConnections = 0;
const insider = net.createServer((socket) => {
  insideConnections += 1;
  socket.destroy();
});
let origin = '';
let inside = '';

beforeAll(async () => {
  for (const one of [site, insider]) {
    one.listen(0, '127.0.0.1');
    await once(one, 'listening');
  }
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  inside = `127.0.0.1:${(insider.address() as AddressInfo).port}`;
});
afterAll(() => {
  site.closeAllConnections();
  site.close();
  insider.close();
});
beforeEach(() => {
  answers.clear();
  [asked, slept, now, insideConnections] = [[], [], 0, 0];
  rmSync(path.join(folder, 'media'), { recursive: true, force: true });
});

// Nobody waits: a clock that is moved on by whoever would sleep.
let now = 0;
let slept: number[] = [];
const clock = { now: () => now, sleep: async (ms: number) => { slept.push(ms); now += ms; } };
const UPLOADS = '/wp-content/uploads/2016/05/';
const say = (at: string, body: Buffer, type = 'image/jpeg') => answers.set(at, (_, response) => void response.writeHead(200, { 'content-type': type }).end(body));
const want = (at: string | string[], more: Partial<Wanted> = {}): Wanted => ({ kind: 'picture', addresses: [at].flat().map((one) => (one.includes('://') ? one : origin + one)), alt: '', ...more });

let progress: [number, number][] = [];
let failures: { address: string; failure: MediaFailure }[] = [];
const copy = (wanted: Iterable<Wanted> | AsyncIterable<Wanted>, from: MediaFrom = {}, signal?: AbortSignal): Promise<CopyCounts> => {
  [progress, failures] = [[], []];
  const more = { total: Array.isArray(wanted) ? wanted.length : 0, ...(signal && { signal }), onProgress: (done: number, total: number) => void progress.push([done, total]), onFailure: (address: string, failure: MediaFailure) => void failures.push({ address, failure }) };
  return copyMedia(sqlOf(database.sql), wanted, { trustedOrigin: origin, ...from }, more, clock);
};
const failuresOf = async (...args: Parameters<typeof copy>) => (await copy(...args), failures.map(({ failure }) => failure));
const own = async (at: string) => (await findOwnMedia(sqlOf(database.sql).run, [origin + at])).get(origin + at) ?? null;
const listed = async () => {
  const names: string[] = [];
  for await (const { name } of listKept()) names.push(name);
  return names;
};

const leftovers = () => (existsSync(path.join(folder, 'media', 'incoming')) ? readdirSync(path.join(folder, 'media', 'incoming')) : []);

describe('a picture comes in', () => {
  test('once, with what is known of it, and is found by its address', async () => {
    const picture = await pictureIn('jpeg');
    say(`${UPLOADS}caf%C3%A9.jpg`, picture);
    expect(await copy([want(`${UPLOADS}caf%C3%A9.jpg`, { alt: 'Coffee' })])).toEqual({ cameIn: 1, alreadyHere: 0, failed: 0 });
    expect(await db().mediaAsset.findMany()).toMatchObject([{ mimeType: 'image/jpeg', bytes: picture.length, width: 300, height: 200, alt: 'Coffee', name: 'café.jpg' }]);
    const { sha256 } = await db().mediaAsset.findFirstOrThrow();
    expect(await listed()).toEqual([`${sha256}.jpg`]);
    expect(await own(`${UPLOADS}café.jpg#top`)).toEqual({ path: `/media/${sha256}.jpg`, kind: 'image', width: 300, height: 200 });
    expect(await own(`${UPLOADS}tea.jpg`)).toBeNull();
    expect(progress).toEqual([[1, 1]]);
    expect(await copy([want(`${UPLOADS}caf%C3%A9.jpg`)])).toEqual({ cameIn: 0, alreadyHere: 1, failed: 0 });
    expect(asked).toEqual([`${UPLOADS}caf%C3%A9.jpg`]);
  });

  test('two addresses with the same bytes are one file', async () => {
    const picture = await pictureIn('jpeg');
    say('/a.jpg', picture);
    say('/b.jpg', picture);
    expect(await copy([want('/a.jpg'), want('/b.jpg', { alt: 'B' })])).toMatchObject({ cameIn: 2 });
    expect(await db().mediaAsset.findMany({ select: { alt: true, sources: { select: { address: true } } } })).toMatchObject([{ alt: 'B', sources: [{}, {}] }]);
    expect(await own('/a.jpg')).toEqual(await own('/b.jpg'));
  });

  test('the same address, wanted many times, is asked once', async () => {
    say('/a.jpg', await pictureIn('jpeg'));
    const counts = await copy(Array.from({ length: 30 }, () => want('/a.jpg')));
    expect([counts.cameIn + counts.alreadyHere, asked]).toEqual([30, ['/a.jpg']]);
  });

  test('in full size, known by every size', async () => {
    say(`${UPLOADS}a.jpg`, await pictureIn('jpeg', { width: 600, height: 400 }));
    expect(await copy([want(`${UPLOADS}a-300x200.jpg`)])).toMatchObject({ cameIn: 1 });
    expect(asked).toEqual([`${UPLOADS}a.jpg`]);
    for (const size of ['a-300x200.jpg', 'a.jpg', 'a.jpg?w=100', 'a-150x100.jpg']) expect(await own(UPLOADS + size)).toMatchObject({ width: 600 });
    expect(await copy([want(`${UPLOADS}a-450x300.jpg`)])).toMatchObject({ cameIn: 0, alreadyHere: 1 });
    expect(asked.length).toBe(1);
  });

  test('as it was written, where the original is gone, or is another picture', async () => {
    say(`${UPLOADS}a-300x200.jpg`, await pictureIn('jpeg'));
    say(`${UPLOADS}b.jpg`, await pictureIn('jpeg', { width: 100, height: 100 }));
    say(`${UPLOADS}b-300x200.jpg`, await pictureIn('jpeg', { colour: '#00ff00' }));
    say(`${UPLOADS}c.jpg`, await pictureIn('jpeg', { width: 900, height: 600, colour: '#0000ff' }));
    say(`${UPLOADS}c-150x150.jpg`, await pictureIn('jpeg', { width: 150, height: 150, colour: '#0000ff' }));
    expect(await copy(['a-300x200.jpg', 'b-300x200.jpg', 'c-150x150.jpg'].map((name) => want(UPLOADS + name)))).toMatchObject({ cameIn: 3, failed: 0 });
    expect(await own(`${UPLOADS}a-300x200.jpg`)).toMatchObject({ width: 300 });
    expect(await own(`${UPLOADS}a.jpg`)).toBeNull();
    expect(await own(`${UPLOADS}b-300x200.jpg`)).toMatchObject({ width: 300 });
    expect(await own(`${UPLOADS}b.jpg`)).toMatchObject({ width: 100 });
    expect(await own(`${UPLOADS}c-150x150.jpg`)).toMatchObject({ width: 150 });
  });

  test('a thumbnail that is gone gives way to what it was cut from', async () => {
    say(`${UPLOADS}c.jpg`, await pictureIn('jpeg', { width: 900, height: 600 }));
    expect(await copy([want(`${UPLOADS}c-150x150.jpg`)])).toMatchObject({ cameIn: 1 });
    expect(await own(`${UPLOADS}c-150x150.jpg`)).toMatchObject({ width: 900 });
  });

  test('from the next address where the first has nothing', async () => {
    say('/small.jpg', await pictureIn('jpeg'));
    expect(await copy([want(['/large.jpg', '/small.jpg'])])).toMatchObject({ cameIn: 1, failed: 0 });
    expect(await copy([want(['/large.jpg', '/small.jpg'])])).toMatchObject({ alreadyHere: 1 });
    expect(asked).toEqual(['/large.jpg', '/small.jpg']);
  });

  test('again, where its file is no longer there', async () => {
    say('/a.jpg', await pictureIn('jpeg'));
    await copy([want('/a.jpg')]);
    const [name = ''] = await listed();
    rmSync(path.join(folder, 'media', name.slice(0, 2), name));
    expect(await copy([want('/a.jpg')])).toMatchObject({ cameIn: 1, alreadyHere: 0 });
    expect(await listed()).toEqual([name]);
  });

  test('of documents and films what they are, by their content', async () => {
    say('/plan.jpg', PDF);
    say('/film', MP4, 'text/plain');
    expect(await copy([want('/plan.jpg', { kind: 'file' }), want('/film', { kind: 'file' })])).toMatchObject({ cameIn: 2 });
    expect([await own('/plan.jpg'), await own('/film')]).toMatchObject([{ kind: 'file', path: expect.stringMatching(/\.pdf$/) as string }, { kind: 'video', path: expect.stringMatching(/\.mp4$/) as string }]);
  });
});

describe('what cannot be had', () => {
  test.each<[string, string, (response: http.ServerResponse) => void]>([
    ['a page instead', 'invalid', (response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(HTML)],
    ['an SVG', 'invalid', (response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(SVG)],
    ['text', 'invalid', (response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end('This picture is gone.')],
    ['a document', 'invalid', (response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(PDF)],
    ['nothing', 'invalid', (response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end()],
    ['no such page', 'notFound', (response) => response.writeHead(404).end()],
    ['not for you', 'notFound', (response) => response.writeHead(403).end()],
    ['more than it may be', 'tooLarge', (response) => response.writeHead(200, { 'content-length': 100 * 1024 * 1024 }).write('x')],
    ['a way inside', 'forbidden', (response) => response.writeHead(302, { location: `http://${inside}/` }).end()],
    ['a way to a name inside', 'forbidden', (response) => response.writeHead(302, { location: 'http://localhost/a.jpg' }).end()],
    ['a way to a secret of the cloud', 'forbidden', (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end()],
    ['a way to a file', 'forbidden', (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end()],
    ['a way in a circle', 'notFound', (response) => response.writeHead(302, { location: '/a.jpg' }).end()],
    ['half of it', 'unavailable', (response) => void response.writeHead(200, { 'content-length': 1_000 }).write('\xff\xd8\xff', 'latin1', () => response.destroy())],
    ['a fault', 'unavailable', (response) => response.writeHead(500).end()],
  ])('%s: %s', async (_what, failure, answer) => {
    answers.set('/a.jpg', (_, response) => void answer(response));
    expect(await copy([want('/a.jpg')])).toEqual({ cameIn: 0, alreadyHere: 0, failed: 1 });
    expect(failures).toEqual([{ address: `${origin}/a.jpg`, failure }]);
    expect(await db().mediaSource.findMany()).toMatchObject([{ assetId: null, failure }]);
    expect(await own('/a.jpg')).toBeNull();
    expect(await listed()).toEqual([]);
    expect(leftovers()).toEqual([]);
    expect([insideConnections, progress]).toEqual([0, [[1, 1]]]);
  });

  test('an endless picture is left where it is too large', async () => {
    const begin = await pictureIn('jpeg');
    answers.set('/a.jpg', (_, response) => {
      response.writeHead(200).write(begin);
      const chunk = Buffer.alloc(1024 * 1024);
      const more = () => { while (!response.destroyed && response.write(chunk)); };
      response.on('drain', more);
      more();
    });
    expect(await failuresOf([want('/a.jpg')])).toEqual(['tooLarge']);
  });

  test.each(['https://10.0.0.1/a.jpg', 'http://127.0.0.1/a.jpg', 'http://[::1]/a.jpg', 'https://pictures.example:22/a.jpg', 'data:image/png;base64,AAAA', 'ftp://pictures.example/a.jpg'])('%s is not asked', async (address) => {
    expect(await failuresOf([want(address)])).toEqual(['forbidden']);
  });

  test('a public name that leads inside is not asked', async () => {
    const resolve: LookupFunction = (_, options, callback) => (options.all ? callback(null, [{ address: '10.0.0.1', family: 4 }]) : callback(null, '10.0.0.1', 4));
    expect(await failuresOf([want('http://pictures.example/a.jpg'), want('https://pictures.example/b.jpg')], { resolve })).toEqual(['forbidden', 'forbidden']);
  });

  test('the old site itself is asked inside only where that was said', async () => {
    say('/a.jpg', await pictureIn('jpeg'));
    expect(await failuresOf([want('/a.jpg')], { trustedOrigin: null })).toEqual(['forbidden']);
    expect(asked).toEqual([]);
  });

  test('is tried again the next time', async () => {
    expect(await failuresOf([want('/a.jpg')])).toEqual(['notFound']);
    say('/a.jpg', await pictureIn('jpeg'));
    expect(await copy([want('/a.jpg')])).toMatchObject({ cameIn: 1 });
    expect(await db().mediaSource.findMany()).toMatchObject([{ failure: null }]);
  });
});

describe('politely', () => {
  test('a site that asks for patience is given it, and then asked again', async () => {
    const picture = await pictureIn('jpeg');
    let times = 0;
    answers.set('/a.jpg', (_, response) => void ((times += 1) === 1 ? response.writeHead(429, { 'retry-after': '30' }).end() : response.writeHead(200).end(picture)));
    expect(await copy([want('/a.jpg')])).toMatchObject({ cameIn: 1 });
    expect(slept).toEqual([30_000]);
  });

  test('but not for ever', async () => {
    answers.set('/a.jpg', (_, response) => void response.writeHead(503, { 'retry-after': '999999' }).end());
    expect(await failuresOf([want('/a.jpg')])).toEqual(['unavailable']);
    expect([asked.length, Math.max(...slept)]).toEqual([COPY_TRIES, PATIENCE_MAX_SECONDS * 1_000]);
  });

  test('a site that gives nothing any more is left alone', async () => {
    answers.set('/0.jpg', (_, response) => void response.writeHead(200).end('x'));
    const paths = Array.from({ length: 100 }, (_, index) => `/broken-${index}.jpg`);
    for (const at of paths) answers.set(at, (_, response) => void response.writeHead(500).end());
    expect(await copy(paths.map((at) => want(at)))).toMatchObject({ failed: 100 });
    expect(asked.length).toBeLessThanOrEqual((HOST_FAILURES_MAX + COPIES_PER_HOST) * COPY_TRIES);
  });

  test(`a site is asked for at most ${COPIES_PER_HOST} files at once, all together for ${COPIES_AT_ONCE}`, async () => {
    let [now, most] = [0, 0];
    const picture = await pictureIn('jpeg');
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}.jpg`);
    for (const at of paths) {
      answers.set(at, (_, response) => {
        most = Math.max(most, (now += 1));
        setTimeout(() => response.writeHead(200).end(picture, () => void (now -= 1)), 20);
      });
    }
    expect(await copy(paths.map((at) => want(at)))).toMatchObject({ cameIn: 20 });
    expect(most).toBe(COPIES_PER_HOST);
  });
});

describe('ended in the middle', () => {
  test('by its caller: at once, and what came stays', async () => {
    say('/a.jpg', await pictureIn('jpeg'));
    const ending = new AbortController();
    answers.set('/slow.jpg', (_, response) => {
      response.writeHead(200).write('\xff\xd8\xff', 'latin1');
      ending.abort(new Error('cancelled'));
    });
    await expect(copy((function* () {
      yield want('/a.jpg');
      yield want('/slow.jpg');
      for (let index = 0; ; index += 1) yield want(`/never-${index}.jpg`);
    })(), {}, ending.signal)).rejects.toThrow('cancelled');
    expect(asked.length).toBeLessThanOrEqual(3);
    expect(leftovers()).toEqual([]);
    say('/slow.jpg', await pictureIn('png'));
    const again = await copy([want('/a.jpg'), want('/slow.jpg')]);
    expect(again.cameIn + again.alreadyHere).toBe(2);
  });

  test('by being killed: what came stays, and is not asked again', async () => {
    say('/a.jpg', await pictureIn('jpeg'));
    answers.set('/slow.jpg', (_, response) => void response.writeHead(200).write('\xff\xd8\xff', 'latin1'));
    const script = `
      import pg from 'pg';
      import { copyMedia } from './lib/media/copying';
      import { sqlOf } from './tests/support/sql';
      const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
      const wanted = ['/a.jpg', '/slow.jpg'].map((at) => ({ kind: 'picture', addresses: ['${origin}' + at], alt: '' }));
      const onProgress = (done) => console.log(done);
      await copyMedia(sqlOf(pool), wanted, { trustedOrigin: '${origin}' }, { total: 2, onProgress });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', '--input-type=module', '--eval', script], { cwd: inProject(), stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect((await listed()).length).toBe(1);
    expect(await own('/a.jpg')).not.toBeNull();
    say('/slow.jpg', await pictureIn('png'));
    asked = [];
    expect(await copy([want('/a.jpg'), want('/slow.jpg')])).toMatchObject({ cameIn: 1, alreadyHere: 1 });
    expect(asked).toEqual(['/slow.jpg']);
  });

  test('before it began: nothing is asked', async () => {
    await expect(copy([want('/a.jpg')], {}, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
    expect(asked).toEqual([]);
  });

  test('by a fault of ours: the rest is not asked', async () => {
    say('/a.jpg', await pictureIn('jpeg'));
    const gone = async () => Promise.reject(new Error('the database is gone'));
    await expect(copyMedia({ run: gone, together: gone }, [want('/a.jpg')], { trustedOrigin: origin }, { total: 1, onProgress: () => undefined }, clock)).rejects.toThrow('the database is gone');
    expect(asked).toEqual([]);
  });

  test('by a disk that takes no more: a sentence', async () => {
    say('/a.jpg', await pictureIn('jpeg'));
    writeFileSync(path.join(folder, 'media'), 'no folder');
    const refused = await copy([want('/a.jpg')]).catch((error: unknown) => error);
    rmSync(path.join(folder, 'media'));
    expect(refused).toBeInstanceOf(CopyingEnded);
    expect(refused).toMatchObject({ failure: { ok: false, code: 'unavailable', message: expect.stringContaining('DATA_DIR') as string } });
  });
});

test('nothing is copied where that was said', async () => {
  expect(await copy([want('/a.jpg')], { skip: true })).toEqual({ cameIn: 0, alreadyHere: 0, failed: 0 });
  expect(asked).toEqual([]);
});

describe('preview pictures of videos', () => {
  const preview = (...paths: string[]) => want(paths, { kind: 'preview' });

  test('the large one, else the next, and never what stands in for none', async () => {
    say('/vi/one/maxresdefault.jpg', await pictureIn('jpeg', { width: 120, height: 90 }));
    say('/vi/one/hqdefault.jpg', await pictureIn('jpeg', { width: 480, height: 360 }));
    expect(await copy([preview('/vi/one/maxresdefault.jpg', '/vi/one/hqdefault.jpg')])).toMatchObject({ cameIn: 1, failed: 0 });
    expect(await own('/vi/one/hqdefault.jpg')).toMatchObject({ width: 480 });
    expect(await own('/vi/one/maxresdefault.jpg')).toBeNull();
    expect((await listed()).length).toBe(1);
  });

  test('of Vimeo the one that its answer names', async () => {
    const at = '/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F1';
    say(at, Buffer.from(JSON.stringify({ thumbnail_url: `${origin}/thumb.jpg` })), 'application/json; charset=utf-8');
    say('/thumb.jpg', await pictureIn('jpeg'));
    expect(await copy([preview(at)])).toMatchObject({ cameIn: 1 });
    expect(await own(at)).toMatchObject({ kind: 'image', width: 300 });
    expect(await copy([preview(at)])).toMatchObject({ alreadyHere: 1 });
  });

  test.each([
    ['nothing', '{}', 'invalid'], ['no JSON', '<html>', 'invalid'], ['a list', '[]', 'invalid'], ['an endless answer', `{"a":"${'x'.repeat(100_000)}"}`, 'invalid'],
    ['a way inside', '{"thumbnail_url":"http://169.254.169.254/"}', 'forbidden'], ['no address', '{"thumbnail_url":"a.jpg"}', 'forbidden'],
  ])('an answer that names %s gives none', async (_what, body, failure) => {
    say('/oembed.json', Buffer.from(body), 'application/json');
    expect(await failuresOf([preview('/oembed.json')])).toEqual([failure]);
  });

  test('a picture’s address that answers so is none', async () => {
    say('/a.jpg', Buffer.from(JSON.stringify({ thumbnail_url: `${origin}/thumb.jpg` })), 'application/json');
    expect(await failuresOf([want('/a.jpg')])).toEqual(['invalid']);
    expect(asked).toEqual(['/a.jpg']);
  });
});

describe('from a folder or an archive', () => {
  const place = path.join(folder, 'old');
  const make = async (kind: string, files: [string, Buffer][]): Promise<string> => {
    rmSync(place, { recursive: true, force: true });
    if (kind === 'folder') {
      for (const [name, bytes] of files) {
        mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
        writeFileSync(path.join(place, name), bytes);
      }
    }
    const tar = () => tarOf(files.map(([name, bytes]) => ({ name, bytes })));
    if (kind === 'zip') writeFileSync(place, await zipOf(files));
    if (kind === 'tar') writeFileSync(place, await tar());
    if (kind === 'tar.gz') writeFileSync(place, gzipSync(await tar()));
    return place;
  };

  test.each(['folder', 'zip', 'tar', 'tar.gz'])('a %s gives what it has, the network the rest', async (kind) => {
    const here = await make(kind, [
      ['2016/05/a.jpg', await pictureIn('jpeg')], ['2016/05/broken.jpg', HTML], ['2016/05/large.jpg', await pictureIn('jpeg', { width: 900, height: 600 })], ['2016/05/unwanted.jpg', await pictureIn('gif')],
    ]);
    say(`${UPLOADS}broken.jpg`, await pictureIn('png'));
    say(`${UPLOADS}elsewhere.jpg`, await pictureIn('webp'));
    say(`${UPLOADS}large-150x150.jpg`, await pictureIn('jpeg', { width: 150, height: 150 }));
    const wanted = ['a.jpg', 'a.jpg?w=300', 'broken.jpg', 'elsewhere.jpg', 'gone.jpg', 'large-300x200.jpg', 'large-150x150.jpg'].map((name) => want(UPLOADS + name));
    const counts = await copy(wanted, { path: here });
    expect(counts).toEqual({ cameIn: 6, alreadyHere: 0, failed: 1 });
    expect(failures).toEqual([{ address: `${origin}${UPLOADS}gone.jpg`, failure: 'notFound' }]);
    expect(asked.sort()).toEqual(['broken.jpg', 'elsewhere.jpg', 'gone.jpg', 'large-150x150.jpg'].map((name) => UPLOADS + name));
    expect(progress.at(-1)).toEqual([7, 7]);
    expect(await own(`${UPLOADS}a.jpg`)).toMatchObject({ width: 300 });
    expect(await own(`${UPLOADS}large-300x200.jpg`)).toMatchObject({ width: 900 });
    expect(await own(`${UPLOADS}large-150x150.jpg`)).toMatchObject({ width: 150 });
    expect((await listed()).length).toBe(5);
    expect(await copy(wanted, { path: here })).toMatchObject({ cameIn: 0, alreadyHere: 6, failed: 1 });
  });

  test('where the old site is gone, a thumbnail is what it was cut from', async () => {
    const here = await make('zip', [['2016/05/c.jpg', await pictureIn('jpeg', { width: 900, height: 600 })]]);
    expect(await copy([want(`${UPLOADS}c-150x150.jpg`)], { path: here })).toMatchObject({ cameIn: 1, failed: 0 });
    expect(await own(`${UPLOADS}c-150x150.jpg`)).toMatchObject({ width: 900 });
  });

  test.each(['folder', 'tar.gz'])('a %s that has a thumbnail as well gives that', async (kind) => {
    const here = await make(kind, [['2016/05/c-150x150.jpg', await pictureIn('jpeg', { width: 150, height: 150 })], ['2016/05/c.jpg', await pictureIn('jpeg', { width: 900, height: 600 })]]);
    expect(await copy([want(`${UPLOADS}c-150x150.jpg`), want(`${UPLOADS}c.jpg`)], { path: here })).toMatchObject({ cameIn: 2, failed: 0 });
    expect([await own(`${UPLOADS}c-150x150.jpg`), await own(`${UPLOADS}c.jpg`)]).toMatchObject([{ width: 150 }, { width: 900 }]);
    expect(asked).toEqual([]);
  });

  test('that is none is refused before anything is asked', async () => {
    await expect(copy([want('/a.jpg')], { path: path.join(folder, 'nothing') })).rejects.toMatchObject({ failure: { code: 'not-found' } });
    expect([asked, existsSync(path.join(folder, 'nothing'))]).toEqual([[], false]);
  });
});
