import { beforeEach, describe, expect, test } from 'vitest';
import { listOwnComments } from '@/lib/account/queries';
import { newAnswer, withAnswer } from '@/lib/answer';
import { submitComment } from '@/lib/comments/commands';
import { db } from '@/lib/db/client';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { setDiscussion } from '@/lib/posts/commands';
import { findDeskDiscussion } from '@/lib/posts/desk';
import { findPost } from '@/lib/posts/queries';
import { discussionMark } from '@/lib/posts/rules';
import { makeComment, makePost, makeRules, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { GUEST, whoEdits } from '@/tests/support/who-edits';

useDatabase();

const now = new Date('2099-11-26T10:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const daysOn = (days: number, ms = 0) => new Date(now.getTime() + days * DAY_MS + ms);

async function person(role: Role): Promise<Person> {
  const user = await makeUser({ role, emailVerified: now });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

const makeSite = (given: { closeAfterDays?: number; timeZone?: string }) => db().site.upsert({ where: { id: 1 }, create: { id: 1, title: 'Blog', ...given }, update: given });

let author: Person;
let post: { id: string };
beforeEach(async () => {
  author = await person('author');
  post = await makePost({ authorId: author.userId, slug: 'one', publishedAt: daysOn(-3) });
});

const present = (id = post.id) => db().post.findUniqueOrThrow({ where: { id } });
const typed = async (given: Record<string, unknown> = {}, id = post.id) => ({ care: 'open', closing: 'rule', date: '', helpline: '', seen: discussionMark(await present(id)), ...given });
const set = async (given: Record<string, unknown> = {}, actor: Actor = author, at = now) => setDiscussion(actor, post.id, await typed(given), at);
const isOpen = async (at: Date) => (await findPost('one', at))?.commentsOpen;
let sent = 0;
async function send(at: Date): Promise<string> {
  sent += 1;
  const result = await submitComment(GUEST, { post: 'one', parent: '', comment: `Number ${sent}`, guest: { name: `Ines ${sent}`, email: `ines${sent}@example.com`, website: '' } }, `192.0.2.${sent}`, at);
  return result.ok ? result.value.status : result.code;
}

describe('who may', () => {
  test.each(whoEdits(() => author, person))('%s', async (_who, actor, may) => {
    expect(await set({ closing: 'closed' }, await actor())).toMatchObject(may ? { ok: true } : { ok: false, code: 'not-found' });
    expect((await present()).commentsOpen).toBe(!may);
  });

  test('what is unknown, in the trash, or a page, is not found', async () => {
    const page = await makePost({ authorId: author.userId, kind: 'page', slug: 'about' });
    const gone = await makePost({ authorId: author.userId, slug: 'gone', status: 'trash' });
    for (const id of [page.id, gone.id]) expect(await setDiscussion(author, id, await typed({}, id), now)).toMatchObject({ code: 'not-found' });
    for (const id of [newId(), 'nonsense', '']) expect(await setDiscussion(author, id, await typed(), now)).toMatchObject({ code: 'not-found' });
  });
});

describe('closing', () => {
  test.each<[string, { closing: string; date?: string }, object]>([
    ['open for good', { closing: 'open' }, { commentsOpen: true, commentsByAge: false, commentsCloseAt: null }],
    ['closed', { closing: 'closed' }, { commentsOpen: false, commentsByAge: false, commentsCloseAt: null }],
    ['on a date', { closing: 'date', date: '2099-12-03' }, { commentsOpen: true, commentsByAge: false, commentsCloseAt: new Date('2099-12-03T23:00:00Z') }],
    ['by the rule', { closing: 'rule', date: '2099-12-03' }, { commentsOpen: true, commentsByAge: true, commentsCloseAt: null }],
  ])('%s', async (_what, given, row) => {
    await makeSite({ timeZone: 'Europe/Berlin' });
    expect(await set(given)).toMatchObject({ ok: true });
    expect(await present()).toMatchObject(row);
  });

  test('is exact: a comment of the last moment is taken, one of the next is refused', async () => {
    await makeSite({ closeAfterDays: 5 });
    const at = daysOn(2);
    expect(await send(new Date(at.getTime() - 1))).toBe('pending');
    expect(await send(at)).toBe('forbidden');
    expect(await send(new Date(at.getTime() + 1))).toBe('forbidden');
    await set({ closing: 'date', date: '2099-11-30' });
    expect(await send(new Date('2099-11-30T23:59:59.999Z'))).toBe('pending');
    expect(await send(new Date('2099-12-01T00:00:00Z'))).toBe('forbidden');
  });

  test('holds for whoever runs the blog as for everybody', async () => {
    await makeSite({ closeAfterDays: 2 });
    for (const actor of [author, await person('owner')]) {
      expect(await submitComment(actor, { post: 'one', parent: '', comment: 'From the desk.', guest: null }, '192.0.2.1', now)).toMatchObject({ ok: false, code: 'forbidden' });
    }
  });

  test('by hand, too: the next comment is refused, and the sentence is the contract’s', async () => {
    await set({ closing: 'closed' });
    const refused = await submitComment(GUEST, { post: 'one', parent: '', comment: 'Late.', guest: { name: 'Ines', email: 'ines@example.com', website: '' } }, '192.0.2.1', now);
    expect(refused).toMatchObject({ ok: false, code: 'forbidden', message: expect.stringMatching(/^Comments are closed\./) });
  });

  test('the owner’s days hold for the next request, back and forth, and what was chosen for the post stands for good', async () => {
    expect(await isOpen(now)).toBe(true);
    await makeSite({ closeAfterDays: 2 });
    expect(await isOpen(now)).toBe(false);
    expect(await send(now)).toBe('forbidden');
    await set({ closing: 'open' });
    for (const closeAfterDays of [2, 1, 0, 3]) {
      await makeSite({ closeAfterDays });
      expect(await isOpen(now)).toBe(true);
    }
    expect(await send(now)).toBe('pending');
    await set({ closing: 'closed' });
    for (const closeAfterDays of [0, 365]) {
      await makeSite({ closeAfterDays });
      expect(await isOpen(now)).toBe(false);
    }
    await set({ closing: 'date', date: '2099-12-24' });
    await makeSite({ closeAfterDays: 1 });
    expect([await isOpen(new Date('2099-12-24T20:00:00Z')), await isOpen(new Date('2099-12-25T00:00:00Z'))]).toEqual([true, false]);
  });

  test('a page is kept until the post closes, by date or by the rule, and shows the settings', async () => {
    const answerAt = async (at: Date) => {
      const answer = newAnswer({ requestId: '-', clientIp: '127.0.0.1', origin: 'http://localhost' });
      await withAnswer(answer, () => findPost('one', at));
      return answer;
    };
    expect((await answerAt(now)).keepUntil).toBeUndefined();
    await makeSite({ closeAfterDays: 5 });
    const ruled = await answerAt(now);
    expect([ruled.keepUntil, ruled.tags.has('site')]).toEqual([daysOn(2), true]);
    await set({ closing: 'date', date: '2099-11-27' });
    expect((await answerAt(now)).keepUntil).toEqual(new Date('2099-11-28T00:00:00Z'));
    expect((await answerAt(daysOn(9))).keepUntil).toBeUndefined();
  });

  test('a closed post is not answered from one’s account either', async () => {
    await makeSite({ closeAfterDays: 2 });
    const reader = await person('reader');
    const comment = await makeComment({ postId: post.id, userId: reader.userId, status: 'trash' });
    await db().decline.create({ data: { commentId: comment.id, eventId: (await db().moderationEvent.create({ data: { id: newId(), commentId: comment.id, decision: 'decline', fromStatus: 'pending', toStatus: 'trash', reasons: [{ rule: 'declined', reason: 'unclear' }] } })).id, reason: 'unclear', words: 'Please say more.' } });
    const reword = async () => (await listOwnComments(reader, null, now)).comments[0]?.declined?.reword;
    expect(await reword()).toBeNull();
    await makeSite({ closeAfterDays: 0 });
    expect(await reword()).toContain('/posts/one/reply');
  });
});

describe('sensitive', () => {
  test('it closes at the end of the fourteenth day, in the blog’s zone, and all comments are held', async () => {
    await makeSite({ timeZone: 'America/New_York' });
    expect(await set({ care: 'sensitive' })).toMatchObject({ ok: true, value: { care: 'sensitive', closes: new Date('2099-12-11T05:00:00Z') } });
    expect(await present()).toMatchObject({ care: 'sensitive', commentsByAge: false });
    expect(await send(now)).toBe('pending');
    expect(await db().comment.findFirstOrThrow()).toMatchObject({ rule: 'sensitive' });
  });

  test.each<[string, { days?: number; publishedAt?: Date | null; closeAfterDays?: number }, Date | 'later' | null]>([
    ['the owner’s days', { days: 3 }, new Date('2099-11-30T00:00:00Z')],
    ['no days', { days: 0 }, null],
    ['from when it comes out, if that is later', { publishedAt: daysOn(10) }, new Date('2099-12-21T00:00:00Z')],
    ['of a draft, from when it comes out', { publishedAt: null }, 'later'],
    ['the blog’s rule, where it closes before', { closeAfterDays: 5 }, daysOn(2)],
    ['the blog’s rule, where it has closed already', { closeAfterDays: 2 }, daysOn(-1)],
    ['its own days, where the rule closes later', { closeAfterDays: 60 }, new Date('2099-12-11T00:00:00Z')],
  ])('%s', async (_what, { days = 14, publishedAt = daysOn(-3), closeAfterDays = 0 }, closes) => {
    await makeRules({ sensitiveDays: days });
    await makeSite({ closeAfterDays });
    await db().post.update({ where: { id: post.id }, data: publishedAt ? { publishedAt } : { publishedAt, status: 'draft' } });
    expect(await set({ care: 'sensitive' })).toMatchObject({ ok: true, value: { closes } });
  });

  test.each([['open', null], ['closed', 'closed'], ['date', new Date('2099-12-25T00:00:00Z')]])('what is chosen with it stands: %s', async (closing, closes) => {
    expect(await set({ care: 'sensitive', closing, date: '2099-12-24' })).toMatchObject({ ok: true, value: { closes } });
  });

  test('another level later does not reopen it, and saving it again does not move its date', async () => {
    await set({ care: 'sensitive' });
    const { commentsCloseAt } = await present();
    const again = { closing: 'date', date: '2099-12-10' };
    await set({ ...again, care: 'sensitive' }, author, daysOn(5));
    expect((await present()).commentsCloseAt).toEqual(commentsCloseAt);
    await set({ ...again, care: 'open' }, author, daysOn(20));
    expect(await present()).toMatchObject({ care: 'open', commentsCloseAt });
    expect(await isOpen(daysOn(20))).toBe(false);
  });

  test('who goes back to the rule while it stays sensitive has the rule', async () => {
    await set({ care: 'sensitive' });
    expect(await set({ care: 'sensitive', closing: 'rule' })).toMatchObject({ ok: true, value: { closes: null } });
  });
});

describe('refusals', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a level that is none', { care: 'severe' }, 'care'],
    ['a way of closing that is none', { closing: 'sometimes' }, 'closing'],
    ['no day', { closing: 'date', date: '' }, 'date'],
    ['a day that is none', { closing: 'date', date: '2099-02-30' }, 'date'],
    ['a day that is over', { closing: 'date', date: '2099-11-25' }, 'date'],
    ['a file for a day', { closing: 'date', date: new File([], 'x') }, 'date'],
    ['a long text', { helpline: 'x'.repeat(1001) }, 'helpline'],
    ['a file for a text', { helpline: new File([], 'x') }, 'helpline'],
  ])('%s', async (_what, given, field) => {
    const refused = await set({ ...given, care: given.care ?? 'careful' });
    expect(refused).toMatchObject({ ok: false, code: 'invalid', fields: { [field]: expect.stringMatching(/\.$/) } });
    expect(await present()).toMatchObject({ care: 'open', helpline: '', commentsByAge: true });
  });

  test('today is a day that is not over', async () => {
    expect(await set({ closing: 'date', date: '2099-11-26' })).toMatchObject({ ok: true });
  });

  test('of two who change it at once the second is told; saved again, it holds', async () => {
    const [first, second] = [await typed({ helpline: 'Call 116 123.' }), await typed({ closing: 'closed' })];
    const results = await Promise.all([setDiscussion(author, post.id, first, now), setDiscussion(author, post.id, second, now)]);
    expect(results.map((result) => (result.ok ? 'done' : result.code)).sort()).toEqual(['conflict', 'done']);
    expect(await set({ closing: 'closed' })).toMatchObject({ ok: true });
    expect(await present()).toMatchObject({ commentsOpen: false, helpline: '' });
  });

  test('a new comment, or a new text of the post, is no conflict', async () => {
    const form = await typed({ care: 'careful' });
    await makeComment({ postId: post.id });
    await db().post.update({ where: { id: post.id }, data: { title: 'Another' } });
    expect(await setDiscussion(author, post.id, form, now)).toMatchObject({ ok: true });
  });
});

