import { beforeEach, describe, expect, test } from 'vitest';
import { submitComment } from '@/lib/comments/commands';
import { markNoReply, markOlderNoReply, undoNoReply } from '@/lib/comments/no-reply';
import { repliesFilterSchema, type RepliesFilter } from '@/lib/comments/reply-desk';
import { newCommentSchema } from '@/lib/comments/schema';
import { findUnanswered } from '@/lib/comments/unanswered';
import { countUnanswered, unanswered } from '@/lib/comments/unanswered-count';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { Person } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { countWithReplies } from '@/lib/moderation/queries';
import { decideComment } from '@/lib/moderation/commands';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { daysAgo, makePseudonym, now, person } from '../moderation/scene';

const database = useDatabase();

const HERE = { rule: 'first-comment' };
let author: Person;
let post: Awaited<ReturnType<typeof makePost>>;

const claimed = async (role: 'author' | 'owner', name?: string) => {
  const one = await person(role, { ...(name && { name }) });
  await db().user.update({ where: { id: one.userId }, data: { emailVerified: daysAgo(100) } });
  return one;
};

beforeEach(async () => {
  author = await claimed('author', 'Alma');
  post = await makePost({ authorId: author.userId, title: 'Patience', slug: 'patience', publishedAt: daysAgo(50) });
});

const seen = async (viewer: Person, asked: Partial<RepliesFilter> = {}) => findUnanswered(viewer, { ...repliesFilterSchema.parse({}), ...asked }, now);
const textsOf = async (viewer: Person, asked: Partial<RepliesFilter> = {}) => (await seen(viewer, asked))?.posts.map(({ slug, comments }) => [slug, ...comments.map(({ html }) => html.replace(/<[^>]*>/g, '').trim())]);
const comment = (source: string, age: number, given: Partial<Parameters<typeof makeComment>[0]> = {}) => makeComment({ postId: post.id, source, createdAt: daysAgo(age), ...HERE, ...given });

describe('what waits for an answer', () => {
  test('stands by post, the post with the oldest first, and under each the oldest first', async () => {
    const other = await makePost({ authorId: author.userId, slug: 'other', publishedAt: daysAgo(50) });
    await comment('three days', 3);
    await comment('nine days', 9);
    await comment('five days', 5, { postId: other.id });
    await comment('a day', 1, { postId: other.id });
    expect(await textsOf(author)).toEqual([['patience', 'nine days', 'three days'], ['other', 'five days', 'a day']]);
    expect((await seen(author))?.posts.map(({ count }) => count)).toEqual([2, 2]);
    expect((await seen(author))?.posts[0]?.comments.map(({ ageMs }) => ageMs / 86_400_000)).toEqual([9, 3]);
    expect([await countUnanswered(author), (await countWithReplies(author)).replies]).toEqual([4, 4]);
  });

  test('is published, a comment, and not mine', async () => {
    const own = await comment('my own', 8, { userId: author.userId });
    await comment('to me, who began', 7, { parent: own });
    const pseudonym = await makePseudonym(author.userId, post.id, 'Somebody');
    await comment('mine under another name', 6, { userId: author.userId, pseudonymId: pseudonym.id, email: null, website: null });
    for (const status of ['pending', 'spam', 'trash', 'deleted'] as const) await comment(status, 5, { status });
    await comment('a mention', 4, { kind: 'mention' });
    expect(await textsOf(author)).toEqual([['patience', 'to me, who began']]);
    expect((await seen(author))?.posts[0]?.comments[0]?.inReplyTo).toMatchObject({ id: own.publicId, name: own.name, text: 'my own' });
  });

  test('is answered by my own visible reply to it, and by nobody else’s, nor by one further down', async () => {
    const answered = await comment('answered by me', 9);
    await comment('here you are', 8, { parent: answered, userId: author.userId });
    const others = await comment('answered by a reader', 7);
    const between = await comment('by a reader', 6, { parent: others });
    await comment('to the reader', 5, { parent: between, userId: author.userId });
    expect(await textsOf(author)).toEqual([['patience', 'answered by a reader']]);
    expect((await seen(author))?.posts[0]?.comments[0]?.replyCount).toBe(1);
  });

  test('waits again when my reply is taken back', async () => {
    const answered = await comment('answered by me', 9);
    const reply = await comment('here you are', 8, { parent: answered, userId: author.userId });
    expect(await countUnanswered(author)).toBe(0);
    await decideComment(author, { comment: reply.publicId, revision: 1, seenStatus: 'approved', decision: 'trash' }, now);
    expect(await textsOf(author)).toEqual([['patience', 'answered by me']]);
  });

  test('goes when it is answered in place', async () => {
    const waiting = await comment('please', 2);
    const input = newCommentSchema.parse({ post: post.slug, parent: waiting.publicId, comment: 'Thank you.' });
    const sent = await submitComment(author, { ...input, guest: null, approving: { comment: waiting.publicId, revision: 1, seenStatus: 'approved' } }, '192.0.2.1', now);
    expect(sent).toMatchObject({ ok: true, value: { status: 'approved' } });
    expect(await textsOf(author)).toEqual([]);
  });

  test('leaves out what an import brought, until it is asked for', async () => {
    await comment('from the old blog', 400, { rule: null, legacyNumber: 12n });
    await comment('written here', 2);
    expect(await textsOf(author)).toEqual([['patience', 'written here']]);
    expect(await seen(author)).toMatchObject({ total: 1, oldCount: 1 });
    expect(await textsOf(author, { old: true })).toEqual([['patience', 'from the old blog', 'written here']]);
    expect(await seen(author, { old: true })).toMatchObject({ total: 2, oldCount: 0 });
    expect(await countUnanswered(author)).toBe(1);
  });

  test('is of posts that readers can get to', async () => {
    for (const status of ['unlisted', 'password', 'private', 'draft', 'trash'] as const) {
      const hidden = await makePost({ authorId: author.userId, slug: status, status, publishedAt: daysAgo(9) });
      await comment(status, 2, { postId: hidden.id });
    }
    expect((await textsOf(author))?.map(([slug]) => slug).sort()).toEqual(['password', 'unlisted']);
  });

  test('says where the discussion is closed', async () => {
    await db().post.update({ where: { id: post.id }, data: { commentsOpen: false } });
    await comment('too late', 2);
    expect((await seen(author))?.posts[0]?.isOpen).toBe(false);
  });

  test('comes in pages, and there is none beyond the last', async () => {
    for (let at = 0; at < 26; at += 1) await comment(`comment ${at}`, 40 - at);
    expect(await seen(author)).toMatchObject({ total: 26, hasMore: true });
    expect(await textsOf(author, { page: 2 })).toEqual([['patience', 'comment 25']]);
    expect((await seen(author, { page: 2 }))?.posts[0]?.count).toBe(26);
    expect(await seen(author, { page: 3 })).toBeNull();
  });
});

