import { beforeEach, expect, test } from 'vitest';
import type { Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { deskDoneSchema, deskFilterSchema, placeAfter } from '@/lib/posts/desk-filter';
import { listDeskPosts } from '@/lib/posts/desk-list';
import { beatEditing, saveWorking } from '@/lib/posts/editing';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2099-11-26T10:00:00Z');
const daysOn = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
const RULE = { closeAfterDays: 0 };

async function person(role: Role): Promise<Person> {
  const user = await makeUser({ role, emailVerified: now, ...(role === 'owner' && { name: 'Olga' }) });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

let author: Person;
let post: { id: string };
beforeEach(async () => {
  author = await person('author');
  post = await makePost({ authorId: author.userId, slug: 'one', title: 'One', publishedAt: daysOn(-3) });
});

const list = (viewer: Person, asked: Record<string, string> = {}) => listDeskPosts(viewer, deskFilterSchema.parse(asked), RULE, now);
const slugs = async (viewer: Person, asked: Record<string, string> = {}) => (await list(viewer, asked))?.posts.map(({ slug, state }) => `${slug} ${state}`);

async function manyStates() {
  await makePost({ authorId: author.userId, slug: 'draft', title: 'Draft', status: 'draft' });
  await makePost({ authorId: author.userId, slug: 'later', title: '', publishedAt: daysOn(4) });
  await makePost({ authorId: author.userId, slug: 'soon', status: 'scheduled', publishedAt: daysOn(2) });
  await makePost({ authorId: author.userId, slug: 'hidden', status: 'private', publishedAt: daysOn(-9) });
  await makePost({ authorId: author.userId, slug: 'quiet', status: 'unlisted', publishedAt: daysOn(-8) });
  await makePost({ authorId: author.userId, slug: 'locked', status: 'password', publishedAt: daysOn(-7) });
  await makePost({ authorId: author.userId, slug: 'gone', status: 'trash', publishedAt: daysOn(-1), trashedAt: daysOn(-1) });
}

test('an author sees their own posts and pages, an owner all, everybody else none; drafts first, then newest first', async () => {
  const other = await person('author');
  await manyStates();
  await makePost({ authorId: other.userId, kind: 'page', slug: 'about', publishedAt: daysOn(-20) });
  const own = ['draft draft', 'later scheduled', 'soon scheduled', 'one published', 'locked password', 'quiet unlisted', 'hidden private'];
  expect(await slugs(author)).toEqual(own);
  expect(await slugs(other)).toEqual(['about published']);
  expect(await slugs(await person('owner'))).toEqual([...own, 'about published']);
  for (const role of ['moderator', 'reader'] as const) expect(await slugs(await person(role))).toEqual([]);
});

test('each part holds what it says, and says how many', async () => {
  await manyStates();
  await makePost({ authorId: author.userId, kind: 'page', slug: 'about', publishedAt: daysOn(-20) });
  await makePost({ authorId: (await makeUser()).id, slug: 'others' });
  expect(await slugs(author, { tab: 'published' })).toEqual(['one published', 'about published']);
  expect(await slugs(author, { tab: 'drafts' })).toEqual(['draft draft']);
  expect(await slugs(author, { tab: 'scheduled' })).toEqual(['later scheduled', 'soon scheduled']);
  expect(await slugs(author, { tab: 'private' })).toEqual(['locked password', 'quiet unlisted', 'hidden private']);
  expect((await list(author, { tab: 'trash' }))?.posts).toMatchObject([{ slug: 'gone', isInTrash: true, path: null }]);
  expect((await list(author))?.counts).toEqual({ all: 8, published: 2, drafts: 1, scheduled: 2, private: 3, trash: 1 });
  expect((await list(author, { kind: 'page' }))?.counts).toMatchObject({ all: 1, published: 1 });
  expect(await slugs(author, { kind: 'page', tab: 'nonsense', page: '-4' })).toEqual(['about published']);
});

test('words are found in title and text, whatever their state; a part of a word in titles; nothing of others', async () => {
  await makePost({ authorId: author.userId, slug: 'rain', title: 'Après la pluie', source: '<p>An umbrella.</p>', status: 'draft' });
  await makePost({ authorId: (await makeUser()).id, slug: 'others', title: 'Après' });
  expect(await slugs(author, { q: 'APRES' })).toEqual(['rain draft']);
  expect(await slugs(author, { q: 'umbrella pluie' })).toEqual(['rain draft']);
  expect(await slugs(author, { q: 'plui' })).toEqual(['rain draft']);
  for (const q of ['sunshine', '%', '_____________________', '-umbrella -x', "'", '"', '\\', '!&|']) expect([q, await slugs(author, { q })]).toEqual([q, []]);
  expect(await slugs(author, { q: '' })).toHaveLength(2);
});

test('it counts what is published and what waits, and is read page by page', async () => {
  await makeComment({ postId: post.id });
  await makeComment({ postId: post.id, status: 'pending' });
  await makeComment({ postId: post.id, status: 'spam' });
  for (let number = 0; number < 50; number += 1) await makePost({ authorId: author.userId, slug: `post-${number}`, publishedAt: daysOn(-4) });
  const first = await list(author);
  expect(first?.posts[0]).toMatchObject({ slug: 'one', approved: 1, waiting: 1, commentsOpen: true });
  expect(first).toMatchObject({ hasMore: true });
  expect(first?.posts).toHaveLength(50);
  expect((await list(author, { page: '2' }))?.posts).toHaveLength(1);
  expect(await list(author, { page: '3' })).toBeNull();
});

test('a line says who else has it open, that it has changes readers do not see, and that it is kept at the top', async () => {
  const owner = await person('owner');
  await beatEditing(owner, { id: post.id, tab: newId() }, now);
  await beatEditing(author, { id: post.id, tab: newId() }, now);
  await saveWorking(author, { id: post.id, kind: 'post', seen: '1.0', tab: newId(), fields: { title: 'Ahead', html: '', excerpt: '', slug: 'one', cover: null, categories: [], tags: [], sticky: true } }, now);
  expect((await list(author))?.posts[0]).toMatchObject({ title: 'One', isAhead: true, isKeptAtTop: false, editedBy: ['Olga'], path: '/posts/one' });
});

test('after an act the same part is shown, and never another page', () => {
  const done = { done: 'trashed' as const, post: post.id, title: 'Rain' };
  expect(placeAfter('/admin/posts?tab=drafts&q=wet&page=2', done)).toBe(`/admin/posts?tab=drafts&q=wet&page=2&done=trashed&post=${post.id}&title=Rain`);
  for (const here of ['https://evil.example/?tab=drafts', '//evil.example', 'javascript:x', null, 7]) expect(placeAfter(here, done)).toMatch(/^\/admin\/posts\?/);
  expect(deskDoneSchema.parse({ done: 'trashed', post: 'nonsense', title: ['x'] })).toEqual({ done: 'trashed', post: null, title: '' });
  expect(deskDoneSchema.parse({ done: 'nonsense' })).toBeNull();
});
