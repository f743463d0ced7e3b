import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { PostStatus } from '@/lib/db/generated/enums';
import { newId } from '@/lib/ids';
import { findAuthor, findCategory, findTag, listFrontPage, listPosts, type PostFilter } from '@/lib/posts/lists';
import { findNeighbours, findPage, findPost, listMenuPages } from '@/lib/posts/queries';
import { monthRange } from '@/lib/site/rules';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';

useDatabase();

const now = new Date('2026-01-01T12:00:00Z');
const day = (n: number) => new Date(Date.UTC(2025, 11, n, 12));
const later = new Date('2026-01-01T12:00:01Z');

const slugs = async (filter: PostFilter, page = 1, perPage = 10) =>
  (await listPosts(filter, page, perPage, now))?.posts.map((post) => post.slug) ?? null;

const HIDDEN: [status: PostStatus, publishedAt: Date | null][] = [
  ['draft', null], ['draft', day(1)], ['scheduled', later], ['scheduled', day(1)], ['published', later],
  ['unlisted', day(1)], ['private', day(1)], ['password', day(1)], ['trash', day(1)],
];

test.each(HIDDEN)('a %s post of %j is in no list, and found only where it is unlisted', async (status, publishedAt) => {
  const author = await makeUser({ slug: 'marja' });
  const post = await makePost({ authorId: author.id, slug: 'hidden', status, publishedAt });
  const category = await db().category.create({ data: { id: newId(), slug: 'sleep', name: 'Sleep', posts: { create: { postId: post.id } } } });
  const tag = await db().tag.create({ data: { id: newId(), slug: 'first-year', name: 'First year', posts: { create: { postId: post.id } } } });
  await makePost({ authorId: author.id, kind: 'page', slug: 'hidden-page', status, publishedAt });
  for (const found of [await findPost('hidden', now), await findPage('hidden-page', now)]) expect(found?.isListed ?? null).toBe(status === 'unlisted' ? false : null);
  expect(await listMenuPages(4, now)).toEqual([]);
  const filters: PostFilter[] = [{ by: 'all' }, { by: 'category', ids: [category.id] }, { by: 'tag', id: tag.id }, { by: 'author', id: author.id }];
  for (const filter of filters) {
    expect(await slugs(filter)).toEqual([]);
  }
  expect([await findCategory('sleep', now), await findTag('first-year', now), await findAuthor('marja', now)]).toEqual([null, null, null]);
});

test('a published post is found with what its page shows, and no address of anyone', async () => {
  const author = await makeUser({ name: 'Marja Lind', slug: 'marja', email: 'marja@example.com' });
  const post = await makePost({ authorId: author.id, slug: 'cups', title: 'The blue cup', publishedAt: now });
  await db().category.create({ data: { id: newId(), slug: 'sleep', name: 'Sleep', posts: { create: { postId: post.id } } } });
  const view = await findPost('cups', now);
  expect(view).toMatchObject({ title: 'The blue cup', author: { name: 'Marja Lind', slug: 'marja', claimed: false }, categories: [{ name: 'Sleep', slug: 'sleep' }], tags: [] });
  expect(JSON.stringify(view)).not.toContain('marja@example.com');
  await db().user.update({ where: { id: author.id }, data: { emailVerified: now } });
  expect((await findPost('cups', now))?.author.claimed).toBe(true);
  expect(await findPage('cups', now)).toBeNull();
});

test('a post without a title has words to link', async () => {
  const author = await makeUser();
  await makePost({ authorId: author.id, slug: 'x', title: ' ', publishedAt: day(1) });
  expect((await findPost('x', now))?.title).toBe('Untitled');
  expect((await listPosts({ by: 'all' }, 1, 10, now))?.posts[0]?.title).toBe('Untitled');
  expect((await findNeighbours({ id: newId(), publishedAt: now }, now)).previous?.title).toBe('Untitled');
});

test('lists are newest first, in whole pages, and end', async () => {
  const author = await makeUser();
  for (const n of [1, 3, 2, 5, 4]) await makePost({ authorId: author.id, slug: `p${n}`, publishedAt: day(n) });
  expect(await slugs({ by: 'all' }, 1, 2)).toEqual(['p5', 'p4']);
  expect(await slugs({ by: 'all' }, 3, 2)).toEqual(['p1']);
  expect(await slugs({ by: 'all' }, 4, 2)).toBeNull();
  const more = async (page: number, perPage: number) => (await listPosts({ by: 'all' }, page, perPage, now))?.hasMore;
  expect([await more(1, 2), await more(2, 2), await more(3, 2), await more(1, 5), await more(1, 4)]).toEqual([true, true, false, false, true]);
});

test('an empty blog has an empty first page', async () => {
  expect(await listPosts({ by: 'all' }, 1, 10, now)).toEqual({ posts: [], page: 1, hasMore: false });
});

