import { describe, expect, test } from 'vitest';
import { newAnswer, withAnswer } from '@/lib/answer';
import { setNotices } from '@/lib/account/commands';
import type { NoticeWishes } from '@/lib/account/schema';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/identity/schema';
import { reportComment } from '@/lib/moderation/reporting';
import { sendHeldNotices } from '@/lib/moderation/held-notices';
import { nextByRhythm } from '@/lib/moderation/rhythm';
import { sendStaffDigests } from '@/lib/moderation/staff-digests';
import { sendCommentNotices } from '@/lib/subscriptions/comment-notices';
import { makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { ALL, comment, later, mailsTo, now, origin, person, valueOf } from '../subscriptions/scene';

useDatabase();

const NONE: NoticeWishes = { held: false, fresh: false, reports: false, rhythm: 'instant' };
const FRESH: NoticeWishes = { ...NONE, fresh: true, reports: true };
const subjects = async (to: string) => (await mailsTo(to)).map(({ subject }) => subject);
const keyOf = async (publicId: string) => (await db().comment.findUniqueOrThrow({ where: { publicId } })).id;
const published = async (publicId: string, at = later(10)) => { for (const time of [0, 1]) await sendCommentNotices({ comment: await keyOf(publicId), origin }, new Date(at.getTime() + time)); };
const report = (publicId: string, by: Actor, at = later(20)) => withAnswer(newAnswer({ requestId: 'test', clientIp: '10.9.9.9', origin }), () => reportComment(by, { comment: publicId, reason: 'unkind', words: '', tellOutcome: false }, '10.9.9.9', at));

/** An author with a post, another author, a moderator and the owner, each with the same wishes. */
async function scene(wishes: NoticeWishes) {
  const [author, other, moderator, owner] = [await person('author'), await person('author'), await person('moderator'), await person('owner')];
  const there = await makePost({ authorId: author.userId, title: 'Patience', slug: 'patience', publishedAt: new Date('2026-11-20T08:00:00Z') });
  for (const one of [author, other, moderator, owner]) valueOf(await setNotices(one, wishes, now));
  return { author, other, moderator, owner, there };
}

describe('whoever runs the blog', () => {
  test('is told at once of a comment that is published, once, and never of their own; an author of their own posts alone', async () => {
    const { author, other, moderator, owner, there } = await scene(FRESH);
    const said = await comment(moderator, there.slug);
    await published(said.id);
    expect([await subjects(author.email), await subjects(other.email), await subjects(moderator.email), await subjects(owner.email)])
      .toEqual([[`${moderator.name} wrote on “Patience”`], [], [], [`${moderator.name} wrote on “Patience”`]]);
  });

  test('is told as a reader where they asked for that too, and not twice', async () => {
    const { author, owner, there } = await scene(FRESH);
    await comment(owner, there.slug, { wishes: ALL });
    await published((await comment(author, there.slug, { at: later(60) })).id, later(70));
    expect(await subjects(owner.email)).toEqual(['Re: Patience']);
  });

  test('is told of what a reader reports, not of their own report', async () => {
    const { author, other, moderator, owner, there } = await scene(FRESH);
    await db().site.create({ data: { id: 1, title: 'Our blog', reportsToHold: 0 } });
    const reader = await person();
    const said = await comment(moderator, there.slug);
    await db().comment.update({ where: { publicId: said.id }, data: { userId: reader.userId } });
    valueOf(await report(said.id, owner));
    const sentence = expect.stringContaining('A reader reports a comment by');
    expect([await subjects(author.email), await subjects(other.email), await subjects(moderator.email), await subjects(owner.email)]).toEqual([[sentence], [], [sentence], []]);
  });

  test('who wants nothing is told nothing', async () => {
    const { author, moderator, owner, there } = await scene(NONE);
    const said = await comment(moderator, there.slug);
    await published(said.id);
    await report(said.id, await person());
    for (const { email } of [author, moderator, owner]) expect(await subjects(email)).toEqual([]);
  });

  test.each([['hourly', '2026-11-25T21:02:00Z', '2026-11-25T20:59:00Z'], ['daily', '2026-11-26T07:02:00Z', '2026-11-26T06:59:00Z']] as const)('is told %s of all that came, in one mail, and nothing where nothing came', async (rhythm, at, before) => {
    const { author, moderator, owner, there } = await scene({ ...FRESH, rhythm });
    await db().site.create({ data: { id: 1, title: 'Our blog', reportsToHold: 0 } });
    const [one, two] = [await comment(moderator, there.slug), await comment(moderator, there.slug, { at: later(60) })];
    await published(one.id);
    await published(two.id, later(70));
    valueOf(await report(one.id, await person(), later(80)));
    await sendStaffDigests(new Date(before));
    expect(await subjects(owner.email)).toEqual([]);
    await sendStaffDigests(new Date(at));
    await sendStaffDigests(new Date(new Date(at).getTime() + 60_000));
    await sendStaffDigests(new Date(new Date(at).getTime() + 26 * 3_600_000));
    expect([await subjects(owner.email), await subjects(author.email), await subjects(moderator.email)]).toEqual([['3 comments and reports at Our blog'], ['3 comments and reports at Our blog'], []]);
  });

  test('is told of what waits as often as they want', async () => {
    const { moderator, owner, there } = await scene({ ...NONE, held: true, rhythm: 'hourly' });
    const waiting = async (at: Date) => { const { id } = await comment({ kind: 'guest', writerHash: null }, there.slug, { email: `g${at.getTime()}@example.com`, at }); await sendHeldNotices({ comment: await keyOf(id), origin }, at); };
    await waiting(later(10));
    await waiting(later(600));
    expect(await subjects(owner.email)).toHaveLength(1);
    await sendHeldNotices({ person: owner.userId, origin }, later(3_600));
    expect(await subjects(owner.email)).toHaveLength(1);
    await sendHeldNotices({ person: owner.userId, origin }, later(3_620));
    expect(await subjects(owner.email)).toHaveLength(2);
    expect(await subjects(moderator.email)).toHaveLength(1);
  });
});

test.each([
  ['hourly', '2026-11-25T20:10:00Z', '2026-11-25T20:30:00Z', '2026-11-25T21:10:00.000Z'],
  ['daily', '2026-11-25T20:10:00Z', '2026-11-25T20:30:00Z', '2026-11-26T07:00:00.000Z'],
  ['daily', '2026-11-24T20:10:00Z', '2026-11-25T20:30:00Z', '2026-11-25T07:00:00.000Z'],
] as const)('who is told %s, last at %s, may be told at %s from %s on', (rhythm, last, at, next) => {
  expect(nextByRhythm(rhythm, new Date(last), 'UTC', new Date(at)).toISOString()).toBe(next);
});
