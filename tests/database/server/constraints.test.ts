import { beforeEach, expect, test } from 'vitest';
import { db } from '../../../lib/db/client';
import { newCommentId, newId } from '../../../lib/ids';
import { makeComment, makePost, makeUser } from '../../../prisma/makers';
import { useDatabase } from '../../support/database';

const database = useDatabase();
let author: { id: string };
let post: { id: string };
let comment: Awaited<ReturnType<typeof makeComment>>;

beforeEach(async () => {
  author = await makeUser({ role: 'owner' });
  post = await makePost({ authorId: author.id });
  comment = await makeComment({ postId: post.id });
});

const insertComment = (changes: Record<string, unknown>) => {
  const id = newId();
  const row = { id, publicId: newCommentId(), postId: post.id, parentId: null, rootId: id, depth: 1, name: 'Ida', source: 'x', html: 'x', status: 'approved', sourceHash: 'x', ...changes };
  const columns = Object.keys(row).map((name) => `"${name}"`).join(', ');
  return database.sql.query(`INSERT INTO "Comment" (${columns}) VALUES (${Object.keys(row).map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(row));
};

const decide = () => db().moderationEvent.create({ data: { id: newId(), commentId: comment.id, actorId: author.id, decision: 'approve', toStatus: 'approved' } });

test('a reply stands on its parent’s post', async () => {
  const other = await makePost({ authorId: author.id });
  await expect(insertComment({ postId: other.id, parentId: comment.id, rootId: comment.id, depth: 2 })).rejects.toThrow('Comment_parentId_postId_fkey');
  await insertComment({ parentId: comment.id, rootId: comment.id, depth: 2 });
});

test.each([
  ['depth 0', () => ({ depth: 0 })],
  ['depth 6', () => ({ parentId: comment.id, rootId: comment.id, depth: 6 })],
  ['a thread of depth 2', () => ({ depth: 2 })],
  ['a thread with another root', () => ({ rootId: comment.id })],
  ['a reply of depth 1', () => ({ parentId: comment.id, rootId: comment.id, depth: 1 })],
  ['a reply without a root', () => ({ parentId: comment.id, depth: 2 })],
  ['an id with a letter that reads as another', () => ({ publicId: 'aaaaaaaaaaal' })],
])('a comment of %s is impossible', async (_what, changes) => {
  await expect(insertComment(changes())).rejects.toThrow(/check constraint/);
});

test('a decision is never changed or deleted', async () => {
  const event = await decide();
  await expect(database.sql.query(`UPDATE "ModerationEvent" SET decision = 'spam' WHERE id = $1`, [event.id])).rejects.toThrow('never changed');
  await expect(database.sql.query(`UPDATE "ModerationEvent" SET "actorId" = NULL WHERE id = $1`, [event.id])).rejects.toThrow('never changed');
  await expect(database.sql.query('DELETE FROM "ModerationEvent" WHERE id = $1', [event.id])).rejects.toThrow('never changed');
});

test('a decision outlives the account of who took it, and names nobody then', async () => {
  const moderator = await makeUser({ role: 'moderator' });
  const { id } = await db().moderationEvent.create({ data: { id: newId(), commentId: comment.id, actorId: moderator.id, decision: 'approve', toStatus: 'approved' } });
  await db().user.delete({ where: { id: moderator.id } });
  expect(await db().moderationEvent.findUnique({ where: { id } })).toMatchObject({ actorId: null, decision: 'approve' });
});

test('with a post go its comments, their threads and the decisions on them', async () => {
  await decide();
  const reply = await makeComment({ postId: post.id, parent: comment });
  await makeComment({ postId: post.id, parent: reply });
  await db().post.delete({ where: { id: post.id } });
  expect(await db().comment.count()).toBe(0);
  expect(await db().moderationEvent.count()).toBe(0);
});

test('a comment with replies is not deleted from under them', async () => {
  await makeComment({ postId: post.id, parent: comment });
  await expect(database.sql.query('DELETE FROM "Comment" WHERE id = $1', [comment.id])).rejects.toThrow('Comment_parentId_postId_fkey');
});

test.each([
  ['a published post without a date', () => database.sql.query('UPDATE "Post" SET "publishedAt" = NULL')],
  ['a redirect to nowhere', () => database.sql.query(`INSERT INTO "Redirect" (path) VALUES ('/old')`)],
  ['a redirect to two places', () => database.sql.query(`INSERT INTO "Redirect" (path, "postId", "to") VALUES ('/old', $1, '/new')`, [post.id])],
  ['a second site', () => database.sql.query(`INSERT INTO "Site" (id, title) VALUES (2, 'x')`)],
  ['an address in capitals', () => database.sql.query(`UPDATE "User" SET email = 'Ida@Example.com'`)],
])('%s is impossible', async (_what, attempt) => {
  await expect(attempt()).rejects.toThrow(/check constraint/);
});
