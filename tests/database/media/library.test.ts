import { randomBytes } from 'node:crypto';
import path from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { postTag, type Tag } from '@/lib/cache-tags';
import { onOwnChange } from '@/lib/db/change';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { deleteMedia, describeMedia } from '@/lib/media/commands';
import { copyMedia } from '@/lib/media/copying';
import { findMedia, listMedia } from '@/lib/media/library';
import { mediaAskedSchema, type UploadedMedia } from '@/lib/media/schema';
import { openKept } from '@/lib/media/store';
import { removeDeleted, takeUpload } from '@/lib/media/uploads';
import { drawAll, drawVariant, measureNew } from '@/lib/media/variants';
import { variantName } from '@/lib/media/widths';
import { findPost } from '@/lib/posts/queries';
import { makePost } from '@/prisma/makers';
import { PictureSizes } from '@/server/picture-sizes';
import { useDatabase } from '@/tests/support/database';
import { inPieces, pictureIn, temporaryFolder } from '@/tests/support/sample-files';
import { sqlOf } from '@/tests/support/sql';
import { person } from '../transfer/moving-scene';

const database = useDatabase();
process.env.DATA_DIR = temporaryFolder('library');
const now = new Date('2026-11-26T12:00:00Z');
const all = mediaAskedSchema.parse({});
let changed: Tag[] = [];
beforeEach(() => {
  changed = [];
  onOwnChange((tags) => changed.push(...tags));
});

const noise = (width = 700, height = 400) => sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } }).jpeg().toBuffer();
async function uploaded(actor: Person, bytes?: Buffer, name = 'a.jpg'): Promise<UploadedMedia & { sha256: string; file: string }> {
  const taken = await takeUpload(actor, name, inPieces(bytes ?? (await noise())));
  if (!taken.ok) throw new Error(taken.message);
  const file = path.basename(taken.value.path);
  return { ...taken.value, file, sha256: file.slice(0, 64) };
}
const postWith = (authorId: string, media: { path: string }[], more: object = {}) =>
  makePost({ authorId, publishedAt: new Date('2026-01-01T00:00:00Z'), source: media.map((one) => `<p>Words.</p><figure><img src="${one.path}" alt="In the post"></figure>`).join(''), ...more });
const namesOf = async (viewer: Person, asked: object = {}) => (await listMedia(viewer, { ...all, ...asked })).media.map(({ name }) => name);
const isThere = async (name: string) => {
  const file = await openKept(name);
  await file?.close();
  return file !== null;
};

