import { describe, expect, test } from 'vitest';
import { findDiscussion } from '@/lib/comments/discussion';
import { editOwnComment } from '@/lib/comments/own-editing';
import { listOwnWaiting } from '@/lib/comments/own';
import { findOwnReceiptPath, findReceipt } from '@/lib/comments/receipts';
import { leaveByReceipt, subscribeByReceipt } from '@/lib/comments/receipt-wishes';
import { BEGINNING } from '@/lib/comments/rules';
import { withdrawComment } from '@/lib/comments/withdrawing';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { decideComment, undoDecision } from '@/lib/moderation/commands';
import { declineComment } from '@/lib/moderation/declining';
import { findQueue } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import { confirmSubscriptions } from '@/lib/subscriptions/commands';
import { pageToken } from '@/lib/page-token';
import { useDatabase } from '@/tests/support/database';
import { ALL, comment, GUEST, later, mailsTo, now, person, post, subscriber, tokenOf, valueOf } from './scene';

useDatabase();

const IP = '10.9.9.9';
const HASH = 'c'.repeat(64);
const INES: Actor = { kind: 'guest', writerHash: HASH };

const rowOf = (publicId: string) => db().comment.findUniqueOrThrow({ where: { publicId } });
const receiptOf = async (publicId: string) => pageToken('receipt', (await rowOf(publicId)).id);
const seen = async (publicId: string) => { const { revision, status } = await rowOf(publicId); return { comment: publicId, revision, seenStatus: status }; };
const decide = async (actor: Actor, publicId: string, decision: 'approve' | 'trash' | 'spam', at = later(10)) => valueOf(await decideComment(actor, { ...(await seen(publicId)), decision }, at));
const shown = async (there: { id: string; authorId: string }) => (await findDiscussion({ id: there.id, authorId: there.authorId, authorIsClaimed: true }, BEGINNING))?.threads ?? [];
const texts = async (there: { id: string; authorId: string }) => (await shown(there)).map((node) => (node.kind === 'comment' ? node.html : node.isWithdrawn ? 'withdrawn' : 'not shown'));
const change = async (publicId: string, text: string, at = later(60)) => editOwnComment(await receiptOf(publicId), text, IP, at);
const pending = async (actor: Actor) => {
  if (actor.kind !== 'person') return [];
  const { cards } = await findQueue(actor, wholeQueue('pending'), 'newest', null, null);
  return cards.map(({ html }) => html.replace(/<[^>]+>/g, '').trim());
};