describe('who sees it', () => {
  test('an author under own posts, an owner under own and, asked, under all; a moderator and a reader nothing', async () => {
    const owner = await claimed('owner');
    const ownersPost = await makePost({ authorId: owner.userId, slug: 'owners', publishedAt: daysAgo(50) });
    await comment('to Alma', 3);
    await comment('to the owner', 2, { postId: ownersPost.id });
    expect(await textsOf(author)).toEqual([['patience', 'to Alma']]);
    expect(await textsOf(author, { posts: 'all' })).toEqual([['patience', 'to Alma']]);
    expect(await seen(author)).toMatchObject({ hasOthers: false });
    expect(await textsOf(owner)).toEqual([['owners', 'to the owner']]);
    expect(await seen(owner)).toMatchObject({ hasOthers: true });
    expect(await textsOf(owner, { posts: 'all' })).toEqual([['patience', 'to Alma'], ['owners', 'to the owner']]);
    for (const role of ['moderator', 'reader'] as const) {
      const other = await person(role);
      expect([role, await seen(other), await countUnanswered(other)]).toEqual([role, null, null]);
    }
    const banned = { ...author, standing: 'banned' as const };
    expect(await seen(banned)).toBeNull();
  });

  test('what an author answered waits for no owner', async () => {
    const owner = await claimed('owner');
    const answered = await comment('to Alma', 3);
    await comment('from Alma', 2, { parent: answered, userId: author.userId });
    expect(await textsOf(owner, { posts: 'all' })).toEqual([]);
  });

  test('posts of an author who has not claimed their name are the owner’s', async () => {
    const owner = await claimed('owner');
    const before = await person('author');
    const imported = await makePost({ authorId: before.userId, slug: 'imported', publishedAt: daysAgo(50) });
    await comment('on an imported post', 3, { postId: imported.id });
    expect(await textsOf(owner)).toEqual([['imported', 'on an imported post']]);
    expect(await seen(owner)).toMatchObject({ hasOthers: true });
  });
});

