import { beforeEach, describe, expect, test } from 'vitest';
import type { Tag } from '@/lib/cache-tags';
import { onOwnChange } from '@/lib/db/change';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import type { Actor, Role } from '@/lib/identity/schema';
import { keepFile } from '@/lib/media/store';
import { findSitePicture } from '@/lib/media/site-pictures';
import { listMenu } from '@/lib/posts/menu';
import { findAbout, findConduct, findSiteLook } from '@/lib/site/identity';
import { findSite } from '@/lib/site/queries';
import { findSettings, saveSettings, setStepsHidden } from '@/lib/site/settings';
import type { Section } from '@/lib/site/settings-form';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { pictureIn } from '@/tests/support/sample-files';

useDatabase();

const now = new Date('2026-11-26T20:00:00Z');
const actor = (role: Role | 'guest'): Actor =>
  role === 'guest'
    ? { kind: 'guest', writerHash: null }
    : { kind: 'person', userId: newId(), name: 'P', isNamed: true, email: null, role, standing: 'normal', standingUntil: null, writerHash: null };
const owner = actor('owner');

let changed: Tag[] = [];
beforeEach(() => {
  changed = [];
  onOwnChange((tags) => changed.push(...tags));
});

const seenOf = async (section: Section) => (await findSettings(owner))!.seen[section];
const save = async (section: Section, typed: unknown, seen?: string) => saveSettings(owner, { section, typed, seen: seen ?? (await seenOf(section)) }, now);

const READING = { postsPerPage: '3', timeZone: 'Europe/Berlin', language: 'de' };

describe('a section of the settings', () => {
  test('is saved by itself, with and without a row, and tells what shows it', async () => {
    expect(await save('name', { title: 'Lamps', tagline: 'At night' })).toMatchObject({ ok: true });
    expect(await save('reading', READING)).toMatchObject({ ok: true });
    expect(await findSite()).toMatchObject({ title: 'Lamps', tagline: 'At night', postsPerPage: 3, timeZone: 'Europe/Berlin', language: 'de' });
    expect(changed).toEqual(['site', 'site']);
    expect(await findSettings(owner)).toMatchObject({ title: 'Lamps', palette: 'clay', menu: null, social: [], conduct: '', picture: null, icon: null });
  });

  test('of the sample blog’s name is one’s own once it is saved: an import leaves it', async () => {
    await db().site.create({ data: { id: 1, title: 'Small Hours', sample: true } });
    await save('reading', READING);
    expect(await db().site.findFirst({ select: { sample: true } })).toEqual({ sample: true });
    await save('name', { title: 'Small Hours', tagline: '' });
    expect(await db().site.findFirst({ select: { sample: true } })).toEqual({ sample: false });
  });

  test('that somebody else has saved meanwhile is not overwritten, until it is seen', async () => {
    const seen = await seenOf('conduct');
    expect(await save('conduct', { conduct: 'Theirs' }, seen)).toMatchObject({ ok: true });
    expect(await save('conduct', { conduct: 'Mine' }, seen)).toMatchObject({ ok: false, code: 'conflict' });
    expect((await findSettings(owner))?.conduct).toBe('Theirs');
    expect(await save('conduct', { conduct: 'Mine' })).toMatchObject({ ok: true });
    expect((await findSettings(owner))?.conduct).toBe('Mine');
  });

  test('is saved beside another at the same moment, and of two of the same one wins', async () => {
    const [name, look] = [await seenOf('name'), await seenOf('look')];
    const saved = await Promise.all([
      save('name', { title: 'One', tagline: '' }, name), save('name', { title: 'Two', tagline: '' }, name), save('look', { palette: 'moss', iconId: '' }, look),
    ]);
    expect(saved.map(({ ok }) => ok).slice(0, 2).sort()).toEqual([false, true]);
    expect(saved[2]).toMatchObject({ ok: true });
    expect(await findSettings(owner)).toMatchObject({ palette: 'moss', title: saved[0]!.ok ? 'One' : 'Two' });
  });

  test('that is refused changes nothing, and says of each field why', async () => {
    expect(await save('reading', { ...READING, postsPerPage: '0' })).toMatchObject({ ok: false, code: 'invalid', fields: { postsPerPage: expect.stringContaining('from 1 to 50') } });
    expect(await save('menu', { menu: [{ label: '', page: '', to: 'x' }] })).toMatchObject({ ok: false, fields: { 'menu-0-to': expect.any(String) } });
    expect(changed).toEqual([]);
    expect(await db().site.count()).toBe(0);
  });

  test.each(['nothing', '', null, '__proto__', 7])('is none of %j', async (section) => {
    expect(await saveSettings(owner, { section, typed: {}, seen: '' }, now)).toMatchObject({ ok: false, code: 'not-found' });
  });

  test.each<Role | 'guest'>(['guest', 'reader', 'author', 'moderator'])('is neither told to a %s nor changed by them', async (role) => {
    const seen = await seenOf('name');
    expect(await findSettings(actor(role))).toBeNull();
    expect(await saveSettings(actor(role), { section: 'name', typed: { title: 'Mine', tagline: '' }, seen }, now)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await setStepsHidden(actor(role), true)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await db().site.count()).toBe(0);
  });
});