test('a category shows what is filed below it too', async () => {
  const author = await makeUser();
  const post = await makePost({ authorId: author.id, slug: 'nap', publishedAt: day(1) });
  const top = await db().category.create({ data: { id: newId(), slug: 'growing-up', name: 'Growing up' } });
  const middle = await db().category.create({ data: { id: newId(), slug: 'sleep', name: 'Sleep', parentId: top.id } });
  const low = await db().category.create({ data: { id: newId(), slug: 'naps', name: 'Naps', parentId: middle.id, posts: { create: { postId: post.id } } } });
  const category = await findCategory('growing-up', now);
  expect(category?.ids.toSorted()).toEqual([top.id, middle.id, low.id].toSorted());
  expect(await slugs({ by: 'category', ids: category!.ids })).toEqual(['nap']);
});

test('a circle of categories ends', async () => {
  const author = await makeUser();
  const post = await makePost({ authorId: author.id, publishedAt: day(1) });
  const a = await db().category.create({ data: { id: newId(), slug: 'a', name: 'A', posts: { create: { postId: post.id } } } });
  const b = await db().category.create({ data: { id: newId(), slug: 'b', name: 'B', parentId: a.id } });
  await db().category.update({ where: { id: a.id }, data: { parentId: b.id } });
  expect((await findCategory('a', now))?.ids).toHaveLength(2);
});

test('a month is that of the site’s zone', async () => {
  const author = await makeUser();
  await makePost({ authorId: author.id, slug: 'new-year', publishedAt: new Date('2025-11-30T23:30:00Z') });
  expect(await slugs({ by: 'month', ...monthRange(2025, 12, 'Europe/Berlin') })).toEqual(['new-year']);
  expect(await slugs({ by: 'month', ...monthRange(2025, 12, 'UTC') })).toEqual([]);
});

test('neighbours skip what is not public and break ties by id', async () => {
  const author = await makeUser();
  const first = await makePost({ authorId: author.id, slug: 'first', publishedAt: day(1) });
  await makePost({ authorId: author.id, slug: 'draft', status: 'draft', publishedAt: day(2) });
  await makePost({ authorId: author.id, slug: 'page', kind: 'page', publishedAt: day(2) });
  const second = await makePost({ authorId: author.id, slug: 'second', publishedAt: day(3) });
  const twin = await makePost({ authorId: author.id, slug: 'twin', publishedAt: day(3) });
  const around = async (post: { id: string; publishedAt: Date | null }) => {
    const { previous, next } = await findNeighbours({ id: post.id, publishedAt: post.publishedAt! }, now);
    return [previous?.slug, next?.slug];
  };
  expect(await around(first)).toEqual([undefined, 'second']);
  expect(await around(second)).toEqual(['first', 'twin']);
  expect(await around(twin)).toEqual(['second', undefined]);
});

test('the header has top pages in menu order, without the page on privacy', async () => {
  const author = await makeUser();
  const page = (slug: string, menuOrder: number, parentId?: string) =>
    makePost({ authorId: author.id, kind: 'page', slug, title: slug, menuOrder, parentId, publishedAt: day(1) });
  const about = await page('about', 2);
  await page('books', 1);
  await page('privacy', 0);
  await page('below', 0, about.id);
  expect((await listMenuPages(4, now)).map((entry) => entry.slug)).toEqual(['books', 'about']);
  expect(await listMenuPages(1, now)).toHaveLength(1);
});

test('a reader’s account has no author page', async () => {
  const author = await makeUser({ name: 'Marja', slug: 'marja' });
  await makeUser({ slug: 'reader' });
  await makePost({ authorId: author.id, publishedAt: day(1) });
  expect(await findAuthor('reader', now)).toBeNull();
  expect(await findAuthor('marja', now)).toMatchObject({ id: author.id, name: 'Marja', slug: 'marja' });
});

test('what is kept at the top stands first on the front page, once, and only while it is public; other lists know nothing of it', async () => {
  const authorId = (await makeUser()).id;
  for (const n of [1, 2, 3, 4, 5]) await makePost({ authorId, slug: `post-${n}`, publishedAt: day(n), sticky: n === 1 || n === 3 });
  await makePost({ authorId, slug: 'hidden', status: 'unlisted', publishedAt: day(9), sticky: true });
  await makePost({ authorId, slug: 'about', kind: 'page', publishedAt: day(9), sticky: true });
  const front = async (page: number) => {
    const list = await listFrontPage(page, 2, now);
    return list && [list.kept?.map(({ slug }) => slug), list.posts.map(({ slug }) => slug), list.hasMore];
  };
  expect(await front(1)).toEqual([['post-3', 'post-1'], ['post-5', 'post-4'], true]);
  expect(await front(2)).toEqual([undefined, ['post-2'], false]);
  expect(await front(3)).toBeNull();
  expect(await slugs({ by: 'all' })).toEqual(['post-5', 'post-4', 'post-3', 'post-2', 'post-1']);
});
