import { beforeEach, expect, test } from 'vitest';
import { newAnswer, withAnswer } from '@/lib/answer';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { importFile } from '@/lib/transfer/commands';
import { useDatabase } from '../../support/database';
import { exportOf, writeExport } from '../../support/wxr/write-export';

const database = useDatabase();
const now = new Date('2026-01-01T12:00:00Z');
const HASH = 'a'.repeat(64);
const KEPT = `/media/${HASH}.jpg`;

beforeEach(async () => {
  await db().mediaAsset.create({
    data: {
      id: newId(), sha256: HASH, mimeType: 'image/jpeg', bytes: 9, width: 1200, height: 800,
      sources: { create: [{ address: 'marja.files.wordpress.com/2016/05/lamp.jpg' }, { address: 'made.example/wp-content/uploads/2016/05/caf%C3%A9.jpg' }, { address: 'elsewhere.example/wp-content/uploads/2016/05/theirs.jpg' }] },
    },
  });
  await db().importKey.createMany({ data: ['marja.wordpress.com', 'made.example'].map((externalId) => ({ source: 'wxr:a', kind: 'host', externalId })) });
});

test.each([
  ['/2016/05/lamp.jpg', KEPT],
  ['/wp-content/uploads/2016/05/lamp.jpg', KEPT],
  ['/wp-content/uploads/2016/05/lamp-300x200.jpg', KEPT],
  ['/wp-content/uploads/2016/05/caf%C3%A9.jpg', KEPT],
  ['/wp-content/uploads/2016/05/unknown.jpg', null],
  // What other blogs have is not asked for here.
  ['/wp-content/uploads/2016/05/theirs.jpg', null],
  ['/wp-content/uploads/2016/05/lamp.php', null],
])('the old file %s leads to %j', async (path, place) => {
  expect(await findLegacyTarget(path, {}, now)).toBe(place);
});

test('where the domain has moved here, its own files are found by its name', async () => {
  await db().importKey.deleteMany();
  const ask = (origin: string) => withAnswer(newAnswer({ requestId: '-', clientIp: '127.0.0.1', origin }), () => findLegacyTarget('/wp-content/uploads/2016/05/café.jpg', {}, now));
  expect(await ask('https://made.example')).toBe(KEPT);
  expect(await ask('https://www.made.example')).toBe(KEPT);
  expect(await ask('https://other.example')).toBeNull();
});

const attachment = (id: number, file: string, more: { parent?: number; link?: string }) => ({
  id, type: 'attachment', status: 'inherit', slug: `picture-${id}`, more: `<wp:attachment_url>https://made.example/wp-content/uploads/2016/05/${file}</wp:attachment_url>`, ...more,
});

test('the page of a picture leads to its post while that is public, and to the file where it belongs to none', async () => {
  const file = writeExport(exportOf([
    { id: 1, slug: 'cups', link: 'https://made.example/2016/05/13/cups/' },
    { id: 2, slug: 'ours', link: 'https://made.example/2016/05/14/ours/', status: 'private' },
    attachment(21, 'a.jpg', { parent: 1, link: 'https://made.example/2016/05/13/cups/picture-21/' }),
    attachment(22, 'b.jpg', { parent: 2, link: 'https://made.example/2016/05/14/ours/picture-22/' }),
    attachment(23, 'caf%C3%A9.jpg', { link: 'https://made.example/picture-23/' }),
    attachment(24, 'never-kept.jpg', { link: 'https://made.example/picture-24/' }),
    attachment(25, 'c.jpg', { parent: 1, link: 'https://made.example/?attachment_id=25' }),
  ]));
  for (let time = 0; time < 2; time++) expect(await importFile(file, { url: database.url, media: { skip: true } } as Parameters<typeof importFile>[1], now)).toMatchObject({ ok: true });
  expect(await findLegacyTarget('/2016/05/13/cups/picture-21/', {}, now)).toBe('/posts/cups');
  expect(await findLegacyTarget('/', { attachment_id: '21' }, now)).toBe('/posts/cups');
  expect(await findLegacyTarget('/', { attachment_id: '25' }, now)).toBe('/posts/cups');
  expect(await findLegacyTarget('/2016/05/14/ours/picture-22/', {}, now)).toBeNull();
  expect(await findLegacyTarget('/', { attachment_id: '22' }, now)).toBeNull();
  expect(await findLegacyTarget('/picture-23/', {}, now)).toBe(KEPT);
  expect(await findLegacyTarget('/', { attachment_id: '23' }, now)).toBe(KEPT);
  expect(await findLegacyTarget('/picture-24/', {}, now)).toBeNull();
  expect(await db().importKey.findMany({ where: { source: 'wxr:made.example', kind: 'host' } })).toMatchObject([{ externalId: 'made.example' }]);
  await db().post.updateMany({ where: { slug: 'cups' }, data: { status: 'draft' } });
  expect(await findLegacyTarget('/', { attachment_id: '21' }, now)).toBeNull();
});
