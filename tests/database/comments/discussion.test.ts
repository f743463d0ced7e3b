import { expect, test } from 'vitest';
import { findDiscussion } from '@/lib/comments/discussion';
import { BEGINNING } from '@/lib/comments/rules';
import { findCommentAddress, findReplyTarget } from '@/lib/comments/queries';
import type { CommentNode } from '@/lib/comments/schema';
import { db, disconnectDb } from '@/lib/db/client';
import type { Actor } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();

const now = new Date('2026-11-24T20:00:00Z');
const at = (second: number) => new Date(now.getTime() - 10_000_000 + second * 1000);
const anybody: Actor = { kind: 'guest', writerHash: null };

async function scene() {
  const author = await makeUser({ role: 'author', emailVerified: now });
  const post = await makePost({ authorId: author.id, slug: 'long', publishedAt: new Date('2026-01-01') });
  return { author, post, asked: { id: post.id, authorId: author.id, authorIsClaimed: true } };
}

const everything = (nodes: CommentNode[]): CommentNode[] => nodes.flatMap((node) => [node, ...everything(node.replies)]);

test('readers see what is approved, as it is nested, and nothing of what is not', async () => {
  const { author, post, asked } = await scene();
  const first = await makeComment({ postId: post.id, createdAt: at(1), name: 'Ines', email: 'secret@example.com' });
  const reply = await makeComment({ postId: post.id, createdAt: at(2), parent: first, userId: author.id, name: 'Author' });
  for (const status of ['pending', 'spam', 'trash', 'deleted'] as const) await makeComment({ postId: post.id, createdAt: at(3), status, name: 'Hidden', source: 'hidden words' });
  const view = await findDiscussion(asked, BEGINNING);
  expect(view?.threads).toMatchObject([{ id: first.publicId, isPostAuthor: false, replies: [{ id: reply.publicId, isPostAuthor: true }] }]);
  expect(JSON.stringify(view)).not.toMatch(/hidden words|Hidden|secret@/);
});

test('an approved reply to a hidden comment stands below an empty anchor that tells nothing', async () => {
  const { post, asked } = await scene();
  const top = await makeComment({ postId: post.id, createdAt: at(1), status: 'spam', name: 'Spammer', source: 'spam words' });
  const middle = await makeComment({ postId: post.id, createdAt: at(2), status: 'trash', parent: top, name: 'Trashed', source: 'trash words' });
  const reply = await makeComment({ postId: post.id, createdAt: at(3), parent: middle });
  await makeComment({ postId: post.id, createdAt: at(4), status: 'spam', parent: top });
  const view = await findDiscussion(asked, BEGINNING);
  expect(view?.threads).toMatchObject([{ kind: 'anchor', id: top.publicId, replies: [{ kind: 'anchor', id: middle.publicId, replies: [{ kind: 'comment', id: reply.publicId, replies: [] }] }] }]);
  expect(view?.threads[0]?.replies).toHaveLength(1);
  expect(JSON.stringify(view)).not.toMatch(/Spammer|Trashed|words/);
});

test('mentions stand apart', async () => {
  const { post, asked } = await scene();
  await makeComment({ postId: post.id, kind: 'mention', name: 'Another blog' });
  await makeComment({ postId: post.id, kind: 'mention', name: 'Spam blog', status: 'spam' });
  const view = await findDiscussion(asked, BEGINNING);
  expect(view?.threads).toEqual([]);
  expect(view?.mentions.map((mention) => mention.name)).toEqual(['Another blog']);
});

