import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { sendJob } from '@/lib/jobs';
import { NETWORK_KEY_DAYS, networkMarker } from '@/lib/network-keys';
import { sendMail } from '@/lib/notifications/outbox';
import { findRetention, keepRetention } from '@/lib/privacy/retention';
import { setRetention } from '@/lib/privacy/retention-settings';
import { RETENTION_DEFAULTS } from '@/lib/privacy/schema';
import { emailMark } from '@/lib/subscriptions/tokens';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { person } from '../subscriptions/scene';

const database = useDatabase();
const DAY_MS = 24 * 60 * 60 * 1000;
const now = new Date('2027-03-01T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
const typed = (given: Partial<typeof RETENTION_DEFAULTS>) => Object.fromEntries(Object.entries({ ...RETENTION_DEFAULTS, ...given }).map(([name, days]) => [name, String(days)])) as Record<keyof typeof RETENTION_DEFAULTS, string>;

let post: { id: string };
beforeEach(async () => {
  const author = await makeUser({ role: 'author' });
  post = await makePost({ authorId: author.id, slug: 'one' });
});

/** The key of a row that was made so many days ago (RFC 9562, 5.7). */
function idOf(days: number): string {
  const digits = daysAgo(days).getTime().toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7${newId().slice(15)}`;
}
const comment = (days: number, given: Partial<Parameters<typeof makeComment>[0]> = {}) => makeComment({ id: idOf(days), postId: post.id, createdAt: daysAgo(days), ...given });
const statusOf = async (id: string) => (await db().comment.findUniqueOrThrow({ where: { id } })).status;
const moved = (commentId: string, days: number, toStatus: 'spam' | 'trash') => db().moderationEvent.create({ data: { id: newId(), commentId, decision: toStatus, toStatus, createdAt: daysAgo(days) } });

describe('Spam and Trash', () => {
  test.each(['spam', 'trash'] as const)('%s is emptied of what came there longer ago than the owner keeps it, with an event of the blog', async (status) => {
    const old = await comment(40, { status });
    const movedLately = await comment(40, { status });
    await moved(movedLately.id, 3, status);
    const young = await comment(20, { status });
    const shown = await comment(400);
    await keepRetention(now);
    expect(await db().comment.findUniqueOrThrow({ where: { id: old.id } })).toMatchObject({ status: 'deleted', name: '', email: null, source: '', html: '' });
    expect(await db().moderationEvent.findMany({ where: { commentId: old.id }, select: { decision: true, actorId: true, fromStatus: true, toStatus: true } })).toEqual([{ decision: 'delete', actorId: null, fromStatus: status, toStatus: 'deleted' }]);
    expect(await Promise.all([movedLately, young, shown].map(({ id }) => statusOf(id)))).toEqual([status, status, 'approved']);
  });

  test('what an import has brought lately stays for as long from then on', async () => {
    const imported = await makeComment({ id: idOf(2), postId: post.id, createdAt: daysAgo(2_000), status: 'spam' });
    await keepRetention(now);
    expect(await statusOf(imported.id)).toBe('spam');
  });

  test('0 days keep it for good; other days count at once', async () => {
    const owner = await person('owner');
    const old = await comment(300, { status: 'spam' });
    expect(await setRetention(owner, typed({ spamDays: 0 }))).toMatchObject({ ok: true });
    await keepRetention(now);
    expect(await statusOf(old.id)).toBe('spam');
    await setRetention(owner, typed({ spamDays: 299 }));
    await keepRetention(now);
    expect(await statusOf(old.id)).toBe('deleted');
  });

  test('more than one step takes is emptied whole; twice at once does no harm', async () => {
    await database.sql.query(`
      INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash", "createdAt")
      SELECT id, lpad(n::text, 12, 'a'), $1, id, 1, 'Spammer', 'Buy.', '<p>Buy.</p>', 'spam', 'h' || n, $2
      FROM (SELECT n, ('0190e8b0-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid AS id FROM generate_series(1, 1203) n) made`, [post.id, daysAgo(60)]);
    await Promise.all([keepRetention(now), keepRetention(now)]);
    expect(await db().comment.groupBy({ by: ['status'], _count: true })).toEqual([{ status: 'deleted', _count: 1203 }]);
    expect(await db().moderationEvent.count({ where: { decision: 'delete' } })).toBe(1203);
  });
});

