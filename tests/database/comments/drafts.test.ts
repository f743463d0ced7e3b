import { expect, test } from 'vitest';
import { findDraft, forgetDraft, hasDraft, keepDraft } from '@/lib/comments/drafts';
import { NOTHING_ENTERED } from '@/lib/comments/box';
import { db } from '@/lib/db/client';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2099-11-24T20:00:00Z');
const dayLater = new Date('2099-11-25T20:00:00Z');
const mine = 'a'.repeat(64);
const typed = { ...NOTHING_ENTERED, comment: 'Ein „langer“ Text\nüber zwei Zeilen 🌼', email: 'ines@example.com', save: true };

async function somePost(status: 'published' | 'draft' = 'published') {
  const author = await makeUser();
  return makePost({ authorId: author.id, status });
}

test('what was typed comes back to the browser that typed it, on that post, for a day; to nobody else', async () => {
  const [post, other] = [await somePost(), await somePost()];
  await keepDraft(mine, { post: post.slug, parent: '' }, typed, now);
  expect(await findDraft([mine], post.id, now)).toEqual(typed);
  expect(await findDraft(['b'.repeat(64)], post.id, now)).toBeNull();
  expect(await findDraft([], post.id, now)).toBeNull();
  expect(await findDraft([mine], other.id, now)).toBeNull();
  expect(await findDraft([mine], post.id, dayLater)).toBeNull();
});

test('a newer text takes the place of an older, also when several arrive at once; old ones go', async () => {
  const post = await somePost();
  await Promise.all(Array.from({ length: 8 }, () => keepDraft(mine, { post: post.slug, parent: '' }, typed, now)));
  await keepDraft(mine, { post: post.slug, parent: '' }, { ...typed, comment: 'Newer' }, now);
  expect(await findDraft([mine], post.id, now)).toMatchObject({ comment: 'Newer' });
  await keepDraft('b'.repeat(64), { post: post.slug, parent: '' }, typed, new Date(dayLater.getTime() + 1));
  expect(await db().commentDraft.count()).toBe(1);
});

test('nothing is kept of an empty box, or for a post that readers do not have; what is posted is forgotten', async () => {
  const [post, hidden] = [await somePost(), await somePost('draft')];
  await keepDraft(mine, { post: post.slug, parent: '' }, { ...NOTHING_ENTERED, comment: ' \n', save: true }, now);
  await keepDraft(mine, { post: hidden.slug, parent: '' }, typed, now);
  await keepDraft(mine, { post: 'none', parent: '' }, typed, now);
  expect(await db().commentDraft.count()).toBe(0);
  await keepDraft(mine, { post: post.slug, parent: '' }, typed, now);
  await forgetDraft([mine], post.slug);
  expect(await db().commentDraft.count()).toBe(0);
});

test('by the path of its box a text is known to be there, for its browser alone', async () => {
  const post = await somePost();
  await keepDraft(mine, { post: post.slug, parent: '' }, typed, now);
  const path = `/posts/${encodeURIComponent(post.slug)}/reply`;
  expect([await hasDraft([mine], path, now), await hasDraft([mine], `${path}/0123456789ab?x=1`, now)]).toEqual([true, true]);
  for (const [browser, at, when] of [['b'.repeat(64), path, now], ['', path, now], [mine, path, dayLater], [mine, '/', now], [mine, '/posts/other/reply', now], [mine, `/posts/${post.slug}`, now]] as const) {
    expect(await hasDraft(browser === '' ? [] : [browser], at, when)).toBe(false);
  }
});
