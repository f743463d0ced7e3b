import { describe, expect, test } from 'vitest';
import { deleteDueAccounts } from '@/lib/account/commands';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { runBulkAct, startBulkAct } from '@/lib/moderation/bulk';
import { findQueue } from '@/lib/moderation/queries';
import { sendDecisionMails } from '@/lib/moderation/decision-mail';
import { wholeQueue } from '@/lib/moderation/rules';
import { BATCH_COMMENTS, bulkSchema, queueFilterSchema, type Reason } from '@/lib/moderation/schema';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { daysAgo, now, person, viewOf } from './scene';

const database = useDatabase();

test('an address that a word of the owner’s found in a comment stands on the cards of owners alone', async () => {
  const [owner, moderator, author] = [await person('owner'), await person('moderator'), await person('author')];
  const post = await makePost({ authorId: author.userId });
  const comment = await makeComment({ postId: post.id, status: 'pending', name: 'Pest', email: 'pest@example.com' });
  const reasons: Reason[] = [{ rule: 'held-word', word: 'pest@example.com' }];
  await db().moderationEvent.create({ data: { id: newId(), commentId: comment.id, decision: 'submit', toStatus: 'pending', reasons, createdAt: daysAgo(1) } });
  const view = async (viewer: typeof owner) => JSON.stringify(await findQueue(viewer, wholeQueue('pending'), 'newest', null, null, now));
  expect(await view(owner)).toContain('pest@example.com');
  for (const viewer of [moderator, author]) expect(await view(viewer)).not.toContain('pest@example.com');
});

describe('what an address or a form says is nothing that the database cannot read', () => {
  test('words that are searched for', async () => {
    const owner = await person('owner');
    const post = await makePost({ authorId: owner.userId });
    await makeComment({ postId: post.id, status: 'pending', source: 'It is a fine owl, and a nest.' });
    const words = ["'", "''", "it's", "a'b'c", '\\', 'a\\', "\\'", '"', '"a b', '-"a b', '-a', '!a', 'a & b', 'a | !b', 'a <-> b', '(a', 'a:*', ':*', 'or', 'a or', 'or b', '-', '--', 'example.com/a?b=c', 'a@b.example', '\u0001', 'é́', '漢字', '🦉', 'a\tb', '1e9', '-1', 'x'.repeat(200), "x'".repeat(100), '\\x'.repeat(100)];
    for (const typed of words) {
      const filter = queueFilterSchema.parse({ queue: 'pending', q: typed });
      expect(Array.isArray((await viewOf(owner, filter)).cards), JSON.stringify(typed)).toBe(true);
    }
    expect((await viewOf(owner, queueFilterSchema.parse({ queue: 'pending', q: 'ow' }))).cards).toHaveLength(1);
  });

  test('a post with a NUL in its name, and days at the ends of time', async () => {
    const owner = await person('owner');
    const asked = [{ post: 'a\0b' }, { q: 'a\0b' }, { q: '\0' }, { from: '0000-01-01' }, { from: '0001-01-01' }, { from: '0100-01-01' }, { to: '9999-12-31' }, { from: '9999-12-31', to: '0100-01-01' }, { from: ['a', 'b'], q: ['a'], post: ['a'], person: ['a'], network: ['a'], rule: ['a'] }];
    for (const words of asked) {
      expect((await viewOf(owner, queueFilterSchema.parse({ queue: 'pending', ...words }))).cards, JSON.stringify(words)).toEqual([]);
    }
  });

  test('a moment that was never', () => {
    const sent = (until: string) => bulkSchema.safeParse({ filter: '{}', until, decision: 'trash' }).success;
    expect(sent('2026-11-25T12:00:00.000Z')).toBe(true);
    for (const until of ['0000-01-01T00:00:00Z', '0000-06-01T00:00:00.000Z', '', 'now']) expect(sent(until), until).toBe(false);
  });
});

test('“delete permanently” of all that a guest wrote goes on when the comment that names them is gone', async () => {
  const owner = await person('owner');
  const post = await makePost({ authorId: owner.userId });
  for (let made = 0; made < BATCH_COMMENTS + 5; made += 1) await makeComment({ postId: post.id, status: 'trash', email: 'pest@example.com', createdAt: daysAgo(1) });
  const first = await db().comment.findFirstOrThrow({ orderBy: { id: 'asc' } });
  const filter = queueFilterSchema.parse({ queue: 'trash', person: first.publicId });
  const act = await startBulkAct(owner, { filter, until: now, decision: 'delete' }, now);
  if (!act.ok) throw new Error(act.message);
  await runBulkAct(act.value.id, () => now);
  expect(await db().comment.count({ where: { status: 'deleted' } })).toBe(BATCH_COMMENTS + 5);
  expect(await db().bulkAct.findUniqueOrThrow({ where: { id: act.value.id } })).toMatchObject({ done: BATCH_COMMENTS + 5, left: 0, finishedAt: now });
});

test('of one report its reporter is told once, whatever has been noted of it', async () => {
  const [owner, reporter] = [await person('owner'), await person('reader', { email: 'reporter@example.com' })];
  await db().user.update({ where: { id: reporter.userId }, data: { emailVerified: now } });
  const post = await makePost({ authorId: owner.userId });
  const comment = await makeComment({ postId: post.id, status: 'trash' });
  const event = newId();
  await db().moderationEvent.create({ data: { id: event, commentId: comment.id, actorId: owner.userId, decision: 'trash', fromStatus: 'approved', toStatus: 'trash', createdAt: now } });
  await db().report.create({ data: { id: newId(), commentId: comment.id, reason: 'unkind', userId: reporter.userId, tellOutcome: true, createdAt: daysAgo(1), answeredAt: now, answer: 'trash' } });
  await sendDecisionMails({ event, origin: 'http://localhost' }, now);
  // As the second of two that run at the same moment has read it.
  await db().report.updateMany({ data: { tellOutcome: true } });
  await sendDecisionMails({ event, origin: 'http://localhost' }, now);
  expect(await db().mail.count({ where: { to: 'reporter@example.com' } })).toBe(1);
});

test('an account that is deleted while a mail about its comment is written does not wait for it in a ring', async () => {
  const [owner, leaver] = [await person('owner'), await person('reader')];
  const post = await makePost({ authorId: owner.userId });
  const comment = await makeComment({ postId: post.id, userId: leaver.userId });
  await db().report.create({ data: { id: newId(), commentId: comment.id, reason: 'unkind', words: 'Rude.', createdAt: daysAgo(1) } });
  await db().user.update({ where: { id: leaver.userId }, data: { deleteAt: now, deleteComments: 'anonymise' } });
  let deleted: Promise<void> | undefined;
  await db().$transaction(async (tx) => {
    // As lib/moderation/decision-mail.ts does it.
    await tx.$queryRaw`SELECT 1 FROM "Comment" WHERE id = ${comment.id}::uuid FOR SHARE`;
    deleted = deleteDueAccounts(now);
    const isWaiting = async () => (await database.sql.query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)).rows.length > 0;
    await expect.poll(isWaiting, { timeout: 20_000 }).toBe(true);
    await tx.report.updateMany({ where: { commentId: comment.id }, data: { tellOutcome: false } });
  }, { timeout: 30_000 });
  await deleted;
  expect(await db().user.count({ where: { id: leaver.userId } })).toBe(0);
});
