import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Decision, CommentStatus } from '@/lib/db/generated/enums';
import { newId } from '@/lib/ids';
import { findLog, LOG_PAGE, mayReadLog } from '@/lib/moderation/log';
import { findLogFigures } from '@/lib/moderation/log-figures';
import { writeLog } from '@/lib/moderation/log-file';
import { logFilterSchema, type LogFilter } from '@/lib/moderation/log-filter';
import type { Reason } from '@/lib/moderation/schema';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { wholeText } from '@/tests/support/whole-text';
import { heldComment, later, now, scene, teller } from './notices';

useDatabase();

const all = logFilterSchema.parse({});
const narrowed = (filter: Partial<LogFilter>): LogFilter => ({ ...all, ...filter });
const HOUR = 60;
const DAY = 24 * HOUR;

type Given = { by?: string | null; at?: Date; decision?: Decision; from?: CommentStatus | null; to?: CommentStatus; reasons?: Reason[]; id?: string };

/** A decision on a comment, as it stands in the table. */
async function decision(commentId: string, { by = null, at = now, decision: what = 'approve', from = 'pending', to = 'approved', reasons = [], id = newId() }: Given = {}) {
  await db().moderationEvent.create({ data: { id, commentId, actorId: by, decision: what, fromStatus: from, toStatus: to, reasons, createdAt: at } });
  return id;
}

async function whole(viewer: Parameters<typeof findLog>[0], filter = all, zone = 'UTC') {
  const entries = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof findLog>> = await findLog(viewer, filter, zone, after);
    entries.push(...page.entries);
    after = page.next;
  } while (after !== null);
  return entries;
}

const file = (viewer: Parameters<typeof writeLog>[0], filter = all): Promise<string> => wholeText(writeLog(viewer, filter, 'UTC'));