describe('the page of a comment', () => {
  test('tells its writer what became of it: it waits, is published, is not published and why', async () => {
    const there = await post();
    const owner = await person('owner');
    const mine = await comment(INES, there.slug);
    const token = await receiptOf(mine.id);
    expect(await findReceipt(token, later(1))).toMatchObject({ state: 'waiting', path: null, edit: { until: null }, thread: null });
    await decide(owner, mine.id, 'approve');
    expect(await findReceipt(token, later(20))).toMatchObject({ state: 'published', path: `/comments/${mine.id}`, edit: { until: later(310) } });
    valueOf(await declineComment(owner, { ...(await seen(mine.id)), reason: 'unkind', words: 'Could you say it more kindly?' }, later(30)));
    expect(await findReceipt(token, later(40))).toMatchObject({ state: 'not published', edit: null, declined: { reason: 'unkind', words: 'Could you say it more kindly?' } });
  });

  test('tells whom screening alone sorted out that it waits', async () => {
    const there = await post();
    const mine = await comment(INES, there.slug);
    await db().comment.update({ where: { publicId: mine.id }, data: { status: 'spam' } });
    expect(await findReceipt(await receiptOf(mine.id), now)).toMatchObject({ state: 'waiting', edit: { until: null } });
  });

  test('is found by who wrote it in this browser, or signed in, and by nobody else', async () => {
    const there = await post();
    const ida = await person();
    const [guests, idas] = [await comment(INES, there.slug), await comment(ida, there.slug)];
    expect(await findOwnReceiptPath(guests.id, INES)).toBe(`/receipts/${await receiptOf(guests.id)}`);
    expect(await findOwnReceiptPath(idas.id, ida)).toBe(`/receipts/${await receiptOf(idas.id)}`);
    for (const [id, viewer] of [[guests.id, ida], [idas.id, INES], [guests.id, GUEST], [guests.id, { kind: 'guest', writerHash: 'd'.repeat(64) }], ['nothing', INES]] as const) expect(await findOwnReceiptPath(id, viewer)).toBeNull();
    for (const wrong of ['', pageToken('receipt', newId()), pageToken('subscriber', (await rowOf(guests.id)).id)]) expect(await findReceipt(wrong, now)).toBeNull();
  });

  test('has its writer told of new comments, and no more: an unproven address is asked first', async () => {
    const there = await post();
    const mine = await comment(INES, there.slug);
    const token = await receiptOf(mine.id);
    expect(valueOf(await subscribeByReceipt(token, { scope: 'all', frequency: 'daily' }, now))).toBe('asked');
    expect(valueOf(await subscribeByReceipt(token, { scope: 'all', frequency: 'daily' }, now))).toBe('asked');
    expect(await findReceipt(token, now)).toMatchObject({ thread: { scope: 'all', frequency: 'daily', isConfirmed: false } });
    expect(await mailsTo('ines@example.com')).toHaveLength(1);
    valueOf(await confirmSubscriptions(await tokenOf('ines@example.com'), now));
    // Whether the address is confirmed is not told to who only typed it.
    expect(await findReceipt(token, now)).toMatchObject({ thread: { isConfirmed: false } });
    valueOf(await leaveByReceipt(token));
    expect((await subscriber('ines@example.com')).threads).toEqual([]);
  });
});

test('whoever only typed an address learns nothing of it, and takes nothing from its owner', async () => {
  const there = await post();
  const ida = await person();
  await comment(ida, there.slug, { wishes: ALL });
  const token = await receiptOf((await comment(INES, there.slug, { email: ida.email })).id);
  expect(await findReceipt(token, now)).toMatchObject({ thread: null });
  expect(valueOf(await subscribeByReceipt(token, { scope: 'replies', frequency: 'weekly' }, now))).toBe('asked');
  valueOf(await leaveByReceipt(token));
  expect((await subscriber(ida.email)).threads).toMatchObject([{ scope: 'all', frequency: 'instant' }]);
  expect(await mailsTo(ida.email)).toEqual([]);
});

test('from a comment that was sorted out no mail is asked for', async () => {
  const there = await post();
  const mine = await comment(INES, there.slug);
  await db().comment.update({ where: { publicId: mine.id }, data: { status: 'spam' } });
  expect(valueOf(await subscribeByReceipt(await receiptOf(mine.id), { scope: 'all', frequency: 'instant' }, now))).toBe('asked');
  expect(await mailsTo('ines@example.com')).toEqual([]);
});

