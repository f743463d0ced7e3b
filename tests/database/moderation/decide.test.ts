import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person, Role } from '@/lib/identity/schema';
import { decideComment, undoDecision } from '@/lib/moderation/commands';
import { findQueue } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import type { Act, CommentStatus } from '@/lib/moderation/schema';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();

const now = new Date('2026-11-24T20:00:00Z');

async function person(role: Role): Promise<Person> {
  const user = await makeUser({ role });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

async function scene() {
  const author = await person('author');
  const post = await makePost({ authorId: author.userId });
  const comment = await makeComment({ postId: post.id, status: 'pending' });
  return { author, post, comment, owner: await person('owner') };
}

const seen = (comment: { publicId: string; revision: number; status: CommentStatus }, decision: Act) => ({
  comment: comment.publicId, revision: comment.revision, seenStatus: comment.status, decision,
});

const state = (id: string) => db().comment.findUniqueOrThrow({ where: { id }, include: { events: { orderBy: { id: 'asc' } } } });
const counted = async (id: string) => (await db().post.findUniqueOrThrow({ where: { id } })).approvedCount;

test('an approval publishes, counts, and is written down with who and from where', async () => {
  const { owner, post, comment } = await scene();
  const decided = await decideComment(owner, seen(comment, 'approve'), now);
  expect(decided).toMatchObject({ ok: true, value: { from: 'pending', to: 'approved' } });
  expect(await state(comment.id)).toMatchObject({ status: 'approved', events: [{ decision: 'approve', actorId: owner.userId, fromStatus: 'pending', toStatus: 'approved' }] });
  expect(await counted(post.id)).toBe(1);
});

test.each<[Act, CommentStatus, CommentStatus]>([
  ['approve', 'pending', 'approved'],
  ['unapprove', 'approved', 'pending'],
  ['spam', 'approved', 'spam'],
  ['trash', 'pending', 'trash'],
  ['approve', 'spam', 'approved'],
  ['restore', 'trash', 'pending'],
])('%s takes a comment from %s to %s, and undo takes it back by a new event', async (act, from, to) => {
  const { owner, post } = await scene();
  const comment = await makeComment({ postId: post.id, status: from });
  const before = await counted(post.id);
  const decided = await decideComment(owner, seen(comment, act), now);
  expect(decided).toMatchObject({ ok: true, value: { to } });
  if (!decided.ok) return;
  const undone = await undoDecision(owner, decided.value.event, now);
  expect(undone).toMatchObject({ ok: true, value: { to: from } });
  const after = await state(comment.id);
  expect(after.status).toBe(from);
  expect(after.events.map((event) => event.decision)).toEqual([act, 'undo']);
  expect(after.events[1]?.undoesId).toBe(decided.value.event);
  expect(await counted(post.id)).toBe(before);
});

test('a restored comment goes back to where it was', async () => {
  const { owner, post } = await scene();
  const comment = await makeComment({ postId: post.id, status: 'approved' });
  await decideComment(owner, seen(comment, 'trash'), now);
  const restored = await decideComment(owner, { ...seen(comment, 'restore'), seenStatus: 'trash' }, now);
  expect(restored).toMatchObject({ ok: true, value: { to: 'approved' } });
  expect(await counted(post.id)).toBe(1);
});

test('two moderators decide at once: one wins, the other is told, and one event is written', async () => {
  const { owner, comment } = await scene();
  const moderator = await person('moderator');
  const results = await Promise.all([decideComment(owner, seen(comment, 'approve'), now), decideComment(moderator, seen(comment, 'spam'), now)]);
  expect(results.map((result) => (result.ok ? 'won' : result.code)).sort()).toEqual(['conflict', 'won']);
  expect((await state(comment.id)).events).toHaveLength(1);
});

test('a decision on an earlier text does not hold for the present one', async () => {
  const { owner, comment } = await scene();
  await db().comment.update({ where: { id: comment.id }, data: { revision: 2 } });
  expect(await decideComment(owner, seen(comment, 'approve'), now)).toMatchObject({ ok: false, code: 'conflict' });
});

test('an old decision, and an undo, cannot be undone', async () => {
  const { owner, comment } = await scene();
  const first = await decideComment(owner, seen(comment, 'approve'), now);
  const second = await decideComment(owner, { ...seen(comment, 'trash'), seenStatus: 'approved' }, now);
  if (!first.ok || !second.ok) throw new Error('refused');
  expect(await undoDecision(owner, first.value.event, now)).toMatchObject({ ok: false, code: 'conflict' });
  const undone = await undoDecision(owner, second.value.event, now);
  if (!undone.ok) throw new Error(undone.message);
  expect(await undoDecision(owner, undone.value.event, now)).toMatchObject({ ok: false, code: 'conflict' });
  expect(await undoDecision(owner, second.value.event, now)).toMatchObject({ ok: false, code: 'conflict' });
});

test('deleting empties a comment for good; its place stays, nothing brings it back', async () => {
  const { owner, post } = await scene();
  const comment = await makeComment({ postId: post.id, status: 'trash', website: 'https://example.com', ipHash: 'a', writerHash: 'b' });
  const deleted = await decideComment(owner, seen(comment, 'delete'), now);
  if (!deleted.ok) throw new Error(deleted.message);
  expect(await state(comment.id)).toMatchObject({ status: 'deleted', name: '', email: null, website: null, source: '', html: '', ipHash: null, writerHash: null });
  expect(await undoDecision(owner, deleted.value.event, now)).toMatchObject({ ok: false, code: 'conflict' });
  expect(await decideComment(owner, { ...seen(comment, 'restore'), seenStatus: 'deleted' }, now)).toMatchObject({ ok: false, code: 'conflict' });
});

test.each([
  ['reader', false, false],
  ['author', false, false],
  ['moderator', true, true],
  ['owner', true, true],
] as const)('a %s decides on others’ posts: %s', async (role, decides, sees) => {
  const { comment } = await scene();
  const actor = await person(role);
  const decided = await decideComment(actor, seen(comment, 'approve'), now);
  expect(decided.ok).toBe(decides);
  if (!decided.ok) expect(decided.code).toBe('not-found');
  expect((await findQueue(actor, wholeQueue('all'), 'newest', null, null)).cards.length > 0).toBe(sees);
});

test('an author decides below own posts, and a guest nowhere', async () => {
  const { author, comment } = await scene();
  expect(await decideComment({ kind: 'guest', writerHash: null }, seen(comment, 'approve'), now)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await decideComment(author, seen(comment, 'approve'), now)).toMatchObject({ ok: true });
  expect((await findQueue(author, wholeQueue('approved'), 'newest', null, null)).cards).toHaveLength(1);
});

test('an e-mail address is shown to the owner alone', async () => {
  const { owner, comment } = await scene();
  const moderator = await person('moderator');
  expect((await findQueue(owner, wholeQueue('pending'), 'newest', null, null)).cards[0]?.email).toBe(comment.email);
  expect(JSON.stringify(await findQueue(moderator, wholeQueue('pending'), 'newest', null, null))).not.toContain(comment.email);
});

test('pages of a queue hold every comment once, newest first', async () => {
  const { owner, post } = await scene();
  for (let at = 0; at < 60; at += 1) await makeComment({ postId: post.id, status: 'spam', createdAt: new Date(now.getTime() - Math.floor(at / 3) * 1000) });
  const ids: string[] = [];
  for (let after: string | null = null, page = 0; page < 5; page += 1) {
    const view = await findQueue(owner, wholeQueue('spam'), 'newest', after, null);
    ids.push(...view.cards.map((card) => card.id));
    after = view.next;
    if (after === null) break;
  }
  expect(ids).toHaveLength(60);
  expect(new Set(ids).size).toBe(60);
});

test('events are append-only: the database itself refuses to change or delete one', async () => {
  const { owner, comment } = await scene();
  await decideComment(owner, seen(comment, 'approve'), now);
  await expect(database.sql.query(`UPDATE "ModerationEvent" SET decision = 'spam'`)).rejects.toThrow();
  await expect(database.sql.query(`DELETE FROM "ModerationEvent"`)).rejects.toThrow();
});

test('the database itself refuses a reply on another post, a sixth level and a second thread beginning', async () => {
  const { owner, post, comment } = await scene();
  const other = await makePost({ authorId: owner.userId });
  await expect(makeComment({ postId: other.id, parent: comment })).rejects.toThrow();
  await expect(database.sql.query(`UPDATE "Comment" SET depth = 6 WHERE id = $1`, [comment.id])).rejects.toThrow();
  await expect(database.sql.query(`UPDATE "Comment" SET depth = 2 WHERE id = $1`, [comment.id])).rejects.toThrow();
  await expect(makePost({ authorId: owner.userId, slug: post.slug })).rejects.toThrow();
});