describe('the library', () => {
  test('shows an author what they have brought, an owner everything, others nothing', async () => {
    const [author, other, owner, moderator] = [await person('author'), await person('author'), await person('owner'), await person('moderator')];
    const mine = await uploaded(author, undefined, 'mine.jpg');
    await uploaded(other, undefined, 'theirs.jpg');
    await db().mediaAsset.create({ data: { id: newId(), sha256: 'f'.repeat(64), mimeType: 'application/pdf', bytes: 3, name: 'old.pdf' } });
    expect(await namesOf(author)).toEqual(['mine.jpg']);
    expect(await namesOf(owner)).toEqual(['old.pdf', 'theirs.jpg', 'mine.jpg']);
    expect(await namesOf(moderator)).toEqual([]);
    expect((await findMedia(other, mine.id))).toBeNull();
    expect((await findMedia(moderator, mine.id))).toBeNull();
    expect((await findMedia(owner, mine.id))?.by).toBe(author.name);
  });

  test('tells nobody what another author calls and says of the same file: who sends it has it under their own name', async () => {
    const [author, other, owner] = [await person('author'), await person('author'), await person('owner')];
    const bytes = await noise();
    const first = await uploaded(author, bytes, 'Secret plan.jpg');
    await describeMedia(author, { id: first.id, alt: 'Nobody knows yet' });
    expect(await uploaded(other, bytes, 'b.jpg')).toEqual({ ...first, name: 'b.jpg', alt: '' });
    for (const one of [author, owner]) expect(await uploaded(one, bytes, 'c.jpg')).toEqual({ ...first, alt: 'Nobody knows yet' });
    expect(await db().mediaAsset.count()).toBe(1);
  });

  test('is searched by name and description, letter by letter, and narrowed by kind', async () => {
    const owner = await person('owner');
    const one = await uploaded(owner, undefined, 'Lantern_1.jpg');
    await uploaded(owner, Buffer.from('%PDF-1.4\n%%EOF\n'), 'Plan 100%.pdf');
    await describeMedia(owner, { id: one.id, alt: 'A light in the window' });
    expect(await namesOf(owner, { q: 'LANTERN_' })).toEqual(['Lantern_1.jpg']);
    expect(await namesOf(owner, { q: 'window' })).toEqual(['Lantern_1.jpg']);
    expect(await namesOf(owner, { q: '%' })).toEqual(['Plan 100%.pdf']);
    expect(await namesOf(owner, { q: 'n_n' })).toEqual([]);
    expect(await namesOf(owner, { kind: 'file' })).toEqual(['Plan 100%.pdf']);
    expect(await namesOf(owner, { kind: 'image' })).toEqual(['Lantern_1.jpg']);
    expect(await namesOf(owner, { kind: 'audio' })).toEqual([]);
  });

  test.each([[{}], [{ page: '-1', q: ['a'], kind: 'x' }], [{ page: '1e9', q: 'a\0b' }]])('answers whatever stands in its address', async (query) => {
    expect((await listMedia(await person('owner'), mediaAskedSchema.parse(query))).media).toEqual([]);
  });

  test('says where a file is used: in a text, as a cover, in what is being changed; those of others only by their number', async () => {
    const [author, other] = [await person('author'), await person('author')];
    const media = await uploaded(author);
    const [text, cover, draft] = [await postWith(author.userId, [media], { title: 'Text' }), await makePost({ authorId: author.userId, title: 'Cover', coverId: media.id }), await makePost({ authorId: author.userId, title: 'Draft' })];
    await db().postDraft.create({ data: { postId: draft.id, fields: { html: `<img src="${media.path}">` } } });
    await postWith(other.userId, [media]);
    const found = await findMedia(author, media.id);
    expect(new Map(found?.uses.map(({ postId, how }) => [postId, how]))).toEqual(new Map([[text.id, 'text'], [cover.id, 'cover'], [draft.id, 'draft']]));
    expect(found?.othersUses).toBe(1);
  });
});

describe('what a post’s text names is noted with the text', () => {
  const usesOf = async (postId: string) => (await db().mediaUse.findMany({ where: { postId } })).map(({ sha256 }) => sha256).sort();

  test('when it is written, changed and deleted; a file that is not kept, too: it may come again', async () => {
    const owner = await person('owner');
    const [one, two] = [await uploaded(owner), await uploaded(owner)];
    const post = await postWith(owner.userId, [one, one, { path: `/media/${'e'.repeat(64)}.jpg` }]);
    expect(await usesOf(post.id)).toEqual([one.sha256, 'e'.repeat(64)].sort());
    await db().post.update({ where: { id: post.id }, data: { html: `<p><a href="${two.path}">Two</a></p>` } });
    expect(await usesOf(post.id)).toEqual([two.sha256]);
    await db().post.update({ where: { id: post.id }, data: { html: '<p>None.</p>' } });
    expect(await usesOf(post.id)).toEqual([]);
  });
});