test('a thread of a thousand replies is split, every comment stands on one page, and its permalink knows which', async () => {
  const { post, asked } = await scene();
  const root = await makeComment({ postId: post.id, createdAt: at(0) });
  await database.sql.query(
    `INSERT INTO "Comment" (id, "publicId", "postId", "parentId", "rootId", depth, name, source, html, status, "sourceHash", "createdAt")
     SELECT gen_random_uuid(), lpad(n::text, 12, '0'), $1, $2, $2, 2, 'Reader', 't', '<p>t</p>', 'approved', 'h', $3::timestamptz + n * interval '1 second' FROM generate_series(1, 1000) AS n`,
    [post.id, root.id, at(0)],
  );
  await makeComment({ postId: post.id, createdAt: at(5000) });
  const first = await findDiscussion(asked, BEGINNING);
  const seen: string[] = [];
  for (let page = 1; page <= (first?.pages ?? 0); page += 1) {
    const view = await findDiscussion(asked, { page, order: 'oldest' });
    const shown = everything(view?.threads ?? []).filter((node) => node.kind === 'comment');
    expect(shown.length).toBeLessThanOrEqual(200);
    seen.push(...shown.map((node) => node.id));
  }
  expect(seen).toHaveLength(1002);
  expect(new Set(seen).size).toBe(1002);
  expect(await findDiscussion(asked, { page: (first?.pages ?? 0) + 1, order: 'oldest' })).toBeNull();
  const address = await findCommentAddress('000000000777', anybody, now);
  const page = Number(/\/posts\/long\/comments\/(\d+)#comment-000000000777$/.exec(address ?? '')?.[1]);
  const there = everything((await findDiscussion(asked, { page, order: 'oldest' }))?.threads ?? []);
  expect(there.some((node) => node.id === '000000000777')).toBe(true);
});

test('from the newest on, every comment stands once too, replies in their order, and the newest of all is named', async () => {
  const { post, asked } = await scene();
  const roots = [];
  for (let number = 0; number < 60; number += 1) roots.push(await makeComment({ postId: post.id, createdAt: at(number) }));
  const late = await makeComment({ postId: post.id, createdAt: at(500), parent: roots[3]! });
  await makeComment({ postId: post.id, createdAt: at(501), parent: roots[3]! , status: 'pending' });
  await makeComment({ postId: post.id, createdAt: at(502), kind: 'mention' });
  const first = await findDiscussion(asked, { page: 1, order: 'newest' });
  const second = await findDiscussion(asked, { page: 2, order: 'newest' });
  expect(first?.pages).toBe(2);
  const shown = [...first!.threads, ...second!.threads].map(({ id }) => id);
  expect(shown).toEqual(roots.map(({ publicId }) => publicId).reverse());
  expect(second!.threads.at(-4)?.replies.map(({ id }) => id)).toEqual([late.publicId]);
  expect([first?.newest, second?.newest, (await findDiscussion(asked, BEGINNING))?.newest]).toEqual(Array(3).fill(late.publicId));
  expect(await findDiscussion(asked, { page: 3, order: 'newest' })).toBeNull();
});

test('the newest of one comment, or of none, is not to be jumped to', async () => {
  const { post, asked } = await scene();
  expect((await findDiscussion(asked, BEGINNING))?.newest).toBeNull();
  await makeComment({ postId: post.id });
  expect((await findDiscussion(asked, BEGINNING))?.newest).toBeNull();
});

test('a permalink leads to a visible comment, its own writer to the waiting page, and nobody else anywhere', async () => {
  const { post } = await scene();
  const visible = await makeComment({ postId: post.id, legacyNumber: 4711n });
  const held = await makeComment({ postId: post.id, status: 'pending', writerHash: 'w'.repeat(64) });
  expect(await findCommentAddress(visible.publicId, anybody, now)).toBe(`/posts/long#comment-${visible.publicId}`);
  expect(await findCommentAddress('4711', anybody, now)).toBe(`/posts/long#comment-${visible.publicId}`);
  expect(await findCommentAddress(held.publicId, anybody, now)).toBeNull();
  expect(await findCommentAddress(held.publicId, { kind: 'guest', writerHash: 'w'.repeat(64) }, now)).toBe(`/posts/long/reply#comment-${held.publicId}`);
  expect(await findCommentAddress('zzzzzzzzzzzz', anybody, now)).toBeNull();
  await db().post.updateMany({ data: { status: 'private' } });
  expect(await findCommentAddress(visible.publicId, anybody, now)).toBeNull();
});

test('whoever decides on a waiting comment is led to it at the desk, until it is deleted', async () => {
  const { author, post } = await scene();
  const held = await makeComment({ postId: post.id, status: 'pending' });
  const writer: Actor = { kind: 'person', userId: author.id, name: 'A', isNamed: true, email: null, role: 'author', standing: 'normal', standingUntil: null, writerHash: null };
  const desk = `/admin/comments?queue=all&comment=${held.publicId}`;
  expect(await findCommentAddress(held.publicId, writer, now)).toBe(desk);
  expect(await findCommentAddress(held.publicId, { ...writer, userId: newId() }, now)).toBeNull();
  expect(await findCommentAddress(held.publicId, { ...writer, userId: newId(), role: 'moderator' }, now)).toBe(desk);
  expect(await findCommentAddress(held.publicId, { ...writer, standing: 'banned' }, now)).toBeNull();
  await db().comment.updateMany({ where: { publicId: held.publicId }, data: { status: 'deleted' } });
  expect(await findCommentAddress(held.publicId, writer, now)).toBeNull();
});

test('only a visible comment of this very post can be answered', async () => {
  const { post } = await scene();
  const other = await makePost({ authorId: post.authorId });
  const visible = await makeComment({ postId: post.id });
  const held = await makeComment({ postId: post.id, status: 'pending' });
  expect(await findReplyTarget(post.id, visible.publicId)).toMatchObject({ id: visible.publicId });
  expect(await findReplyTarget(post.id, held.publicId)).toBeNull();
  expect(await findReplyTarget(other.id, visible.publicId)).toBeNull();
});

test('no query of a discussion reads the whole table', async () => {
  const { post, asked } = await scene();
  const other = await makePost({ authorId: post.authorId });
  await database.sql.query(
    `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash")
     SELECT id, lpad(n::text, 12, '0'), $1, id, 1, 'Reader', 't', '<p>t</p>', 'approved', 'h' FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, 20000) AS n) AS made`,
    [other.id],
  );
  await makeComment({ postId: post.id });
  await database.sql.query('ANALYZE "Comment"');
  const before = await countWholeReads();
  await findDiscussion(asked, BEGINNING);
  expect(await countWholeReads()).toBe(before);
  // What the count would show if it were otherwise.
  await db().comment.count({ where: { source: 'in no index' } });
  expect(await countWholeReads()).toBe(before + 1);
});

/** How often the table was read whole so far. PostgreSQL adds up what a connection did, for certain, when it ends. */
async function countWholeReads(): Promise<number> {
  await disconnectDb();
  const others = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;
  await expect.poll(async () => (await database.sql.query<{ n: number }>(others)).rows[0]?.n, { timeout: 10_000 }).toBe(0);
  const { rows } = await database.sql.query<{ seq_scan: string }>(`SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'Comment'`);
  return Number(rows[0]?.seq_scan);
}