describe('the menu', () => {
  test('leads to a page wherever it is now, and leaves it out while readers cannot see it', async () => {
    const page = await makePost({ authorId: (await makeUser()).id, kind: 'page', slug: 'about', title: 'About me', publishedAt: now });
    const other = await makePost({ authorId: page.authorId, kind: 'page', slug: 'draft', title: 'Draft', status: 'draft' });
    await save('menu', { menu: [{ label: '', page: page.id, to: '' }, { label: 'Old', page: '', to: '/archive/2016' }, { label: 'Soon', page: other.id, to: '' }] });
    const links = async () => listMenu((await findSiteLook()).menu, 4, now);
    expect(await links()).toEqual([{ href: '/about', title: 'About me' }, { href: '/archive/2016', title: 'Old' }]);
    await db().post.update({ where: { id: page.id }, data: { slug: 'who', title: 'Who' } });
    await db().post.update({ where: { id: other.id }, data: { status: 'published', publishedAt: now } });
    expect(await links()).toEqual([{ href: '/who', title: 'Who' }, { href: '/archive/2016', title: 'Old' }, { href: '/draft', title: 'Soon' }]);
    await db().post.update({ where: { id: page.id }, data: { status: 'trash' } });
    expect((await links()).map(({ title }) => title)).toEqual(['Old', 'Soon']);
  });

  test('takes no page that is gone, none that is a post, and is the pages again when it is given up', async () => {
    const post = await makePost({ authorId: (await makeUser()).id, slug: 'post' });
    for (const page of [newId(), post.id]) expect(await save('menu', { menu: [{ label: 'x', page, to: '' }] })).toMatchObject({ ok: false, fields: { 'menu-0-page': expect.any(String) } });
    await save('menu', { menu: [] });
    expect((await findSiteLook()).menu).toEqual([]);
    await save('menu', { menu: null });
    expect((await findSiteLook()).menu).toBeNull();
  });
});

async function keepPicture(bytes: Buffer, mimeType: string): Promise<{ id: string; sha256: string }> {
  const kept = await keepFile((async function* () { yield bytes; })());
  if (!kept.ok) throw new Error(kept.message);
  const { sha256, width, height } = kept.value;
  return db().mediaAsset.create({ data: { id: newId(), sha256, mimeType, bytes: bytes.length, width, height, alt: 'Me' }, select: { id: true, sha256: true } });
}

describe('a picture of the settings', () => {
  test('is shown as squares of the file, while it is chosen', async () => {
    const { id, sha256 } = await keepPicture(await pictureIn('jpeg'), 'image/jpeg');
    expect(await findSitePicture(`${sha256}-256.webp`)).toBeNull();
    await save('about', { about: 'I *write*.', pictureId: id });
    await save('look', { palette: 'plum', iconId: id });
    expect(await findAbout()).toEqual({ html: expect.stringContaining('<em>write</em>'), picture: { path: `/pictures/${sha256}-256.webp`, alt: 'Me' } });
    expect(await findSiteLook()).toMatchObject({ palette: 'plum', icon: sha256 });
    const [icon, touch, beside] = await Promise.all(['-32.png', '-180.png', '-256.webp'].map((end) => findSitePicture(sha256 + end)));
    expect([icon?.mimeType, touch?.mimeType, beside?.mimeType]).toEqual(['image/png', 'image/png', 'image/webp']);
    expect(Buffer.from(icon!.bytes).readUInt32BE(16)).toBe(32);
    for (const other of ['-33.png', '-256.png', '-32.webp', '.png']) expect(await findSitePicture(sha256 + other)).toBeNull();
    await db().mediaAsset.delete({ where: { id } });
    expect([await findSitePicture(`${sha256}-32.png`), (await findAbout())?.picture, (await findSiteLook()).icon]).toEqual([null, null, null]);
  });

  test('that is gone, or is no picture, or cannot be drawn, is refused with a sentence at its field', async () => {
    const broken = await db().mediaAsset.create({ data: { id: newId(), sha256: 'a'.repeat(64), mimeType: 'image/png', bytes: 1 } });
    const film = await db().mediaAsset.create({ data: { id: newId(), sha256: 'b'.repeat(64), mimeType: 'video/mp4', bytes: 1 } });
    for (const pictureId of [newId(), broken.id, film.id]) expect(await save('about', { about: '', pictureId })).toMatchObject({ ok: false, code: 'invalid', fields: { pictureId: expect.any(String) } });
    expect(await save('look', { palette: 'clay', iconId: broken.id })).toMatchObject({ ok: false, fields: { iconId: expect.any(String) } });
  });
});

test('of a code of conduct there is no word while none is written', async () => {
  expect([await findConduct(), await findAbout()]).toEqual([null, null]);
  await save('conduct', { conduct: 'Be kind.\n\n- Stay with the text' });
  expect(await findConduct()).toContain('<li>Stay with the text</li>');
});