describe('a description', () => {
  test('is an owner’s to change, and an author’s of their own; covers without words of their own have it', async () => {
    const [author, other, owner] = [await person('author'), await person('author'), await person('owner')];
    const media = await uploaded(author);
    const post = await makePost({ authorId: author.userId, slug: 'covered', publishedAt: new Date('2026-01-01T00:00:00Z'), coverId: media.id });
    expect(await describeMedia(other, { id: media.id, alt: 'Not mine' })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await describeMedia(await person('moderator'), { id: media.id, alt: 'No' })).toMatchObject({ ok: false, code: 'not-found' });
    changed = [];
    expect(await describeMedia(author, { id: media.id, alt: 'A lantern' })).toEqual({ ok: true, value: { alt: 'A lantern' } });
    expect(changed).toContain(postTag(post.id));
    expect((await findPost('covered', now))?.cover?.alt).toBe('A lantern');
    expect((await describeMedia(owner, { id: media.id, alt: '' })).ok).toBe(true);
  });
});

describe('a deleted file', () => {
  test('is gone from pages with the commit, and its bytes by the job; its covers and its words are left', async () => {
    const owner = await person('owner');
    const media = await uploaded(owner);
    const post = await postWith(owner.userId, [media], { slug: 'shows-it' });
    const covered = await makePost({ authorId: owner.userId, slug: 'covered', publishedAt: new Date('2026-01-01T00:00:00Z'), coverId: media.id });
    expect((await findPost('shows-it', now))?.html).toContain(`${media.sha256}-320.avif 320w`);
    changed = [];
    expect(await deleteMedia(owner, media.id)).toEqual({ ok: true, value: null });
    expect(new Set(changed)).toEqual(new Set([postTag(post.id), postTag(covered.id)]));
    const shown = await findPost('shows-it', now);
    expect(shown?.html).not.toContain('/media/');
    expect(shown?.html).toContain('<span class="picture-gone">In the post</span>');
    expect((await findPost('covered', now))?.cover).toBeNull();
    expect(await isThere(media.file)).toBe(true);
    const [job] = await db().$queryRaw<{ data: { gone: string } }[]>`SELECT data FROM pgboss.job WHERE name = 'variants' AND data ? 'gone'`;
    await removeDeleted(job?.data.gone ?? '');
    expect(await isThere(media.file)).toBe(false);
    expect(await deleteMedia(owner, media.id)).toMatchObject({ code: 'not-found' });
  });

  test('is not another’s to delete', async () => {
    const media = await uploaded(await person('author'));
    for (const role of ['author', 'moderator', 'reader'] as const) expect(await deleteMedia(await person(role), media.id)).toMatchObject({ code: 'not-found' });
    expect(await isThere(media.file)).toBe(true);
  });

  test('whose bytes somebody has sent again stays, whatever the job of the deletion says', async () => {
    const owner = await person('owner');
    const bytes = await noise();
    const media = await uploaded(owner, bytes);
    await deleteMedia(owner, media.id);
    const again = await uploaded(owner, bytes);
    await removeDeleted(media.file);
    expect(again.id).not.toBe(media.id);
    expect(await isThere(again.file)).toBe(true);
  });

  test('shows again, once it is sent again, where posts still name it: their pages are made anew', async () => {
    const owner = await person('owner');
    const bytes = await noise();
    const media = await uploaded(owner, bytes);
    const post = await postWith(owner.userId, [media]);
    await deleteMedia(owner, media.id);
    changed = [];
    const again = await uploaded(owner, bytes);
    expect(changed).toEqual([postTag(post.id)]);
    expect((await findMedia(owner, again.id))?.uses).toMatchObject([{ postId: post.id, how: 'text' }]);
  });

  test('is brought back by no import', async () => {
    const owner = await person('owner');
    const media = await uploaded(owner);
    await db().mediaSource.create({ data: { address: 'old.example/a.jpg', assetId: media.id } });
    await deleteMedia(owner, media.id);
    await removeDeleted(media.file);
    const counts = await copyMedia(sqlOf(database.sql), [{ kind: 'picture', addresses: ['https://old.example/a.jpg'], alt: '' }], {}, { total: 1, onProgress: () => undefined });
    expect(counts).toEqual({ cameIn: 0, alreadyHere: 1, failed: 0 });
    expect(await db().mediaAsset.count()).toBe(0);
  });
});