describe('marks of the network', () => {
  test('go after their days from comments and reports, and the keys with them', async () => {
    const [old, young] = [await comment(31, { ipHash: 'old' }), await comment(29, { ipHash: 'young' })];
    await db().report.createMany({ data: [31, 29].map((days) => ({ id: newId(), commentId: young.id, reason: 'other' as const, ipHash: String(days), createdAt: daysAgo(days), reporterHash: String(days) })) });
    const periodOf = (days: number) => Math.floor(daysAgo(days).getTime() / (NETWORK_KEY_DAYS * DAY_MS));
    await db().networkKey.deleteMany();
    await db().networkKey.createMany({ data: [0, 14, 29, 30 + NETWORK_KEY_DAYS, 100].map((days) => ({ period: periodOf(days), key: Buffer.alloc(32) })) });
    await keepRetention(now);
    expect((await db().comment.findMany({ where: { id: { in: [old.id, young.id] } }, orderBy: { createdAt: 'asc' } })).map(({ ipHash }) => ipHash)).toEqual([null, 'young']);
    expect((await db().report.findMany({ orderBy: { createdAt: 'asc' } })).map(({ ipHash }) => ipHash)).toEqual([null, '29']);
    expect((await db().networkKey.findMany({ orderBy: { period: 'desc' } })).map(({ period }) => period)).toEqual([periodOf(0), periodOf(14), periodOf(29)]);
  });

  test('are made by another key each week, and known by the earlier ones as long as these are there', async () => {
    const at = 3_200 * NETWORK_KEY_DAYS * DAY_MS;
    const first = (await networkMarker(at))('192.0.2.1');
    const again = (await networkMarker(at + DAY_MS))('192.0.2.1');
    const next = (await networkMarker(at + NETWORK_KEY_DAYS * DAY_MS))('192.0.2.1');
    expect(first.present).toMatch(/^[0-9a-f]{64}$/);
    expect(again.present).toBe(first.present);
    expect(next.present).not.toBe(first.present);
    expect(next.all).toEqual(expect.arrayContaining([next.present, first.present]));
    expect((await networkMarker(at))('192.0.2.2').present).not.toBe(first.present);
  });

  test('of processes that begin a week at once are made by one key', async () => {
    const at = new Date('2032-01-01T00:00:00Z').getTime();
    const marks = await Promise.all(Array.from({ length: 8 }, async () => (await networkMarker(at))('192.0.2.1').present));
    expect(new Set(marks).size).toBe(1);
    expect(await db().networkKey.count({ where: { period: Math.floor(at / (NETWORK_KEY_DAYS * DAY_MS)) } })).toBe(1);
  });
});

test('mails go after their days, but for one that waits to be sent', async () => {
  const at = daysAgo(100);
  await db().$transaction(async (tx) => {
    await sendMail(tx, { to: 'a@example.com', subject: 'Sent', text: 'a', html: 'a' }, at);
    await sendMail(tx, { to: 'b@example.com', subject: 'Waits', text: 'b', html: 'b', once: 'waits' }, at);
    await sendMail(tx, { to: 'c@example.com', subject: 'Young', text: 'c', html: 'c' }, daysAgo(80));
    const waits = await tx.mail.findFirstOrThrow({ where: { subject: 'Waits' } });
    await sendJob(tx, 'mail', { id: waits.id }, { singletonKey: waits.id });
  });
  await keepRetention(now);
  expect((await db().mail.findMany({ orderBy: { subject: 'asc' } })).map(({ subject }) => subject)).toEqual(['Waits', 'Young']);
});