describe('the log', () => {
  test('is for moderators and owners; nobody else reads a line or a figure of it', async () => {
    const { owner, post } = await scene();
    await decision((await heldComment({ postId: post.id })).id, { by: owner.userId });
    for (const role of ['owner', 'moderator'] as const) {
      const viewer = role === 'owner' ? owner : await teller(role);
      expect([mayReadLog(viewer), (await findLog(viewer, all, 'UTC', null)).entries.length]).toEqual([true, 2]);
    }
    for (const viewer of [await teller('author'), await teller('reader'), await teller('moderator', { standing: 'banned', name: 'Banned' }), { kind: 'guest', writerHash: null } as const]) {
      expect(mayReadLog(viewer)).toBe(false);
      expect(await findLog(viewer, all, 'UTC', null)).toEqual({ entries: [], next: null, people: [], posts: [] });
      expect(await findLogFigures(viewer, 'UTC', now)).toBeNull();
      expect((await file(viewer)).trim().split('\r\n')).toHaveLength(1);
    }
  });

  test('says who decided what on which comment, from where to where, and why', async () => {
    const { owner, post } = await scene();
    const comment = await heldComment({ postId: post.id, name: 'Ines', reasons: [{ rule: 'links', count: 3, limit: 2 }] });
    await decision(comment.id, { by: owner.userId, at: later(5), decision: 'decline', to: 'trash', reasons: [{ rule: 'declined', reason: 'unkind' }] });
    expect(await whole(owner)).toMatchObject([
      { who: { id: owner.userId, name: 'The owner' }, decision: 'decline', from: 'pending', to: 'trash', reasons: [{ rule: 'declined', reason: 'unkind' }], at: later(5), comment: { id: comment.publicId, name: 'Ines', isThere: true }, post: { title: 'Slow mornings', slug: 'slow-mornings' } },
      { who: null, decision: 'submit', from: null, to: 'pending', reasons: [{ rule: 'links', count: 3, limit: 2 }] },
    ]);
  });

  test('has no text of a comment, no address and nobody behind a name on one post in any byte, for a moderator or in the file', async () => {
    const { owner, post } = await scene();
    const moderator = await teller('moderator', { email: 'moderator@example.com' });
    const wilma = await teller('reader', { name: 'Wilma Secret', email: 'wilma@example.net' });
    const { id: pseudonymId } = await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: wilma.userId, name: 'A parent' } });
    await heldComment({ postId: post.id, userId: wilma.userId, pseudonymId, name: 'A parent', email: null, source: 'Private words.' });
    await heldComment({ postId: post.id, name: 'Bo', email: 'bo@example.net', source: 'Private words.', reasons: [{ rule: 'held-word', word: 'bo@example.net' }] });
    await decision((await heldComment({ postId: post.id })).id, { by: owner.userId });
    const view = JSON.stringify(await findLog(moderator, all, 'UTC', null)) + (await file(moderator));
    expect(view).toContain('A parent');
    for (const secret of ['@example', 'Wilma', 'Private words', wilma.userId]) expect(view).not.toContain(secret);
    expect(JSON.stringify(await findLog(owner, all, 'UTC', null))).toContain('bo@example.net');
  });

  test('is read page by page, each entry once, also where many have the same moment', async () => {
    const { owner, post } = await scene();
    const comment = await makeComment({ postId: post.id });
    const count = 2 * LOG_PAGE + 7;
    const ids = Array.from({ length: count }, () => newId());
    for (const id of ids) await decision(comment.id, { id, by: owner.userId, at: now });
    const first = await findLog(owner, all, 'UTC', null);
    expect(first.entries).toHaveLength(LOG_PAGE);
    const seen = (await whole(owner)).map(({ id }) => id);
    expect(seen).toEqual([...ids].sort().reverse());
    expect((await findLog(owner, all, 'UTC', newId())).entries).toEqual(first.entries);
  });

  test('is narrowed by who, by decision, by what it came to, by post, and by days of the blog’s calendar', async () => {
    const { owner, post } = await scene();
    const moderator = await teller('moderator');
    const other = await makePost({ authorId: owner.userId, slug: 'other' });
    const comment = await makeComment({ postId: post.id });
    const elsewhere = await makeComment({ postId: other.id });
    const made = {
      approved: await decision(comment.id, { by: owner.userId }),
      spam: await decision(comment.id, { by: moderator.userId, decision: 'spam', to: 'spam' }),
      declined: await decision(elsewhere.id, { by: moderator.userId, decision: 'decline', to: 'trash' }),
      blog: await decision(elsewhere.id, { decision: 'submit', from: null, to: 'spam' }),
    };
    const found = async (filter: Partial<LogFilter>) => (await whole(owner, narrowed(filter))).map(({ id }) => Object.entries(made).find(([, one]) => one === id)?.[0]).sort();
    expect(await found({ who: moderator.userId })).toEqual(['declined', 'spam']);
    expect(await found({ who: 'people' })).toEqual(['approved', 'declined', 'spam']);
    expect(await found({ who: 'blog' })).toEqual(['blog']);
    expect(await found({ decision: 'spam' })).toEqual(['spam']);
    expect(await found({ decision: 'refused' })).toEqual(['declined', 'spam']);
    expect(await found({ decision: 'published', who: moderator.userId })).toEqual([]);
    expect(await found({ post: 'other' })).toEqual(['blog', 'declined']);
    expect(await found({ post: 'none' })).toEqual([]);
    expect(await found({ who: newId() })).toEqual([]);
  });

  test('a day begins and ends with the blog’s clocks, also on a day of 25 hours', async () => {
    const { owner, post } = await scene();
    const comment = await makeComment({ postId: post.id });
    // In Berlin 25 October 2026 lasts from 22:00 UTC of the day before to 23:00 UTC.
    const moments = ['2026-10-24T21:59:59.999Z', '2026-10-24T22:00:00Z', '2026-10-25T22:59:59.999Z', '2026-10-25T23:00:00Z'];
    for (const at of moments) await decision(comment.id, { by: owner.userId, at: new Date(at) });
    const of = async (filter: Partial<LogFilter>, zone: string) => (await whole(owner, narrowed(filter), zone)).map(({ at }) => at.toISOString().replace('.000', '')).sort();
    expect(await of({ from: '2026-10-25', to: '2026-10-25' }, 'Europe/Berlin')).toEqual(moments.slice(1, 3));
    expect(await of({ from: '2026-10-25' }, 'Europe/Berlin')).toEqual(moments.slice(1));
    expect(await of({ to: '2026-10-24' }, 'Europe/Berlin')).toEqual(moments.slice(0, 1));
    expect(await of({ from: '2026-10-25', to: '2026-10-25' }, 'UTC')).toEqual(moments.slice(2));
  });

  test.each([{ who: 'x' }, { decision: 'x' }, { post: '' }, { post: 'a\0' }, { from: '2026-02-30' }, { to: 'yesterday' }, { from: ['2026-01-01'] }])('what is wrong in an address is left out: %j', (asked) => {
    expect(logFilterSchema.parse(asked)).toEqual(all);
  });
});

describe('the file', () => {
  test('begins with a mark and a head, and has each entry in a line, in ISO time', async () => {
    const { owner, post } = await scene();
    const comment = await heldComment({ postId: post.id, name: 'Ines' });
    await decision(comment.id, { by: owner.userId, at: later(5) });
    expect(await file(owner)).toBe(
      '\uFEFFtime,who,decision,comment,name,post,post address,before,after,why\r\n' +
      `2026-11-25T12:05:00.000Z,The owner,approve,${comment.publicId},Ines,Slow mornings,slow-mornings,pending,approved,\r\n` +
      `2026-11-25T12:00:00.000Z,,submit,${comment.publicId},Ines,Slow mornings,slow-mornings,,pending,First comment by this person.\r\n`,
    );
    expect((await file(owner, narrowed({ who: 'people' }))).split('\r\n')).toHaveLength(3);
  });

  test('has more entries than are read at once, each once', async () => {
    const { owner, post } = await scene();
    const comment = await makeComment({ postId: post.id });
    await db().moderationEvent.createMany({ data: Array.from({ length: 2_050 }, () => ({ id: newId(), commentId: comment.id, actorId: owner.userId, decision: 'approve' as const, toStatus: 'approved' as const, createdAt: now })) });
    const lines = (await file(owner)).trim().split('\r\n');
    expect(lines).toHaveLength(2_051);
  });
});

