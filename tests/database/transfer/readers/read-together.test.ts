import { beforeEach, expect, test } from 'vitest';
import { findDiscussion } from '@/lib/comments/discussion';
import { BEGINNING } from '@/lib/comments/rules';
import type { CommentNode } from '@/lib/comments/schema';
import { db } from '@/lib/db/client';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { listPosts } from '@/lib/posts/lists';
import { findPage, findPost } from '@/lib/posts/queries';
import { importFile } from '@/lib/transfer/commands';
import { useDatabase } from '@/tests/support/database';
import { fixture } from '@/tests/support/wxr/write-export';

const database = useDatabase();
const now = new Date('2026-01-01T00:00:00Z');

beforeEach(async () => {
  expect((await importFile(fixture('blog-1.2.xml'), { url: database.url, media: { skip: true } }, now)).ok).toBe(true);
});

async function discussionOf(number: string) {
  const key = await db().importKey.findFirstOrThrow({ where: { kind: 'post', externalId: number } });
  const { id, authorId } = await db().post.findUniqueOrThrow({ where: { id: key.targetId! } });
  return (await findDiscussion({ id, authorId, authorIsClaimed: true }, BEGINNING))!;
}

const flat = (nodes: CommentNode[]): CommentNode[] => nodes.flatMap((node) => [node, ...flat(node.replies)]);

test('readers see the public posts of an export and nothing that it kept private', async () => {
  const list = await listPosts({ by: 'all' }, 1, 100, now);
  expect(list?.posts.map((post) => post.slug).sort()).toEqual(['café-light', 'café-light-2']);
  for (const slug of ['post-11', 'only-for-us', 'behind-a-word', 'tomorrow', 'waiting', 'thrown-away__trashed', 'unheard-of']) {
    expect(await findPost(slug, now)).toBeNull();
  }
  expect(await findPage('our-house', now)).not.toBeNull();
});

test('readers see approved comments; a hidden one with an approved reply is an empty place with its old number', async () => {
  const { threads, mentions } = await discussionOf('10');
  const nodes = flat(threads);
  expect(nodes.filter((node) => node.kind === 'comment').map((node) => node.legacyNumber).sort()).toEqual([101, 102, 104, 109, 110, 111]);
  const [anchor, ...more] = nodes.filter((node) => node.kind === 'anchor');
  expect(more).toEqual([]);
  expect(anchor).toMatchObject({ legacyNumber: 103, replies: [{ legacyNumber: 104 }] });
  expect(JSON.stringify(threads)).not.toMatch(/Held words|Spam words|Trash words|Internal words|bird\.example"|@/);
  expect(mentions.map((mention) => mention.name)).toEqual(['A day – another blog » lamps']);
});

test.each([
  ['/2016/05/13/caf%C3%A9-light/', {}, '/posts/caf%C3%A9-light'],
  ['/2016/05/13/caf%c3%a9-light', {}, '/posts/caf%C3%A9-light'],
  ['/2017/01/01/café-light/', {}, '/posts/caf%C3%A9-light-2'],
  ['/about/our-house/', {}, '/our-house'],
  ['/', { p: '10' }, '/posts/caf%C3%A9-light'],
  ['/', { page_id: '31' }, '/our-house'],
  ['/2016/05/13/caf%c3%a9-light/comment-page-2/', {}, '/posts/caf%C3%A9-light'],
  ['/category/babies/first-year/', {}, '/categories/first-year'],
  ['/tag/night/', {}, '/tags/night'],
  ['/author/ines/', {}, '/authors/ines'],
  // Where its word is asked for.
  ['/2016/06/02/behind-a-word/', {}, '/posts/behind-a-word'],
])('the old address %s %j leads to %s', async (path, query, target) => {
  expect(await findLegacyTarget(path, query, now)).toBe(target);
});

test.each([
  ['/2016/06/01/only-for-us/', {}],
  ['/unheard-of/', {}],
  ['/', { p: '11' }],
  ['/', { p: '12' }],
  ['/', { p: '14' }],
])('the old address %s %j of what is not public leads nowhere', async (path, query) => {
  expect(await findLegacyTarget(path, query, now)).toBeNull();
});
