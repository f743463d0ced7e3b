import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { sendCommentNotices } from '@/lib/subscriptions/comment-notices';
import { changeSubscription, confirmSubscriptions, followBlog, leaveSubscriptions } from '@/lib/subscriptions/commands';
import { sendPostNotices } from '@/lib/subscriptions/post-notices';
import { findCentre } from '@/lib/subscriptions/queries';
import { leaveSchema } from '@/lib/subscriptions/schema';
import { pageToken } from '@/lib/page-token';
import { makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { ALL, comment, follow, GUEST, later, mails, mailsTo, now, origin, person, post, REPLIES, subscriber, tokenOf, valueOf } from './scene';

useDatabase();

const INES = 'ines@example.com';
let seconds = 0;
/** Of two acts the second is later. */
const then = () => later((seconds += 1) / 100);
const ask = () => follow(INES, GUEST, then());
const confirm = async () => valueOf(await confirmSubscriptions(await tokenOf(INES), then()));
const leave = async (what = 'all') => valueOf(await leaveSubscriptions(await tokenOf(INES), leaveSchema.parse(what), then()));
/** Somebody who runs the blog writes, which is published at once; a post comes out: what is told of it. */
async function newsComes(): Promise<number> {
  const before = (await mailsTo(INES)).length;
  const there = await post(`Post ${newId().slice(-8)}`);
  await sendPostNotices({ post: there.id, origin }, later(60));
  return (await mailsTo(INES)).length - before;
}

type Step = 'ask' | 'confirm' | 'leave' | 'leave posts' | 'choose posts';
const STEPS: Record<Step, () => Promise<unknown>> = { ask, confirm, leave: () => leave(), 'leave posts': () => leave('posts'), 'choose posts': async () => valueOf(await changeSubscription(await tokenOf(INES), { what: 'posts', frequency: 'instant' }, now)) };

describe('asking, confirming, leaving and coming back', () => {
  test.each<{ steps: Step[]; asked: number; told: number }>([
    { steps: ['ask'], asked: 1, told: 0 },
    { steps: ['ask', 'ask', 'ask'], asked: 1, told: 0 },
    { steps: ['ask', 'confirm'], asked: 1, told: 1 },
    { steps: ['ask', 'confirm', 'confirm', 'ask'], asked: 1, told: 1 },
    { steps: ['ask', 'leave'], asked: 1, told: 0 },
    // Who has said no is not asked again, whoever types the address.
    { steps: ['ask', 'leave', 'ask', 'ask'], asked: 1, told: 0 },
    { steps: ['ask', 'leave', 'ask', 'confirm'], asked: 1, told: 1 },
    { steps: ['ask', 'confirm', 'leave'], asked: 1, told: 0 },
    { steps: ['ask', 'confirm', 'leave', 'leave'], asked: 1, told: 0 },
    // Who has left is asked once more when somebody types the address, and told nothing before they say yes.
    { steps: ['ask', 'confirm', 'leave', 'ask', 'ask'], asked: 2, told: 0 },
    { steps: ['ask', 'confirm', 'leave', 'ask', 'confirm'], asked: 2, told: 1 },
    { steps: ['ask', 'confirm', 'leave posts'], asked: 1, told: 0 },
    // So is who has left new posts alone: nobody else brings them back.
    { steps: ['ask', 'confirm', 'leave posts', 'ask', 'ask'], asked: 2, told: 0 },
    { steps: ['ask', 'confirm', 'leave posts', 'ask', 'choose posts'], asked: 2, told: 1 },
  ])('$steps: asked $asked times, told $told times', async ({ steps, asked, told }) => {
    for (const step of steps) await STEPS[step]();
    expect((await mailsTo(INES)).length).toBe(asked);
    expect(await newsComes()).toBe(told);
  });

  test('a guest who comments again and again is asked once, and gets no other mail before they answer', async () => {
    const there = await post();
    const author = await person('owner');
    for (let time = 0; time < 3; time += 1) await comment(GUEST, there.slug, { wishes: { ...ALL, posts: 'instant' }, at: later(60 * time) });
    const [mine] = await db().comment.findMany({ where: { email: INES } });
    await db().comment.update({ where: { id: mine!.id }, data: { status: 'approved' } });
    const reply = await comment(author, there.slug, { parent: mine!.publicId, at: later(300) });
    const { id } = await db().comment.findUniqueOrThrow({ where: { publicId: reply.id } });
    await sendCommentNotices({ comment: id, origin }, later(300));
    expect((await mailsTo(INES)).map(({ subject }) => subject)).toEqual([expect.stringContaining('Is this your address?')]);
  });

  test('the one mail has the way to confirm, and the page of the comment with which it was asked', async () => {
    const there = await post();
    await comment(GUEST, there.slug, { wishes: ALL });
    const [mail] = await mailsTo(INES);
    const { id } = await db().comment.findFirstOrThrow({ where: { email: INES } });
    expect(mail?.text).toContain(`${origin}/subscriptions/${await tokenOf(INES)}/confirm`);
    expect(mail?.text).toContain(`${origin}/receipts/${pageToken('receipt', id)}`);
    expect(mail?.text).toContain('New comments on “Patience”');
    expect(mail?.html).toContain(`${origin}/subscriptions/${await tokenOf(INES)}/confirm`);
  });

  test('what somebody else typed cannot change what was chosen', async () => {
    const there = await post();
    await comment(GUEST, there.slug, { wishes: ALL });
    await confirm();
    await comment(GUEST, there.slug, { wishes: { comments: { scope: 'replies', frequency: 'weekly' }, posts: null }, at: later(60) });
    expect((await subscriber(INES)).threads).toMatchObject([{ scope: 'all', frequency: 'instant' }]);
  });

  test('a person who has proven their address is asked nothing, and may choose again', async () => {
    const there = await post();
    const ines = await person();
    await comment(ines, there.slug, { wishes: REPLIES });
    expect(await subscriber(ines.email)).toMatchObject({ confirmedAt: now, threads: [{ scope: 'replies' }] });
    await comment(ines, there.slug, { wishes: ALL, at: later(60) });
    expect((await subscriber(ines.email)).threads).toMatchObject([{ scope: 'all' }]);
    expect(await mailsTo(ines.email)).toEqual([]);
  });

  test('a person who has proven none gets nothing', async () => {
    const there = await post();
    const ines = await person('reader', { emailVerified: null, email: INES });
    await comment(ines, there.slug, { wishes: ALL });
    expect(await db().subscriber.count()).toBe(0);
  });

  test('an address that somebody here has proven needs no question, unless it has left', async () => {
    await makeUser({ email: INES, emailVerified: now });
    await ask();
    expect(await mails()).toEqual([]);
    expect(await newsComes()).toBe(1);
    await leave();
    await ask();
    expect((await mailsTo(INES)).map(({ subject }) => subject)).toEqual([expect.stringContaining('Is this your address?')]);
    expect(await newsComes()).toBe(0);
  });

  test('from what is sorted out at once no mail goes anywhere', async () => {
    const there = await post();
    await db().screeningRules.create({ data: { id: 1, version: 77_001, disallowedWords: ['casino'] } });
    const { status } = await comment(GUEST, there.slug, { wishes: ALL, text: 'The best casino of the town.' });
    expect(status).not.toBe('pending');
    expect(await mails()).toEqual([]);
    expect(await db().subscriber.count()).toBe(0);
  });

  test('of sixteen who type the same address at once one mail comes', async () => {
    await Promise.all(Array.from({ length: 16 }, () => ask()));
    expect((await mailsTo(INES)).length).toBe(1);
  });

  test('a comment that is refused leaves no wish and no mail', async () => {
    const there = await post();
    await comment(GUEST, there.slug, { text: 'The same words.' });
    await expect(comment(GUEST, there.slug, { text: 'The same words.', wishes: ALL, at: later(60) })).rejects.toThrow();
    expect(await db().subscriber.count()).toBe(0);
  });

  test('too many addresses from one place are refused, and a wrong one is', async () => {
    const from = (email: string) => followBlog(GUEST, email, { ip: '10.77.0.1', origin }, now);
    for (let time = 0; time < 10; time += 1) valueOf(await from(`reader${time}@example.com`));
    expect(await from('one.more@example.com')).toMatchObject({ ok: false, code: 'too-many' });
    for (const wrong of ['', 'nobody', 'a@b@c', `${'x'.repeat(120)}@example.com`, 'ines@example.com\nbcc: all@example.com']) expect(await follow(wrong)).toMatchObject({ ok: false, code: 'invalid' });
  });
});

describe('the page of an address', () => {
  test('shows what it is told of, changes it, and leaves each', async () => {
    const there = await post();
    await comment(GUEST, there.slug, { wishes: { ...ALL, posts: 'instant' } });
    const token = await tokenOf(INES);
    expect(await changeSubscription(token, { what: 'posts', frequency: 'daily' }, now)).toMatchObject({ ok: false, code: 'forbidden' });
    await confirm();
    valueOf(await changeSubscription(token, { what: 'posts', frequency: 'weekly' }, now));
    valueOf(await changeSubscription(token, { what: there.id, frequency: 'daily', scope: 'replies' }, now));
    expect(await findCentre(token, now)).toMatchObject({ address: 'i…@example.com', isConfirmed: true, posts: 'weekly', threads: [{ title: 'Patience', path: '/posts/patience', scope: 'replies', frequency: 'daily' }] });
    valueOf(await changeSubscription(token, { what: there.id, frequency: 'off' }, now));
    expect(await findCentre(token, now)).toMatchObject({ posts: 'weekly', threads: [] });
  });

  test('what has not been sent yet is not sent to who has left', async () => {
    await ask();
    await confirm();
    expect(await newsComes()).toBe(1);
    await leave('posts');
    expect((await mailsTo(INES)).map(({ subject }) => subject)).toEqual([expect.stringContaining('Is this your address?')]);
  });

  test('no other token opens it, and none opens what is not there', async () => {
    await ask();
    const token = await tokenOf(INES);
    const { id } = await subscriber(INES);
    for (const wrong of ['', 'x', `${token}0`, token.slice(0, -1) + (token.endsWith('0') ? '1' : '0'), pageToken('receipt', id), pageToken('subscriber', newId()), '../..', `${'_'.repeat(22)}${'0'.repeat(32)}`]) {
      expect(await findCentre(wrong, now)).toBeNull();
      expect(await confirmSubscriptions(wrong, now)).toMatchObject({ ok: false, code: 'not-found' });
      expect(await leaveSubscriptions(wrong, 'all', now)).toMatchObject({ ok: false, code: 'not-found' });
    }
    expect((await subscriber(INES)).confirmedAt).toBeNull();
  });

  test('a thread of somebody else’s cannot be changed or left by one’s own token', async () => {
    const there = await post();
    await comment(GUEST, there.slug, { wishes: ALL });
    await confirm();
    valueOf(await follow('jonas@example.com'));
    const token = await tokenOf('jonas@example.com');
    valueOf(await confirmSubscriptions(token, now));
    expect(await changeSubscription(token, { what: there.id, frequency: 'weekly' }, now)).toMatchObject({ ok: false, code: 'not-found' });
    valueOf(await leaveSubscriptions(token, there.id, now));
    expect((await subscriber(INES)).threads).toHaveLength(1);
  });
});