describe('changing one’s own comment', () => {
  test('while it waits: the new text is screened, and waits', async () => {
    const there = await post();
    const owner = await person('owner');
    const mine = await comment(INES, there.slug, { text: 'The first text.' });
    expect(valueOf(await change(mine.id, 'The second text.'))).toBe('waiting');
    expect(await rowOf(mine.id)).toMatchObject({ source: 'The second text.', status: 'pending', revision: 2, editedAt: null });
    expect(await pending(owner)).toEqual(['The second text.']);
    expect(await listOwnWaiting(there.id, INES)).toMatchObject([{ html: expect.stringContaining('The second text.') }]);
  });

  test('of somebody who is published at once: it is published at once, and readers see that it was edited', async () => {
    const there = await post();
    const owner = await person('owner');
    const mine = await comment(owner, there.slug, { text: 'The first text.' });
    expect(valueOf(await change(mine.id, 'The second text.'))).toBe('published');
    expect(await texts(there)).toEqual([expect.stringContaining('The second text.')]);
    expect(await shown(there)).toMatchObject([{ isEdited: true, revision: 2 }]);
  });

  test('of a guest that is published: the text that was let stays until the new one is let', async () => {
    const there = await post();
    const owner = await person('owner');
    const mine = await comment(INES, there.slug, { text: 'The first text.' });
    await decide(owner, mine.id, 'approve');
    expect(valueOf(await change(mine.id, 'The second text.'))).toBe('waiting');
    expect(valueOf(await change(mine.id, 'The third text.', later(70)))).toBe('waiting');
    expect(await texts(there)).toEqual([expect.stringContaining('The first text.')]);
    expect(await findReceipt(await receiptOf(mine.id), later(80))).toMatchObject({ state: 'published', changed: expect.stringContaining('The third text.') });
    expect(await pending(owner)).toEqual(['The third text.']);
    expect(await listOwnWaiting(there.id, INES)).toEqual([]);
    const row = await db().comment.findFirstOrThrow({ where: { status: 'pending' } });
    const { event } = await decide(owner, row.publicId, 'approve', later(90));
    expect(await texts(there)).toEqual([expect.stringContaining('The third text.')]);
    expect(await shown(there)).toHaveLength(1);
    expect((await db().post.findUniqueOrThrow({ where: { id: there.id } })).approvedCount).toBe(1);
    expect(await findReceipt(await receiptOf(mine.id), later(95))).toMatchObject({ changed: null });
    valueOf(await undoDecision(owner, event, later(100)));
    expect(await texts(there)).toEqual([expect.stringContaining('The first text.')]);
  });

  test('that is not let leaves the text that was', async () => {
    const there = await post();
    const owner = await person('owner');
    const mine = await comment(INES, there.slug, { text: 'The first text.' });
    await decide(owner, mine.id, 'approve');
    valueOf(await change(mine.id, 'The second text.'));
    const row = await db().comment.findFirstOrThrow({ where: { status: 'pending' } });
    await decide(owner, row.publicId, 'trash', later(90));
    expect(await texts(there)).toEqual([expect.stringContaining('The first text.')]);
    expect(await rowOf(mine.id)).toMatchObject({ status: 'approved', revision: 1 });
  });

  test('what is held or sorted out for how it came is treated no milder for other words', async () => {
    const there = await post();
    const known = await person();
    const first = await comment(known, there.slug);
    await db().comment.update({ where: { publicId: first.id }, data: { status: 'approved' } });
    for (const data of [{ status: 'spam' as const }, { status: 'pending' as const, rule: 'akismet' }, { status: 'pending' as const, rule: 'reported', risk: 900 }]) {
      const mine = await comment(known, there.slug, { at: later(60 * (await db().comment.count())) });
      await db().comment.update({ where: { publicId: mine.id }, data });
      expect(valueOf(await change(mine.id, `Other words of ${data.status}.`))).toBe('waiting');
      expect(await rowOf(mine.id)).toMatchObject(data);
    }
  });

  test('that is shut out is refused', async () => {
    const there = await post();
    const banned = await person();
    const mine = await comment(banned, there.slug);
    await db().user.update({ where: { id: banned.userId }, data: { standing: 'banned' } });
    expect(await change(mine.id, 'Other words.')).toMatchObject({ ok: false, code: 'forbidden' });
  });

  test('goes with the comment that a moderator takes away', async () => {
    const there = await post();
    const owner = await person('owner');
    const mine = await comment(INES, there.slug);
    await decide(owner, mine.id, 'approve');
    valueOf(await change(mine.id, 'The second text.'));
    await decide(owner, mine.id, 'trash', later(90));
    expect(await pending(owner)).toEqual([]);
    expect(await db().comment.count({ where: { source: 'The second text.' } })).toBe(0);
  });

  test('ends five minutes after it was published, and with the first reply', async () => {
    const there = await post();
    const owner = await person('owner');
    const [late, answered] = [await comment(owner, there.slug, { text: 'Late.' }), await comment(owner, there.slug, { text: 'Answered.' })];
    expect(await change(late.id, 'Too late.', later(300))).toMatchObject({ ok: false, code: 'conflict' });
    expect(await change(late.id, 'In time.', later(299))).toMatchObject({ ok: true });
    await comment(owner, there.slug, { parent: answered.id, at: later(30) });
    expect(await change(answered.id, 'Something else.', later(40))).toMatchObject({ ok: false, code: 'conflict' });
    expect((await rowOf(answered.id)).source).toBe('Answered.');
  });

  test('that a person has sent back to wait is not published by a change', async () => {
    const there = await post();
    const owner = await person('owner');
    const trusted = await person('reader', { standing: 'trusted' });
    const mine = await comment({ ...trusted, standing: 'trusted' }, there.slug);
    expect((await rowOf(mine.id)).status).toBe('approved');
    valueOf(await decideComment(owner, { ...(await seen(mine.id)), decision: 'unapprove' }, later(10)));
    expect(valueOf(await change(mine.id, 'Changed.'))).toBe('waiting');
    expect((await rowOf(mine.id)).status).toBe('pending');
  });

  test('refuses a text that is none, and a token that is none', async () => {
    const there = await post();
    const mine = await comment(INES, there.slug, { text: 'The first text.' });
    for (const wrong of ['', '   ', 'x'.repeat(70_000), 'a\u0000b']) expect(await change(mine.id, wrong)).toMatchObject({ ok: false, code: 'invalid' });
    expect(await editOwnComment(pageToken('receipt', newId()), 'Words.', IP, now)).toMatchObject({ ok: false, code: 'not-found' });
    expect((await rowOf(mine.id)).source).toBe('The first text.');
  });
});

