import { describe, expect, test } from 'vitest';
import { submitComment } from '@/lib/comments/commands';
import { findDiscussion } from '@/lib/comments/discussion';
import { BEGINNING } from '@/lib/comments/rules';
import { db } from '@/lib/db/client';
import type { Person, Role } from '@/lib/identity/schema';
import { decideComment, decideMany, editComment, undoBatch, undoDecision } from '@/lib/moderation/commands';
import type { CommentStatus, SeenComment } from '@/lib/moderation/schema';
import type { Result } from '@/lib/result';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2026-11-25T20:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const later = (days: number) => new Date(now.getTime() + days * DAY_MS);

async function person(role: Role): Promise<Person> {
  const user = await makeUser({ role, name: `The ${role}` });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

async function scene(status: CommentStatus = 'pending', source = 'As it was.') {
  const owner = await person('owner');
  const post = await makePost({ authorId: owner.userId, publishedAt: new Date('2026-11-01T08:00:00Z') });
  const comment = await makeComment({ postId: post.id, status, source });
  return { owner, post, comment };
}

type Commented = { publicId: string; revision: number; status: CommentStatus };
const seen = ({ publicId, revision, status }: Commented): SeenComment => ({ comment: publicId, revision, seenStatus: status });
const stateOf = (id: string) => db().comment.findUniqueOrThrow({ where: { id }, select: { publicId: true, status: true, revision: true, source: true, html: true, editedAt: true } });
const countsOf = async (id: string) => (await db().post.findUniqueOrThrow({ where: { id } })).approvedCount;

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

describe('an edit', () => {
  test('is seen by readers as an edit, keeps the earlier text, and its undo brings text and mark back', async () => {
    const { owner, post, comment } = await scene('approved');
    const edited = valueOf(await editComment(owner, { ...seen(comment), source: 'As it **is**.' }, now));
    expect(await stateOf(comment.id)).toMatchObject({ status: 'approved', revision: 2, source: 'As it **is**.', editedAt: now });
    const shown = async () => (await findDiscussion({ ...post, authorIsClaimed: true }, BEGINNING))?.threads[0];
    expect(await shown()).toMatchObject({ isEdited: true, html: expect.stringContaining('<strong>is</strong>') });
    expect(await db().commentRevision.findMany({ where: { commentId: comment.id } })).toMatchObject([{ revision: 1, source: 'As it was.', editedAt: null }]);

    valueOf(await undoDecision(owner, edited.event, later(1)));
    expect(await stateOf(comment.id)).toMatchObject({ revision: 3, source: 'As it was.', editedAt: null });
    expect(await shown()).toMatchObject({ isEdited: false, html: expect.stringContaining('As it was.') });
  });

  test('of what somebody else has edited meanwhile is told who did, and changes nothing', async () => {
    const { owner, comment } = await scene('approved');
    const moderator = await person('moderator');
    const [first, second] = await Promise.all([
      editComment(owner, { ...seen(comment), source: 'One.' }, now),
      editComment(moderator, { ...seen(comment), source: 'Two.' }, now),
    ]);
    const refused = first.ok ? second : first;
    expect([first.ok, second.ok].sort()).toEqual([false, true]);
    expect(refused).toMatchObject({ code: 'conflict', message: expect.stringMatching(/^The (owner|moderator) has edited this meanwhile/) });
    expect((await stateOf(comment.id)).revision).toBe(2);
  });

  test('makes a decision on the text from before it a conflict', async () => {
    const { owner, comment } = await scene();
    valueOf(await editComment(owner, { ...seen(comment), source: 'Other words.' }, now));
    expect(await decideComment(owner, { ...seen(comment), decision: 'approve' }, now)).toMatchObject({ ok: false, code: 'conflict' });
  });

  test('of an empty text, or of a mention, is refused', async () => {
    const { owner, post, comment } = await scene('approved');
    const mention = await makeComment({ postId: post.id, kind: 'mention' });
    expect(await editComment(owner, { ...seen(comment), source: '  ' }, now)).toMatchObject({ ok: false, code: 'invalid' });
    expect(await editComment(owner, { ...seen(mention), source: 'Mine.' }, now)).toMatchObject({ ok: false, code: 'conflict' });
  });
});

describe('what can be taken back', () => {
  test('the latest decision that stands: after an undo, the one before it', async () => {
    const { owner, comment } = await scene();
    const approved = valueOf(await decideComment(owner, { ...seen(comment), decision: 'approve' }, now));
    const trashed = valueOf(await decideComment(owner, { ...seen({ ...comment, status: 'approved' }), decision: 'trash' }, now));
    expect(await undoDecision(owner, approved.event, now)).toMatchObject({ ok: false, code: 'conflict' });
    expect(valueOf(await undoDecision(owner, trashed.event, now)).to).toBe('approved');
    expect(valueOf(await undoDecision(owner, approved.event, now)).to).toBe('pending');
    expect(await undoDecision(owner, approved.event, now)).toMatchObject({ ok: false });
  });

  test('for thirty days and no longer', async () => {
    const { owner, comment } = await scene();
    const { event } = valueOf(await decideComment(owner, { ...seen(comment), decision: 'spam' }, now));
    expect(await undoDecision(owner, event, later(30))).toMatchObject({ ok: false, code: 'conflict' });
    expect(await undoDecision(owner, event, new Date(later(30).getTime() - 1))).toMatchObject({ ok: true });
  });

  test('the events of a comment stand in the order in which they happened, whatever the clocks of the machines say', async () => {
    const { owner, comment } = await scene();
    const approved = valueOf(await decideComment(owner, { ...seen(comment), decision: 'approve' }, now));
    const trashed = valueOf(await decideComment(owner, { ...seen({ ...comment, status: 'approved' }), decision: 'trash' }, later(-1)));
    expect(await undoDecision(owner, approved.event, now)).toMatchObject({ ok: false });
    expect(valueOf(await undoDecision(owner, trashed.event, later(-1))).to).toBe('approved');
  });
});

describe('many at once', () => {
  test('are decided together and undone together; what somebody else has changed is left and told of', async () => {
    const { owner, post } = await scene();
    const comments = await Promise.all(Array.from({ length: 5 }, () => makeComment({ postId: post.id, status: 'pending' })));
    const [changed, ...others] = comments;
    valueOf(await decideComment(await person('moderator'), { ...seen(changed!), decision: 'spam' }, now));
    const made = valueOf(await decideMany(owner, comments.map(seen), 'approve', now));
    expect(made.decided).toHaveLength(4);
    expect(made.refused).toEqual([{ comment: changed!.publicId, message: expect.stringContaining('The moderator has moved this to Spam meanwhile') }]);
    expect(await countsOf(post.id)).toBe(4);

    const undone = valueOf(await undoBatch(owner, made.batch, now));
    expect(undone.decided).toHaveLength(4);
    expect(await countsOf(post.id)).toBe(0);
    for (const { id } of others) expect((await stateOf(id)).status).toBe('pending');
    expect((await stateOf(changed!.id)).status).toBe('spam');
    // Once taken back there is nothing left to take back.
    expect(valueOf(await undoBatch(owner, made.batch, now)).decided).toEqual([]);
  });

  test('by two people on the same comments: each comment is decided on once, and nobody waits for ever', async () => {
    const { owner, post } = await scene();
    const moderator = await person('moderator');
    const comments = await Promise.all(Array.from({ length: 12 }, () => makeComment({ postId: post.id, status: 'pending' })));
    const [approved, trashed] = await Promise.all([
      decideMany(owner, comments.map(seen), 'approve', now),
      decideMany(moderator, [...comments].reverse().map(seen), 'trash', now),
    ]);
    expect(valueOf(approved).decided.length + valueOf(trashed).decided.length).toBe(12);
    expect(await db().moderationEvent.count({ where: { commentId: { in: comments.map(({ id }) => id) } } })).toBe(12);
  });

  test('somebody else cannot take a batch back', async () => {
    const { owner, comment } = await scene();
    const { batch } = valueOf(await decideMany(owner, [seen(comment)], 'approve', now));
    for (const role of ['reader', 'author'] as const) expect(await undoBatch(await person(role), batch, now)).toMatchObject({ ok: false, code: 'not-found' });
    expect((await stateOf(comment.id)).status).toBe('approved');
  });
});

describe('a reply at the desk', () => {
  const reply = (post: { slug: string }, comment: Commented) => ({ post: post.slug, parent: comment.publicId, comment: 'Thank you.', guest: null, approving: seen(comment) });

  test('approves what it answers, and both are taken back together', async () => {
    const { owner, post, comment } = await scene();
    const sent = valueOf(await submitComment(owner, reply(post, comment), '203.0.113.7', now));
    expect((await stateOf(comment.id)).status).toBe('approved');
    expect(await countsOf(post.id)).toBe(2);
    valueOf(await undoBatch(owner, sent.batch!, now));
    expect((await stateOf(comment.id)).status).toBe('pending');
    expect(await db().comment.findUniqueOrThrow({ where: { publicId: sent.id } })).toMatchObject({ status: 'trash' });
    expect(await countsOf(post.id)).toBe(0);
  });

  test('that is refused approves nothing', async () => {
    const { owner, post, comment } = await scene();
    const other = await makeComment({ postId: post.id });
    valueOf(await submitComment(owner, { ...reply(post, other) }, '203.0.113.7', now));
    const decided = valueOf(await decideComment(owner, { ...seen(comment), decision: 'spam' }, now));
    expect(await submitComment(owner, reply(post, comment), '203.0.113.7', now)).toMatchObject({ ok: false });
    valueOf(await undoDecision(owner, decided.event, now));
    expect((await stateOf(comment.id)).status).toBe('pending');
    // The same words under the same comment again.
    expect(await submitComment(owner, reply(post, other), '203.0.113.7', now)).toMatchObject({ ok: false, code: 'duplicate' });
  });

  test('by somebody who may not decide answers nothing that waits', async () => {
    const { post, comment } = await scene();
    expect(await submitComment(await person('reader'), reply(post, comment), '203.0.113.7', now)).toMatchObject({ ok: false });
    expect((await stateOf(comment.id)).status).toBe('pending');
  });
});

describe('the counts of the queues', () => {
  const total = async (status: CommentStatus) => (await db().queueCount.aggregate({ where: { postId: null, status }, _sum: { count: true } }))._sum.count ?? 0;

  test('follow every change, one row or many, by whatever statement', async () => {
    const before = { pending: await total('pending'), approved: await total('approved'), spam: await total('spam') };
    const { post } = await scene('approved');
    await makeComment({ postId: post.id, status: 'pending' });
    await makeComment({ postId: post.id, status: 'pending' });
    expect(await total('pending')).toBe(before.pending + 2);
    await db().comment.updateMany({ where: { postId: post.id, status: 'pending' }, data: { status: 'spam' } });
    expect([await total('pending'), await total('spam'), await total('approved')]).toEqual([before.pending, before.spam + 2, before.approved + 1]);
    await db().comment.deleteMany({ where: { postId: post.id } });
    expect([await total('pending'), await total('spam'), await total('approved')]).toEqual([before.pending, before.spam, before.approved]);
  });
});