describe('that a comment needs no reply', () => {
  test('is said once, and taken back', async () => {
    const one = await comment('one', 3);
    const said = await markNoReply(author, one.publicId);
    if (!said.ok) throw new Error(said.message);
    expect(said.value).toMatchObject({ count: 1, name: one.name, isUndo: false });
    expect(await countUnanswered(author)).toBe(0);
    expect(await markNoReply(author, one.publicId)).toMatchObject({ ok: false, code: 'conflict' });
    expect(await undoNoReply(author, said.value.act)).toMatchObject({ ok: true, value: { count: 1, name: one.name, isUndo: true } });
    expect(await countUnanswered(author)).toBe(1);
    expect(await undoNoReply(author, said.value.act)).toMatchObject({ ok: false, code: 'not-found' });
  });

  test('said by two at once is said by one, and an undo takes back only its own', async () => {
    const one = await comment('one', 3);
    const owner = await claimed('owner');
    const said = await Promise.all([author, owner, author, owner].map((actor) => markNoReply(actor, one.publicId)));
    expect(said.map((result) => (result.ok ? 'ok' : result.code)).sort()).toEqual(['conflict', 'conflict', 'conflict', 'ok']);
    expect(await undoNoReply(author, newId())).toMatchObject({ ok: false, code: 'not-found' });
    expect(await countUnanswered(author)).toBe(0);
  });

  test('is said by the author of the post or an owner; for everybody else the comment is not there', async () => {
    const one = await comment('one', 3);
    const held = await comment('held', 3, { status: 'pending' });
    const others = [{ kind: 'guest', writerHash: null } as const, await person('reader'), await person('moderator'), await claimed('author'), { ...author, standing: 'banned' as const }];
    const said = await markNoReply(author, (await comment('two', 2)).publicId);
    if (!said.ok) throw new Error(said.message);
    for (const actor of others) {
      expect(await markNoReply(actor, one.publicId)).toMatchObject({ ok: false, code: 'not-found' });
      expect(await undoNoReply(actor, said.value.act)).toMatchObject({ ok: false, code: 'not-found' });
      const older = await markOlderNoReply(actor, 'week', { posts: 'all', old: true }, new Date(now.getTime() + 30 * 86_400_000));
      expect(older.ok ? older.value.count : older.code).toBe(actor.kind === 'person' && actor.role === 'author' && actor.standing === 'normal' ? 0 : 'not-found');
    }
    expect(await countUnanswered(author)).toBe(1);
    for (const missing of [held.publicId, '000000000000']) expect(await markNoReply(author, missing)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await markNoReply(await claimed('owner'), one.publicId)).toMatchObject({ ok: true });
  });

  test('is said of all that are older, of those that are shown, and taken back whole', async () => {
    const old = await comment('from the old blog', 400, { rule: null });
    await comment('two months', 60);
    await comment('forty days', 40);
    const answered = await comment('answered long ago', 50);
    await comment('thanks', 49, { parent: answered, userId: author.userId });
    await comment('a week', 7);
    const elsewhere = await makePost({ authorId: (await claimed('author')).userId, slug: 'elsewhere', publishedAt: daysAgo(99) });
    await comment('under a post of somebody else', 90, { postId: elsewhere.id });
    const said = await markOlderNoReply(author, 'month', { posts: 'all', old: false }, now);
    if (!said.ok) throw new Error(said.message);
    expect(said.value.count).toBe(2);
    expect(await textsOf(author, { old: true })).toEqual([['patience', 'from the old blog', 'a week']]);
    expect(await db().comment.count({ where: { needsNoReply: true } })).toBe(2);
    expect(await markOlderNoReply(author, 'year', { posts: 'mine', old: true }, now)).toMatchObject({ ok: true, value: { count: 1 } });
    expect(await db().comment.findUnique({ where: { id: old.id }, select: { needsNoReply: true } })).toEqual({ needsNoReply: true });
    expect(await undoNoReply(author, said.value.act)).toMatchObject({ ok: true, value: { count: 2, name: '' } });
    expect(await textsOf(author, { old: true })).toEqual([['patience', 'two months', 'forty days', 'a week']]);
  });
});

test('among many comments the count and the list go by indexes, whatever was imported or answered', async () => {
  await makePost({ authorId: author.userId, slug: 'long', publishedAt: daysAgo(99) });
  await database.sql.query(
    `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash", "createdAt", rule)
     SELECT k, lpad(to_hex(n), 12, '0'), p.id, k, 1, 'Reader', 's', 'h', 'approved', '', timestamptz '2016-01-01' + n * interval '1 minute', CASE WHEN n % 100 = 1 THEN 'known-writer' END
     FROM generate_series(1, 20000) n JOIN LATERAL (SELECT md5(n::text)::uuid AS k) key ON true JOIN "Post" p ON p.slug = 'long'`);
  await database.sql.query(
    `INSERT INTO "Comment" (id, "publicId", "postId", "parentId", "rootId", depth, name, "userId", source, html, status, "sourceHash", "createdAt")
     SELECT md5('r' || n)::uuid, 'r' || lpad(to_hex(n), 11, '0'), c."postId", c.id, c.id, 2, 'Alma', $1, 's', 'h', 'approved', '', c."createdAt" + interval '1 hour'
     FROM generate_series(2, 20000, 2) n JOIN "Comment" c ON c.id = md5(n::text)::uuid`, [author.userId]);
  await database.sql.query('VACUUM ANALYZE "Comment"');
  expect(await countUnanswered(author)).toBe(200);
  expect((await seen(author, { old: true, page: 2 }))?.total).toBe(10_000);
  const plan = await planOf(author);
  expect(plan).toContain('Comment_unanswered_idx');
  expect(plan).toContain('Comment_answers_idx');
  expect(plan).not.toContain('Seq Scan on "Comment"');
}, 120_000);

async function planOf(viewer: Person): Promise<string> {
  const rows = await db().$queryRaw<{ 'QUERY PLAN': string }[]>(Prisma.sql`EXPLAIN SELECT count(*) ${unanswered(viewer, { posts: 'mine', old: false })}`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