test('what has an end of its own is gone after it: sessions, links, invitations, drafts, requests', async () => {
  const { userId } = await person();
  const [over, open] = [daysAgo(1.5), new Date(now.getTime() + DAY_MS)];
  for (const [mark, expires] of [['over', over], ['open', open]] as const) {
    await db().session.create({ data: { id: newId(), sessionToken: mark, userId, expires } });
    await db().invitation.create({ data: { id: newId(), email: `${mark}@example.com`, role: 'author', tokenHash: mark, expires } });
    await db().commentDraft.create({ data: { browserHash: mark, postId: post.id, entered: {}, expires } });
    await db().dataRequest.create({ data: { id: newId(), email: `${mark}@example.com`, createdAt: over, expires } });
    await db().signInLink.create({ data: { id: newId(), email: `${mark}@example.com`, tokenHash: mark, createdAt: mark === 'over' ? over : now, expires } });
    await db().bulkAct.create({ data: { id: newId(), decision: 'spam', filter: { q: mark }, until: now, total: 1, createdAt: daysAgo(50), finishedAt: mark === 'over' ? daysAgo(31) : null } });
    await db().removalRequest.create({ data: { id: newId(), place: mark, words: mark, createdAt: daysAgo(500), dueAt: daysAgo(470), answeredAt: mark === 'over' ? daysAgo(366) : daysAgo(300), outcome: 'kept' } });
  }
  await keepRetention(now);
  const counts = await Promise.all([db().session.count(), db().invitation.count(), db().commentDraft.count(), db().dataRequest.count(), db().signInLink.count(), db().bulkAct.count(), db().removalRequest.count()]);
  expect(counts).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test('an address that was asked and never answered is forgotten, and is not asked again; one that has confirmed, or came by a list, stays', async () => {
  const make = (email: string, given: object) => db().subscriber.create({ data: { id: newId(), email, emailMark: emailMark(email), askedAt: daysAgo(31), posts: 'instant', ...given } });
  await make('silent@example.com', {});
  await make('young@example.com', { askedAt: daysAgo(29) });
  await make('confirmed@example.com', { confirmedAt: daysAgo(30) });
  await make('listed@example.com', { importedFrom: 'WordPress.com' });
  await keepRetention(now);
  expect((await db().subscriber.findMany({ orderBy: { email: 'asc' } })).map(({ email }) => email)).toEqual(['confirmed@example.com', 'listed@example.com', 'young@example.com', null]);
  expect(await db().subscriber.findUniqueOrThrow({ where: { emailMark: emailMark('silent@example.com') } })).toMatchObject({ posts: null, askedAt: daysAgo(31) });
});

describe('the days', () => {
  test('are the columns’ until an owner sets them, and nobody else does', async () => {
    expect(await findRetention()).toEqual(RETENTION_DEFAULTS);
    await db().site.create({ data: { id: 1, title: 'Blog' } });
    expect(await findRetention()).toEqual(RETENTION_DEFAULTS);
    for (const role of ['reader', 'author', 'moderator'] as const) expect(await setRetention(await person(role), typed({ spamDays: 5 }))).toMatchObject({ ok: false, code: 'not-found' });
    expect(await setRetention({ kind: 'guest', writerHash: null }, typed({}))).toMatchObject({ ok: false, code: 'not-found' });
    expect(await findRetention()).toEqual(RETENTION_DEFAULTS);
  });

  test.each([['networkDays', '0'], ['networkDays', '181'], ['spamDays', '-1'], ['spamDays', 'many'], ['mailDays', ''], ['removalDays', '31'], ['removalDays', '0'], ['trashDays', '1.5'], ['trashDays', '99999']] as const)('%s of “%s” are refused with a sentence at their field', async (name, value) => {
    const owner = await person('owner');
    expect(await setRetention(owner, { ...typed({}), [name]: value })).toMatchObject({ ok: false, code: 'invalid', fields: { [name]: expect.stringMatching(/from \d+ to \d+/) as string } });
  });
});
