import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person, Role } from '@/lib/identity/schema';
import { countForBulkAct, findBulkAct, findRunningBulkAct, runBulkAct, startBulkAct, stopBulkAct, undoWhole } from '@/lib/moderation/bulk';
import { decideComment } from '@/lib/moderation/commands';
import { BATCH_COMMENTS, queueFilterSchema, type BulkProgress, type CommentStatus, type SeenComment } from '@/lib/moderation/schema';
import type { Result } from '@/lib/result';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();

const now = new Date('2026-11-25T20:00:00Z');
const before = new Date('2026-11-25T19:00:00Z');
const after = new Date('2026-11-25T20:00:01Z');
const MANY = BATCH_COMMENTS + 20;

async function person(role: Role): Promise<Person> {
  const user = await makeUser({ role });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

const makeMany = async (count: number, given: { postId: string; status?: CommentStatus }) => {
  for (let made = 0; made < count; made += 20) {
    await db().$transaction(async (tx) => {
      for (let one = made; one < Math.min(made + 20, count); one += 1) await makeComment({ status: 'pending', createdAt: before, ...given }, tx);
    });
  }
};

async function scene(count = MANY) {
  const owner = await person('owner');
  const post = await makePost({ authorId: owner.userId });
  await makeMany(count, { postId: post.id });
  return { owner, moderator: await person('moderator'), post };
}

const pending = queueFilterSchema.parse({ queue: 'pending' });

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

const start = async (actor: Person, decision: 'approve' | 'trash' | 'spam' | 'delete', filter = pending) => valueOf(await startBulkAct(actor, { filter, until: now, decision }, now));
const clock = () => now;

/** A process that is killed in its second step. */
function dyingClock(): () => Date {
  let asked = 0;
  return () => {
    // Once for the end of its time, once for the first step.
    asked += 1;
    if (asked > 2) throw new Error('killed');
    return now;
  };
}

const countIn = (status: CommentStatus) => db().comment.count({ where: { status } });
const eventsPerComment = async () => {
  const groups = await db().moderationEvent.groupBy({ by: ['commentId'], where: { batchId: { not: null } }, _count: true });
  return [groups.length, Math.max(0, ...groups.map(({ _count }) => _count))];
};
const isUndo = (value: object): value is BulkProgress => 'total' in value;

describe('an act on all that match a filter', () => {
  test('is begun with the count that was confirmed and done by its job, each comment once', async () => {
    const { moderator, post } = await scene();
    expect(valueOf(await countForBulkAct(moderator, pending, now))).toEqual({ total: MANY, until: now });
    const act = await start(moderator, 'approve');
    expect(act).toMatchObject({ decision: 'approve', total: MANY, done: 0, left: 0, isFinished: false });
    const { rows } = await database.sql.query(`SELECT name, data FROM pgboss.job`);
    expect(rows).toEqual([{ name: 'bulk', data: { id: act.id, origin: 'http://localhost' } }]);
    expect(await findRunningBulkAct(moderator)).toEqual(act);

    await runBulkAct(act.id, clock);
    expect(await findBulkAct(moderator, act.id)).toEqual({ id: act.id, decision: 'approve', total: MANY, done: MANY, left: 0, isFinished: true, isStopped: false });
    expect(await findRunningBulkAct(moderator)).toBeNull();
    expect(await countIn('approved')).toBe(MANY);
    expect(await eventsPerComment()).toEqual([MANY, 1]);
    expect((await db().post.findUniqueOrThrow({ where: { id: post.id } })).approvedCount).toBe(MANY);
  });

  test('killed halfway goes on where it was, and done again does nothing twice', async () => {
    const { moderator } = await scene();
    const { id } = await start(moderator, 'spam');
    await expect(runBulkAct(id, dyingClock())).rejects.toThrow('killed');
    expect(await findBulkAct(moderator, id)).toMatchObject({ done: BATCH_COMMENTS, isFinished: false });
    expect(await countIn('spam')).toBe(BATCH_COMMENTS);
    await runBulkAct(id, clock);
    await runBulkAct(id, clock);
    expect(await findBulkAct(moderator, id)).toMatchObject({ done: MANY, left: 0, isFinished: true });
    expect(await eventsPerComment()).toEqual([MANY, 1]);
  });

  test('done by two workers at once is done once', async () => {
    const { moderator } = await scene();
    const { id } = await start(moderator, 'trash');
    await Promise.all([runBulkAct(id, clock), runBulkAct(id, clock)]);
    expect(await findBulkAct(moderator, id)).toMatchObject({ done: MANY, left: 0, isFinished: true });
    expect(await eventsPerComment()).toEqual([MANY, 1]);
  });

  test('hands over to a new job when its time is up', async () => {
    const { moderator } = await scene();
    const { id } = await start(moderator, 'trash');
    await database.sql.query(`UPDATE pgboss.job SET state = 'active'`);
    const times = [0, 60_000];
    await runBulkAct(id, () => new Date(now.getTime() + (times.shift() ?? 60_000)));
    expect(await findBulkAct(moderator, id)).toMatchObject({ done: BATCH_COMMENTS, isFinished: false });
    const { rows } = await database.sql.query(`SELECT data, state FROM pgboss.job ORDER BY state`);
    const data = { id, origin: 'http://localhost' };
    expect(rows).toEqual([{ data, state: 'created' }, { data, state: 'active' }]);
  });

  test('leaves alone what came after it was counted, and what does not match', async () => {
    const { moderator, post } = await scene(3);
    const other = await makePost({ authorId: moderator.userId });
    await makeMany(2, { postId: other.id });
    const filter = queueFilterSchema.parse({ queue: 'pending', post: post.slug });
    const act = await start(moderator, 'approve', filter);
    const late = await makeComment({ postId: post.id, status: 'pending', createdAt: after });
    await runBulkAct(act.id, clock);
    expect(await findBulkAct(moderator, act.id)).toMatchObject({ total: 3, done: 3, left: 0 });
    expect(await countIn('pending')).toBe(3);
    expect((await db().comment.findUniqueOrThrow({ where: { id: late.id } })).status).toBe('pending');
  });

  test('counts as left what somebody else decided on meanwhile, and what it does not apply to', async () => {
    const { owner, moderator, post } = await scene(4);
    await makeMany(2, { postId: post.id, status: 'approved' });
    const act = await start(moderator, 'approve', queueFilterSchema.parse({ queue: 'all' }));
    const one = await db().comment.findFirstOrThrow({ where: { status: 'pending' } });
    const seen: SeenComment = { comment: one.publicId, revision: one.revision, seenStatus: one.status };
    valueOf(await decideComment(owner, { ...seen, decision: 'spam' }, now));
    await runBulkAct(act.id, clock);
    expect(await findBulkAct(moderator, act.id)).toMatchObject({ total: 6, done: 3, left: 3, isFinished: true });
    expect([await countIn('approved'), await countIn('spam')]).toEqual([5, 1]);
  });

  test('stops when who began it has no such role any more', async () => {
    const { moderator } = await scene();
    const { id } = await start(moderator, 'trash');
    await expect(runBulkAct(id, dyingClock())).rejects.toThrow('killed');
    await db().user.update({ where: { id: moderator.userId }, data: { role: 'author' } });
    await runBulkAct(id, clock);
    expect(await findBulkAct(moderator, id)).toMatchObject({ done: BATCH_COMMENTS, left: MANY - BATCH_COMMENTS, isFinished: true });
    expect(await countIn('pending')).toBe(MANY - BATCH_COMMENTS);
  });

  test('stops when who began it is banned', async () => {
    const { moderator } = await scene(3);
    const { id } = await start(moderator, 'trash');
    await db().user.update({ where: { id: moderator.userId }, data: { standing: 'banned' } });
    await runBulkAct(id, clock);
    expect(await findBulkAct(moderator, id)).toMatchObject({ done: 0, left: 3, isFinished: true });
  });

  test('of an author means the comments under their own posts', async () => {
    await scene(3);
    const author = await person('author');
    const own = await makePost({ authorId: author.userId });
    await makeMany(2, { postId: own.id });
    const act = await start(author, 'trash');
    await runBulkAct(act.id, clock);
    expect(await findBulkAct(author, act.id)).toMatchObject({ total: 2, done: 2 });
    expect(await countIn('trash')).toBe(2);
  });

  test('that deletes empties every one, and cannot be taken back', async () => {
    const { moderator, post } = await scene(0);
    await makeMany(3, { postId: post.id, status: 'trash' });
    const act = await start(moderator, 'delete', queueFilterSchema.parse({ queue: 'trash' }));
    await runBulkAct(act.id, clock);
    expect(await db().comment.count({ where: { status: 'deleted', source: '' } })).toBe(3);
    expect(valueOf(await undoWhole(moderator, act.id, now))).toMatchObject({ decided: [], refused: [{}, {}, {}] });
  });

  test('on nothing is refused', async () => {
    const { moderator } = await scene(0);
    expect(await startBulkAct(moderator, { filter: pending, until: now, decision: 'trash' }, now)).toMatchObject({ ok: false, code: 'conflict' });
  });

  test('tells its progress to nobody but who began it', async () => {
    const { owner, moderator } = await scene(1);
    const { id } = await start(moderator, 'trash');
    expect(await findBulkAct(owner, id)).toBeNull();
    expect(await findBulkAct({ kind: 'guest', writerHash: null }, id)).toBeNull();
  });
});

describe('its end before it is done', () => {
  test('leaves the rest as it is, for good, and says so', async () => {
    const { moderator } = await scene();
    const { id } = await start(moderator, 'trash');
    await expect(runBulkAct(id, dyingClock())).rejects.toThrow('killed');
    const stopped = { id, done: BATCH_COMMENTS, left: MANY - BATCH_COMMENTS, isFinished: true, isStopped: true };
    expect(valueOf(await stopBulkAct(moderator, id, now))).toMatchObject(stopped);
    await runBulkAct(id, clock);
    expect(valueOf(await stopBulkAct(moderator, id, after))).toMatchObject(stopped);
    expect(await findRunningBulkAct(moderator)).toBeNull();
    expect(await countIn('trash')).toBe(BATCH_COMMENTS);
  });

  test('at the very moment of a step is before it or after it', async () => {
    const { moderator } = await scene();
    const { id } = await start(moderator, 'trash');
    const [, stopped] = await Promise.all([runBulkAct(id, clock), stopBulkAct(moderator, id, now)]);
    expect(valueOf(stopped).done).toBe(await countIn('trash'));
    expect(valueOf(stopped).done + valueOf(stopped).left).toBe(MANY);
  });

  test('of one that is done changes nothing', async () => {
    const { moderator } = await scene(3);
    const { id } = await start(moderator, 'trash');
    await runBulkAct(id, clock);
    expect(valueOf(await stopBulkAct(moderator, id, now))).toMatchObject({ done: 3, left: 0, isStopped: false });
  });

  test('is for nobody but who began it', async () => {
    const { owner, moderator } = await scene(1);
    const { id } = await start(moderator, 'trash');
    for (const actor of [owner, { kind: 'guest', writerHash: null } as const]) expect(await stopBulkAct(actor, id, now)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await findBulkAct(moderator, id)).toMatchObject({ isFinished: false });
  });

  test('comes with its undo: what is taken back is not done again behind it', async () => {
    const { moderator } = await scene();
    const { id } = await start(moderator, 'trash');
    await expect(runBulkAct(id, dyingClock())).rejects.toThrow('killed');
    expect(valueOf(await undoWhole(moderator, id, now))).toMatchObject({ refused: [] });
    await runBulkAct(id, clock);
    expect(await findBulkAct(moderator, id)).toMatchObject({ isStopped: true });
    expect(await countIn('pending')).toBe(MANY);
  });
});

describe('its undo', () => {
  test('of more than one step is a bulk act of its own, killed halfway or not', async () => {
    const { moderator } = await scene();
    const act = await start(moderator, 'trash');
    await runBulkAct(act.id, clock);
    const undo = valueOf(await undoWhole(moderator, act.id, now));
    if (!isUndo(undo)) throw new Error('It was taken back at once.');
    expect(undo).toMatchObject({ decision: 'undo', total: MANY, isFinished: false });
    await expect(runBulkAct(undo.id, dyingClock())).rejects.toThrow('killed');
    await Promise.all([runBulkAct(undo.id, clock), runBulkAct(undo.id, clock)]);
    expect(await findBulkAct(moderator, undo.id)).toMatchObject({ done: MANY, left: 0, isFinished: true });
    expect(await countIn('pending')).toBe(MANY);
    expect(await eventsPerComment()).toEqual([MANY, 2]);
  });

  test('of one step happens at once, and leaves what was decided on after it', async () => {
    const { owner, moderator } = await scene(3);
    const act = await start(moderator, 'trash');
    await runBulkAct(act.id, clock);
    const one = await db().comment.findFirstOrThrow({ where: { status: 'trash' } });
    valueOf(await decideComment(owner, { comment: one.publicId, revision: one.revision, seenStatus: 'trash', decision: 'spam' }, now));
    const undone = valueOf(await undoWhole(moderator, act.id, now));
    expect(undone).toMatchObject({ decided: [{ to: 'pending' }, { to: 'pending' }], refused: [{ comment: one.publicId }] });
    expect([await countIn('pending'), await countIn('spam')]).toEqual([2, 1]);
  });
});