describe('the figures', () => {
  test('half of what waits has waited longer than the median, and the oldest is named; a wait begins when a comment comes back', async () => {
    const { owner, post } = await scene();
    await heldComment({ postId: post.id, at: later(-10) });
    await heldComment({ postId: post.id, at: later(-20) });
    const oldest = await heldComment({ postId: post.id, at: later(-90) });
    const back = await makeComment({ postId: post.id, status: 'pending', createdAt: later(-DAY) });
    await decision(back.id, { at: later(-40), decision: 'report', from: 'approved', to: 'pending' });
    await decision(back.id, { by: owner.userId, at: later(-5), decision: 'edit', from: 'pending', to: 'pending' });
    // 10, 20, 40 and 90 minutes: the median lies between 20 and 40.
    expect((await findLogFigures(owner, 'UTC', now))?.waiting).toEqual({ medianMs: 30 * 60_000, oldestMs: 90 * 60_000, oldest: oldest.publicId });
  });

  test('the time to a decision is that of the first by a person within thirty days, of what was held', async () => {
    const { owner, post } = await scene();
    const held = (minutesAgo: number) => heldComment({ postId: post.id, status: 'approved', at: later(-minutesAgo) });
    const decided = async (minutesAgo: number, after: number) => decision((await held(minutesAgo)).id, { by: owner.userId, at: later(-minutesAgo + after) });
    await decided(100, 10);
    await decided(200, 20);
    await decided(300, 90);
    // Counted once, by its first decision.
    const twice = await held(400);
    await decision(twice.id, { by: owner.userId, at: later(-396) });
    await decision(twice.id, { by: owner.userId, at: later(-10), decision: 'spam', to: 'spam' });
    // Not counted: by the blog, of what was not held, decided first more than thirty days ago.
    await decision((await held(500)).id, { at: later(-499) });
    await decision((await makeComment({ postId: post.id })).id, { by: owner.userId, from: 'approved', to: 'spam', decision: 'spam' });
    const old = await held(40 * DAY);
    await decision(old.id, { by: owner.userId, at: later(-35 * DAY) });
    await decision(old.id, { by: owner.userId, at: later(-10), decision: 'trash', to: 'trash' });
    // 4, 10, 20 and 90 minutes.
    expect((await findLogFigures(owner, 'UTC', now))?.decided).toEqual({ count: 4, medianMs: 15 * 60_000, longestMs: 90 * 60_000 });
  });

  test('where nothing waits and nothing was decided there is nothing to say', async () => {
    const { owner } = await scene();
    expect(await findLogFigures(owner, 'UTC', now)).toMatchObject({ waiting: null, decided: null });
  });

  test('decisions a day are those of people, by the blog’s calendar, today the last of thirty', async () => {
    const { owner, post } = await scene();
    const comment = await makeComment({ postId: post.id });
    const by = owner.userId;
    // In Auckland, 13 hours ahead, it is 26 November already, since 11:00 UTC.
    await decision(comment.id, { by, at: new Date('2026-11-25T11:00:00Z') });
    await decision(comment.id, { by, at: new Date('2026-11-25T10:59:59.999Z'), decision: 'spam', to: 'spam' });
    await decision(comment.id, { by, at: new Date('2026-11-25T10:00:00Z'), decision: 'edit', to: 'approved' });
    await decision(comment.id, { at: new Date('2026-11-25T10:00:00Z'), decision: 'submit', to: 'spam' });
    await decision(comment.id, { by, at: new Date('2026-10-27T11:00:00Z') });
    await decision(comment.id, { by, at: new Date('2026-10-27T10:59:59Z') });
    const days = (await findLogFigures(owner, 'Pacific/Auckland', now))?.days ?? [];
    expect(days).toHaveLength(30);
    expect(days.filter(({ published, refused, other }) => published + refused + other > 0).map(({ day, published, refused, other }) => [day, published, refused, other])).toEqual([
      ['2026-10-28', 1, 0, 0], ['2026-11-25', 0, 1, 1], ['2026-11-26', 1, 0, 0],
    ]);
    expect(days.at(-1)).toMatchObject({ day: '2026-11-26', at: new Date('2026-11-25T11:00:00Z') });
    // What a number leads to is what it counts.
    expect(await whole(owner, narrowed({ who: 'people', decision: 'other', from: '2026-11-25', to: '2026-11-25' }), 'Pacific/Auckland')).toHaveLength(1);
  });
});