test('what the author writes reaches readers as safe text, and what no keyboard types is left out', async () => {
  await set({ helpline: ' Call\u0000 116 123.\r\n<b>Now</b> ' });
  expect((await findPost('one', now))?.helpline).toBe('<p>Call <a href="tel:116123" rel="noopener">116 123</a>.<br>&lt;b>Now&lt;/b></p>');
  await set({ helpline: '   ' });
  expect((await findPost('one', now))?.helpline).toBeNull();
});

describe('the desk’s form', () => {
  test('the form of a post shows what was chosen, what the rule would do, and nothing to whom it does not belong', async () => {
    const rules = { closeAfterDays: 30, sensitiveDays: 14, timeZone: 'Europe/Berlin' };
    await makeSite({ timeZone: rules.timeZone });
    await set({ closing: 'date', date: '2099-12-03', helpline: 'Call.' });
    expect(await findDeskDiscussion(author, post.id, rules, now)).toMatchObject({
      chosen: 'date', day: '2099-12-03', helpline: 'Call.', path: '/posts/one', care: 'open',
      ruled: { at: daysOn(27), afterDays: 30 }, sensitiveEnd: new Date('2099-12-10T23:00:00Z'), mark: discussionMark(await present()),
    });
    for (const viewer of [await person('author')]) expect(await findDeskDiscussion(viewer, post.id, rules, now)).toBeNull();
    expect(await findDeskDiscussion(author, newId(), rules, now)).toBeNull();
    expect(await findDeskDiscussion(await person('owner'), post.id, rules, now)).not.toBeNull();
  });
});
