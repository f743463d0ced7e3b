import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person, Role } from '@/lib/identity/schema';
import { sourceAddress } from '@/lib/media/source-address';
import { noteSame, runIn } from '@/lib/media/sources';
import { cleanForEditor, copyPicture, embedVideo } from '@/lib/posts/embedding';
import { BODY_MAX_CHARACTERS, BODY_MAX_PARTS } from '@/lib/posts/post-form';
import { makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { HTML, pictureIn, temporaryFolder } from '@/tests/support/sample-files';

useDatabase();
process.env.DATA_DIR = temporaryFolder('embedding');

const answers = new Map<string, RequestListener>();
let asked: string[] = [];
const site = http.createServer((request, response) => {
  asked.push(request.url ?? '');
  const answer = answers.get(request.url ?? '');
  if (answer) answer(request, response);
  else response.writeHead(404).end(HTML);
});
let origin = '';
beforeAll(async () => {
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(() => {
  site.closeAllConnections();
  site.close();
});
beforeEach(() => {
  answers.clear();
  asked = [];
});
const say = (at: string, body: Buffer | string, type = 'image/jpeg') => answers.set(at, (_, response) => void response.writeHead(200, { 'content-type': type }).end(body));

async function person(role: Role): Promise<Person> {
  const user = await makeUser({ role });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

const nowhere: LookupFunction = (hostname, _options, callback) => callback(Object.assign(new Error(hostname), { code: 'ENOTFOUND' }), '', 4);
const ADDRESS = 'https://youtu.be/dQw4w9WgXcQ';
const PREVIEW = 'https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg';

describe('a picture of another site', () => {
  test('is kept here, and asked for once', async () => {
    say('/hill.jpg', await pictureIn('jpeg'));
    const author = await person('author');
    const kept = await copyPicture(author, `${origin}/hill.jpg`, { trustedOrigin: origin });
    expect(kept).toMatchObject({ ok: true, value: { kind: 'image', width: 300, height: 200, name: 'hill.jpg', alt: '' } });
    expect(await copyPicture(author, `${origin}/hill.jpg`, { trustedOrigin: origin })).toEqual(kept);
    expect(asked).toEqual(['/hill.jpg']);
    const asset = await db().mediaAsset.findFirstOrThrow();
    expect(kept).toMatchObject({ value: { id: asset.id, path: `/media/${asset.sha256}.jpg` } });
  });

  test('is refused where it is none, and nobody is led into our own network', async () => {
    const author = await person('author');
    say('/page', HTML, 'image/jpeg');
    expect(await copyPicture(author, `${origin}/page`, { trustedOrigin: origin })).toMatchObject({ ok: false, code: 'invalid' });
    expect(await copyPicture(author, `${origin}/page`)).toMatchObject({ ok: false, code: 'forbidden' });
    expect(await copyPicture(author, 'file:///etc/passwd')).toMatchObject({ ok: false, code: 'invalid' });
    expect(asked).toEqual(['/page']);
    expect(await db().mediaAsset.count()).toBe(0);
  });

  test('is fetched for nobody who has no posts', async () => {
    for (const role of ['reader', 'moderator'] as const) {
      expect(await copyPicture(await person(role), `${origin}/hill.jpg`, { trustedOrigin: origin })).toMatchObject({ ok: false, code: 'not-found' });
    }
    expect(asked).toEqual([]);
  });
});

describe('a video', () => {
  test('is a figure that loads nothing, without its preview where that cannot be had', async () => {
    expect(await embedVideo(await person('author'), ADDRESS, { resolve: nowhere })).toEqual({
      ok: true,
      value: '<figure class="video"><a class="load-video" data-load="video" data-player="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ" href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" rel="nofollow noopener"><span>Play video on YouTube</span></a></figure>',
    });
  });

  test('shows its preview picture where we have it', async () => {
    const author = await person('author');
    say('/hq.jpg', await pictureIn('jpeg'));
    await copyPicture(author, `${origin}/hq.jpg`, { trustedOrigin: origin });
    const { id, sha256 } = await db().mediaAsset.findFirstOrThrow();
    await noteSame(runIn(db()), { id }, [sourceAddress(PREVIEW)!]);
    expect(await embedVideo(author, ADDRESS, { resolve: nowhere })).toMatchObject({ ok: true, value: expect.stringContaining(`<img src="/media/${sha256}.jpg" alt="" width="300" height="200" loading="lazy">`) });
  });

  test('is only one of YouTube or Vimeo, and only for whoever has posts', async () => {
    expect(await embedVideo(await person('author'), 'https://example.com/v', { resolve: nowhere })).toMatchObject({ ok: false, code: 'invalid' });
    expect(await embedVideo(await person('moderator'), ADDRESS, { resolve: nowhere })).toMatchObject({ ok: false, code: 'not-found' });
  });
});

describe('any HTML', () => {
  test('is as it would be saved, with the pictures that are here', async () => {
    const author = await person('author');
    say('/hill.jpg', await pictureIn('jpeg'));
    await copyPicture(author, `${origin}/hill.jpg`, { trustedOrigin: origin });
    const { sha256 } = await db().mediaAsset.findFirstOrThrow();
    expect(await cleanForEditor(author, `<p onclick="x()">a</p><script>x</script><p><img src="${origin}/hill.jpg" alt="A"></p>`)).toEqual({
      ok: true, value: `<p>a</p>\n<figure><img src="/media/${sha256}.jpg" alt="A" width="300" height="200" loading="lazy"></figure>`,
    });
    expect(await cleanForEditor(await person('reader'), '<p>a</p>')).toMatchObject({ ok: false, code: 'not-found' });
    expect(await cleanForEditor(author, 'a'.repeat(BODY_MAX_CHARACTERS + 1))).toMatchObject({ ok: false, code: 'too-large' });
    for (const part of ['<', '[', '\n']) expect(await cleanForEditor(author, part.repeat(BODY_MAX_PARTS + 1))).toMatchObject({ ok: false, code: 'too-large' });
  });
});