describe('withdrawing one’s own comment', () => {
  test('takes its text, name and address for good; where replies stand a sentence says so', async () => {
    const there = await post();
    const owner = await person('owner');
    const mine = await comment(INES, there.slug, { text: 'Something private.' });
    const token = await receiptOf(mine.id);
    await decide(owner, mine.id, 'approve');
    await comment(owner, there.slug, { parent: mine.id, at: later(20) });
    valueOf(await withdrawComment(token, later(30)));
    valueOf(await withdrawComment(token, later(40)));
    expect(await texts(there)).toEqual(['withdrawn']);
    expect(await rowOf(mine.id)).toMatchObject({ status: 'deleted', isWithdrawn: true, source: '', html: '', name: '', email: null, writerHash: null, ipHash: null });
    expect(await db().commentRevision.count()).toBe(0);
    expect(await findReceipt(token, later(50))).toMatchObject({ state: 'withdrawn', edit: null });
    expect((await db().post.findUniqueOrThrow({ where: { id: there.id } })).approvedCount).toBe(1);
    expect(await db().moderationEvent.count({ where: { decision: 'withdraw' } })).toBe(1);
  });

  test('without replies nothing of it is left on the page, and its change that waits goes too', async () => {
    const there = await post();
    const owner = await person('owner');
    const mine = await comment(INES, there.slug, { text: 'The first text.' });
    await decide(owner, mine.id, 'approve');
    valueOf(await change(mine.id, 'The second text.'));
    valueOf(await withdrawComment(await receiptOf(mine.id), later(90)));
    expect(await texts(there)).toEqual([]);
    expect(await pending(owner)).toEqual([]);
    expect(await db().comment.count({ where: { source: { not: '' } } })).toBe(0);
  });

  test('and a decision at the same moment: one is first, and the text is gone', async () => {
    const there = await post();
    const owner = await person('owner');
    const mine = await comment(INES, there.slug);
    const [token, at] = [await receiptOf(mine.id), await seen(mine.id)];
    await Promise.all([withdrawComment(token, later(10)), decideComment(owner, { ...at, decision: 'approve' }, later(10))]);
    expect(await rowOf(mine.id)).toMatchObject({ status: 'deleted', source: '' });
    expect((await db().post.findUniqueOrThrow({ where: { id: there.id } })).approvedCount).toBe(0);
  });

  test('cannot be taken back by a moderator', async () => {
    const there = await post();
    const owner = await person('owner');
    const mine = await comment(INES, there.slug);
    valueOf(await withdrawComment(await receiptOf(mine.id), later(10)));
    const { id } = await db().moderationEvent.findFirstOrThrow({ where: { decision: 'withdraw' } });
    expect(await undoDecision(owner, id, later(20))).toMatchObject({ ok: false, code: 'conflict' });
  });
});