describe('sizes of a picture', () => {
  test('are made by the job in every format, smaller than it, and twice is once', async () => {
    const media = await uploaded(await person('owner'), await noise(700, 400));
    await drawAll(media.id, now);
    for (const width of [320, 640, 700]) {
      for (const format of ['avif', 'webp', 'jpg'] as const) {
        const file = await openKept(variantName({ sha256: media.sha256, width, format }));
        const bytes = await file!.stream().toArray();
        const { width: drawn, height, format: drawnAs, exif } = await sharp(Buffer.concat(bytes as Buffer[])).metadata();
        expect([drawn, height, drawnAs, exif]).toEqual([width, Math.round((400 * width) / 700), format === 'avif' ? 'heif' : format === 'jpg' ? 'jpeg' : 'webp', undefined]);
      }
    }
    await drawAll(media.id, now);
  });

  test('of a picture that moves there are none, and of a small one its own', async () => {
    const owner = await person('owner');
    const frames = await Promise.all(['#f00', '#0f0'].map((colour) => pictureIn('png', { width: 700, height: 20, colour })));
    const moving = await uploaded(owner, await sharp(frames, { join: { animated: true } }).webp({ loop: 0, delay: [100, 100] }).toBuffer());
    const small = await uploaded(owner, await pictureIn('png', { width: 90, height: 60 }));
    const widths = async (id: string) => (await db().mediaAsset.findUniqueOrThrow({ where: { id } })).widths;
    expect([await widths(moving.id), await widths(small.id)]).toEqual([[], [90]]);
  });

  test('of what an import or a backup brought are found out by the next look, and the pages that show it are made again', async () => {
    const owner = await person('owner');
    const media = await uploaded(owner);
    const post = await postWith(owner.userId, [media]);
    await db().mediaAsset.update({ where: { id: media.id }, data: { widths: [], measuredAt: null } });
    changed = [];
    await measureNew(now);
    expect(await db().mediaAsset.findUniqueOrThrow({ where: { id: media.id } })).toMatchObject({ widths: [320, 640, 700], measuredAt: now });
    expect(changed).toEqual([postTag(post.id)]);
  });

  test('of one that is broken are tried once', async () => {
    await db().mediaAsset.create({ data: { id: newId(), sha256: 'd'.repeat(64), mimeType: 'image/jpeg', bytes: 10, width: 5_000, height: 10 } });
    await measureNew(now);
    expect(await db().mediaAsset.findFirstOrThrow()).toMatchObject({ widths: [], measuredAt: now });
  });

  test('are drawn for whoever asks first, once for all who ask, and only in widths that are written down', async () => {
    const media = await uploaded(await person('owner'));
    let drawn = 0;
    const sizes = new PictureSizes(undefined, (...args) => {
      drawn += 1;
      return drawVariant(...args);
    });
    const asked = { sha256: media.sha256, width: 320, format: 'webp' } as const;
    expect(await Promise.all([sizes.have(asked), sizes.have(asked), sizes.have(asked)])).toEqual(['there', 'there', 'there']);
    expect(drawn).toBe(1);
    expect(await sizes.have({ ...asked, width: 321 })).toBeNull();
    expect(await sizes.have({ ...asked, sha256: 'c'.repeat(64) })).toBeNull();
    expect(drawn).toBe(1);
  });

  test('of a picture that cannot be drawn give way to it, for good', async () => {
    const owner = await person('owner');
    const broken = await sharp(randomBytes(400 * 300 * 3), { raw: { width: 400, height: 300, channels: 3 } }).png().toBuffer();
    // Its head is right, and its middle is not: what it is can be told, and it cannot be drawn.
    broken.fill(0x55, 100, 4_000);
    const media = await uploaded(owner, broken);
    const sizes = new PictureSizes();
    expect(await sizes.have({ sha256: media.sha256, width: 320, format: 'avif' })).toEqual({ instead: media.path });
    expect((await db().mediaAsset.findUniqueOrThrow({ where: { id: media.id } })).widths).toEqual([]);
  });
});
