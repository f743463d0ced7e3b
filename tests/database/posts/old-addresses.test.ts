import { beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';

useDatabase();

const now = new Date('2026-01-01T12:00:00Z');
const written = new Date('2016-05-13T12:00:00Z');

beforeEach(async () => {
  const author = await makeUser({ slug: 'marja' });
  const post = await makePost({ authorId: author.id, slug: 'cups', publishedAt: written });
  const page = await makePost({ authorId: author.id, kind: 'page', slug: 'about', publishedAt: written });
  const draft = await makePost({ authorId: author.id, slug: 'draft', status: 'draft', publishedAt: written });
  const category = await db().category.create({ data: { id: newId(), slug: 'sleep', name: 'Sleep', posts: { create: { postId: post.id } } } });
  await db().category.create({ data: { id: newId(), slug: 'empty', name: 'Empty', parentId: category.id } });
  await db().tag.create({ data: { id: newId(), slug: 'first-year', name: 'First year', posts: { create: { postId: post.id } } } });
  await db().redirect.createMany({
    data: [
      { path: '/2016/05/13/cups', postId: post.id },
      { path: '/über-uns', postId: page.id },
      { path: '/2016/05/13/draft', postId: draft.id },
      { path: '/old-list', to: '/tags/first-year' },
      { path: '/about', postId: page.id },
    ],
  });
  await db().importKey.createMany({
    data: [
      { source: 'wxr:a', kind: 'post', externalId: '123', targetId: post.id },
      { source: 'wxr:a', kind: 'post', externalId: '7', targetId: page.id },
      { source: 'wxr:a', kind: 'post', externalId: '8', targetId: draft.id },
      { source: 'wxr:a', kind: 'post', externalId: '9', targetId: null },
      { source: 'wxr:a', kind: 'comment', externalId: '55', targetId: post.id },
    ],
  });
});

test.each([
  ['/2016/05/13/cups', '/posts/cups'],
  ['/2016/05/13/cups/', '/posts/cups'],
  ['/2016/05/13/cups/comment-page-3', '/posts/cups'],
  ['/2016/05/13/cups/2', '/posts/cups'],
  ['/index.php/2016/05/13/cups', '/posts/cups'],
  ['/%C3%BCber-uns/', '/about'],
  ['/u%CC%88ber-uns', '/about'],
  ['/old-list', '/tags/first-year'],
  ['/category/sleep/', '/categories/sleep'],
  ['/category/growing-up/sleep', '/categories/sleep'],
  ['/category/sleep/page/9', '/categories/sleep'],
  ['/tag/first-year', '/tags/first-year'],
  ['/author/marja/', '/authors/marja'],
  ['/2016/05/', '/archive/2016/05'],
  ['/2016/05/13', '/archive/2016/05'],
  ['/2016/05/page/4', '/archive/2016/05'],
])('the old address %s leads to %s in one hop', async (path, target) => {
  expect(await findLegacyTarget(path, {}, now)).toBe(target);
});

test.each([
  ['/2016/05/13/draft'], ['/2016/05/13/draft/comment-page-1'], ['/2016/06'], ['/2016/13'], ['/2016'], ['/category/empty'], ['/category/unknown'],
  ['/tag/unknown'], ['/author/unknown'], ['/2016/05/13/cups/feed'], ['/2016/05/13/cups/photo'], ['/unknown'], ['/about'], ['/'], ['/a\0b'], ['/\uD800'], [`/${'x'.repeat(5000)}`],
])('the address %j leads nowhere', async (path) => {
  expect(await findLegacyTarget(path, {}, now)).toBeNull();
});

test('a second page of an old list leads to the second page here, where there is one', async () => {
  const author = await db().user.findFirstOrThrow({ where: { slug: 'marja' } });
  for (let n = 0; n < 10; n++) await makePost({ authorId: author.id, slug: `more-${n}`, publishedAt: written });
  expect(await findLegacyTarget('/2016/05/page/2', {}, now)).toBe('/archive/2016/05/page/2');
  expect(await findLegacyTarget('/author/marja/page/3', {}, now)).toBe('/authors/marja');
});

test.each([
  [{ p: '123' }, '/posts/cups'],
  [{ page_id: '7' }, '/about'],
  [{ p: '8' }, null],
  [{ p: '9' }, null],
  [{ p: '55' }, null],
  [{ p: 'x' }, null],
  [{ p: '123\0' }, null],
])('/?%j leads to %j', async (query, target) => {
  expect(await findLegacyTarget('/', query, now)).toBe(target);
});
