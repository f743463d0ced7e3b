import { beforeEach, describe, expect, test } from 'vitest';
import { newAnswer, withAnswer } from '@/lib/answer';
import { deleteDueAccounts } from '@/lib/account/commands';
import { submitComment } from '@/lib/comments/commands';
import { db } from '@/lib/db/client';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { decideComment, decideMany, editComment, undoBatch, undoDecision } from '@/lib/moderation/commands';
import { declineComment } from '@/lib/moderation/declining';
import { reportComment } from '@/lib/moderation/reporting';
import type { Act } from '@/lib/moderation/schema';
import { saveWorking } from '@/lib/posts/editing';
import type { PostAct, Saved } from '@/lib/posts/post-form';
import { publishDue } from '@/lib/posts/publish-job';
import { actOnPost } from '@/lib/posts/publishing';
import { restorePost, trashPost } from '@/lib/posts/trash';
import { lockPost, seenOf as seenOfPost } from '@/lib/posts/working-copy';
import type { Result } from '@/lib/result';
import { causeWebhooks } from '@/lib/webhooks/causing';
import { addWebhook, switchWebhook } from '@/lib/webhooks/commands';
import { CHOSEN_EVENTS, type ChosenEvent } from '@/lib/webhooks/schema';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();

const now = new Date('2099-11-27T12:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const nobodyKnows = (_: string, __: unknown, callback: (error: Error, address: string) => void) => callback(new Error('unknown'), '');

async function person(role: Role, given: object = {}): Promise<Person> {
  const user = await makeUser({ role, emailVerified: now, ...given });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}

let owner: Person;
let post: { id: string; slug: string };
beforeEach(async () => {
  owner = await person('owner');
  post = await makePost({ authorId: owner.userId, title: 'Open', slug: 'open', publishedAt: new Date('2026-01-01') });
});

const hook = async (events: readonly ChosenEvent[] = CHOSEN_EVENTS, name = 'hooks') => {
  valueOf(await addWebhook(owner, { url: `https://${name}.example/`, events: [...events] }, now, nobodyKnows));
  return (await db().webhook.findFirstOrThrow({ where: { url: `https://${name}.example/` } })).id;
};
const told = async () => (await db().webhookDelivery.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(({ event, facts }) => [event, facts]);
const jobs = async () => (await database.sql.query<{ data: { id: string; turn: number } }>("SELECT data FROM pgboss.job WHERE name = 'webhook'")).rows.map(({ data }) => data);
const onBlog = <T>(work: () => Promise<T>) => withAnswer(newAnswer({ requestId: 'x', clientIp: '192.0.2.1', origin: 'https://blog.example' }), work);

const GUEST: Actor = { kind: 'guest', writerHash: 'a'.repeat(64) };
const submit = (comment = 'So true.', email = 'ines@example.com') =>
  onBlog(() => submitComment(GUEST, { post: 'open', parent: '', comment, guest: { name: 'Ines', email, website: '' } }, '192.0.2.1', now));
const seenOf = async (id: string) => {
  const { publicId: comment, revision, status: seenStatus } = await db().comment.findUniqueOrThrow({ where: { id } });
  return { comment, revision, seenStatus };
};
const decide = async (id: string, decision: Act, minutes: number) => valueOf(await decideComment(owner, { ...(await seenOf(id)), decision }, later(minutes)));

describe('a comment', () => {
  test('that is written is told of with its job, in the transaction that takes it', async () => {
    await hook();
    valueOf(await submit());
    const comment = await db().comment.findFirstOrThrow();
    const [delivery, ...more] = await db().webhookDelivery.findMany();
    expect(more).toEqual([]);
    expect(delivery).toMatchObject({ event: 'commentCreated', commentId: comment.id, postId: null, facts: { status: 'pending', reasons: ['first-comment'] }, origin: 'https://blog.example', turn: 0, nextTryAt: now, createdAt: now });
    expect(await jobs()).toEqual([{ id: delivery?.id, turn: 0 }]);
    // Nothing that anybody wrote is kept with it.
    expect(JSON.stringify(delivery)).not.toMatch(/true\.|Ines|ines@/);
  });

  test('that is refused, or whose transaction is taken back, is told of to nobody', async () => {
    await hook();
    valueOf(await submit());
    expect(await submit()).toMatchObject({ ok: false, code: 'duplicate' });
    const { id: commentId } = await db().comment.findFirstOrThrow();
    await expect(db().$transaction(async (tx) => {
      await causeWebhooks(tx, [{ event: 'commentCreated', commentId, status: 'pending', rules: [] }], now);
      throw new Error('no');
    })).rejects.toThrow('no');
    expect([(await told()).length, (await jobs()).length]).toEqual([1, 1]);
  });

  test('that is decided on is told of at every decision: by button, edit, undo, together, declined', async () => {
    await hook(['commentDecided']);
    const [one, two] = [await makeComment({ postId: post.id, status: 'pending' }), await makeComment({ postId: post.id, status: 'pending' })];
    const approved = await decide(one.id, 'approve', 1);
    valueOf(await undoDecision(owner, approved.event, later(2)));
    valueOf(await editComment(owner, { ...(await seenOf(one.id)), source: 'Other words.' }, later(3)));
    const { batch } = valueOf(await decideMany(owner, [await seenOf(one.id), await seenOf(two.id)], 'spam', later(4)));
    valueOf(await undoBatch(owner, batch, later(5)));
    valueOf(await declineComment(owner, { ...(await seenOf(two.id)), reason: 'unkind', words: 'Please be kind.' }, later(6)));
    await decide(two.id, 'delete', 7);
    const fact = (decision: string, from: string, status: string, reasons: string[] = []) => ['commentDecided', { decision, from, status, reasons }];
    expect(await told()).toEqual([
      fact('approve', 'pending', 'approved'), fact('undo', 'approved', 'pending'), fact('edit', 'pending', 'pending'),
      fact('spam', 'pending', 'spam'), fact('spam', 'pending', 'spam'), fact('undo', 'spam', 'pending'), fact('undo', 'spam', 'pending'),
      fact('decline', 'pending', 'trash', ['declined']), fact('delete', 'trash', 'deleted'),
    ]);
  });

  test('that readers’ reports take off the page is told of, one that stays is not', async () => {
    await hook();
    const [kept, held] = [await makeComment({ postId: post.id }), await makeComment({ postId: post.id })];
    const report = (comment: string, reason: 'spam' | 'private') => reportComment(GUEST, { comment, reason, words: '', tellOutcome: false }, '192.0.2.7', later(1));
    valueOf(await report(kept.publicId, 'spam'));
    valueOf(await report(held.publicId, 'private'));
    expect(await told()).toEqual([['commentDecided', { decision: 'report', from: 'approved', status: 'pending', reasons: ['reported'] }]]);
  });
});

describe('a webhook', () => {
  test('is told of what it chose, by itself, and while it is on', async () => {
    const [all, posts] = [await hook(), await hook(['postPublished'], 'posts')];
    const off = await hook(CHOSEN_EVENTS, 'off');
    valueOf(await switchWebhook(owner, off, false));
    valueOf(await submit());
    const comment = await db().comment.findFirstOrThrow();
    await decide(comment.id, 'approve', 1);
    expect((await db().webhookDelivery.findMany()).map(({ webhookId }) => webhookId)).toEqual([all, all]);
    expect(await db().webhookDelivery.count({ where: { webhookId: posts } })).toBe(0);
  });

  test('that is deleted while a comment comes makes no comment fail', async () => {
    const id = await hook();
    const deleter = await database.sql.connect();
    try {
      await deleter.query('BEGIN');
      await deleter.query('DELETE FROM "Webhook" WHERE id = $1', [id]);
      const sent = submit();
      await expect.poll(async () => (await database.sql.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).rowCount).toBe(1);
      await deleter.query('COMMIT');
      expect(await sent).toMatchObject({ ok: true });
    } finally {
      deleter.release();
    }
    expect([await db().comment.count(), await db().webhookDelivery.count()]).toEqual([1, 0]);
  });

  test('makes a comment wait for nothing that is sent', async () => {
    const id = await hook();
    const sender = await database.sql.connect();
    try {
      await sender.query('BEGIN');
      await sender.query('SELECT 1 FROM "Webhook" WHERE id = $1 FOR NO KEY UPDATE', [id]);
      expect(await submit()).toMatchObject({ ok: true });
      await sender.query('ROLLBACK');
    } finally {
      sender.release();
    }
  });
});

const TAB = newId();
const write = async (title = 'Rain') => valueOf(await saveWorking(owner, { id: newId(), kind: 'post', fields: { title, html: '<p>Wet</p>', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false }, seen: '', tab: TAB }, now));
const act = async ({ id, seen }: Pick<Saved, 'id' | 'seen'>, what: PostAct, when = now) => valueOf(await actOnPost(owner, { id, seen, act: what }, when));
const published = async () => (await db().webhookDelivery.findMany({ where: { event: 'postPublished' } })).map(({ postId }) => postId);

describe('a post is told of once in its life', () => {
  test('however often it goes in and comes out', async () => {
    await hook();
    let saved = await act(await write(), { to: 'published' });
    for (const to of ['update', 'draft', 'published', 'private', 'published', 'unlisted', 'published'] as const) saved = await act(saved, { to }, later(1));
    valueOf(await trashPost(owner, saved.id, later(2)));
    valueOf(await restorePost(owner, saved.id, later(3)));
    expect(await published()).toEqual([saved.id]);
  });

  test('when everybody may read it, not before', async () => {
    await hook();
    let saved = await write();
    for (const what of [{ to: 'private' }, { to: 'password', password: 'open' }, { to: 'unlisted' }, { to: 'scheduled', at: '2099-11-27T14:00' }] as const) saved = await act(saved, what);
    expect(await published()).toEqual([]);
    await act(saved, { to: 'published' }, later(1));
    expect(await published()).toEqual([saved.id]);
  });

  test('when its hour comes, by whichever process', async () => {
    await hook();
    const saved = await act(await write(), { to: 'scheduled', at: '2099-11-27T12:30' });
    await publishDue(later(29));
    expect(await published()).toEqual([]);
    await Promise.all([publishDue(later(31)), publishDue(later(31)), publishDue(later(31))]);
    await publishDue(later(32));
    expect(await published()).toEqual([saved.id]);
  });

  test('and not when it came out before there was anybody to tell, or by an import', async () => {
    await hook();
    const seen = await db().$transaction(async (tx) => seenOfPost((await lockPost(tx, post.id))!));
    let saved = await act({ id: post.id, seen }, { to: 'private' }, later(1));
    saved = await act(saved, { to: 'published' }, later(2));
    expect([saved.state, await published()]).toEqual(['published', []]);
  });
});

test('a comment that goes with its writer’s account is told of as deleted', async () => {
  const reader = await person('reader');
  await makeComment({ postId: post.id, userId: reader.userId });
  await db().user.update({ where: { id: reader.userId }, data: { deleteAt: now, deleteComments: 'remove' } });
  await hook();
  await deleteDueAccounts(later(1));
  expect(await told()).toEqual([['commentDecided', { decision: 'delete', from: 'approved', status: 'deleted', reasons: [] }]]);
});
