import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { findDashboard } from '@/lib/site/dashboard';
import { dashboardDaysSchema } from '@/lib/site/dashboard-days';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { daysAgo, now, person } from '../moderation/scene';

useDatabase();

const titles = ({ posts }: { posts: { title: string }[] }) => posts.map(({ title }) => title);

async function scene() {
  const [author, other, owner, moderator] = [await person('author'), await person('author'), await person('owner'), await person('moderator')];
  const post = await makePost({ authorId: author.userId, title: 'Mine', slug: 'mine', publishedAt: daysAgo(60) });
  const theirs = await makePost({ authorId: other.userId, title: 'Theirs', slug: 'theirs', publishedAt: daysAgo(60) });
  return { author, owner, moderator, post, theirs };
}

test('comments and reads of each day stand there, today the last, and a day without any is 0', async () => {
  const { author, owner, moderator, post, theirs } = await scene();
  for (const [postId, age] of [[post.id, 0], [post.id, 1], [post.id, 1], [theirs.id, 1], [post.id, 29], [post.id, 30.6]] as const) await makeComment({ postId, createdAt: daysAgo(age) });
  await makeComment({ postId: post.id, createdAt: daysAgo(1), status: 'pending' });
  await makeComment({ postId: post.id, createdAt: daysAgo(1), kind: 'mention' });
  await db().readCount.createMany({ data: [{ day: new Date('2026-11-25'), postId: post.id, count: 5 }, { day: new Date('2026-11-24'), postId: theirs.id, count: 7 }, { day: new Date('2026-10-01'), postId: post.id, count: 9 }] });
  const of = async (viewer: typeof author, count: 30 | 90 = 30) => (await findDashboard(viewer, count, 'UTC', now)).days;
  const mine = await of(author);
  expect([mine.length, mine[0]?.day, mine.at(-1)?.day]).toEqual([30, '2026-10-27', '2026-11-25']);
  expect(mine.filter(({ comments, reads }) => comments > 0 || (reads ?? 0) > 0).map(({ day, comments, reads }) => [day, comments, reads])).toEqual([['2026-10-27', 1, 0], ['2026-11-24', 2, 0], ['2026-11-25', 1, 5]]);
  expect((await of(owner)).slice(-2).map(({ comments, reads }) => [comments, reads])).toEqual([[3, 7], [1, 5]]);
  expect((await of(moderator)).slice(-2).map(({ comments, reads }) => [comments, reads])).toEqual([[3, null], [1, null]]);
  expect((await of(author, 90)).find(({ day }) => day === '2026-10-01')?.reads).toBe(9);
});

test('a day is one of the blog’s own calendar, also where the clocks change', async () => {
  const { author, post } = await scene();
  // In New York the 1st of November has 25 hours.
  for (const at of ['2026-11-01T03:59:00Z', '2026-11-01T04:01:00Z', '2026-11-02T04:59:00Z', '2026-11-02T05:01:00Z']) await makeComment({ postId: post.id, createdAt: new Date(at) });
  const { days } = await findDashboard(author, 30, 'America/New_York', now);
  expect(days.filter(({ comments }) => comments > 0).map(({ day, comments }) => [day, comments])).toEqual([['2026-10-31', 1], ['2026-11-01', 2], ['2026-11-02', 1]]);
});

test('what is being written: drafts, what comes out next first, and what is out with changes that are not', async () => {
  const { author, owner, moderator, post, theirs } = await scene();
  for (let at = 0; at < 6; at += 1) await makePost({ authorId: author.userId, title: `Draft ${at}`, slug: `draft-${at}`, status: 'draft', updatedAt: daysAgo(at) });
  await makePost({ authorId: author.userId, title: 'Later', slug: 'later', status: 'scheduled', publishedAt: daysAgo(-9) });
  await makePost({ authorId: author.userId, title: 'Sooner', slug: 'sooner', status: 'published', publishedAt: daysAgo(-2) });
  await makePost({ authorId: author.userId, title: 'Thrown away', slug: 'gone', status: 'trash' });
  await db().postDraft.createMany({ data: [{ postId: post.id, fields: {} }, { postId: theirs.id, fields: {} }] });
  const { posts } = await findDashboard(author, 30, 'UTC', now);
  expect([posts?.drafts.count, titles(posts!.drafts)]).toEqual([6, ['Draft 0', 'Draft 1', 'Draft 2', 'Draft 3', 'Draft 4']]);
  expect(titles(posts!.scheduled)).toEqual(['Sooner', 'Later']);
  expect(titles(posts!.changed)).toEqual(['Mine']);
  expect((await findDashboard(owner, 30, 'UTC', now)).posts?.changed.count).toBe(2);
  expect((await findDashboard(moderator, 30, 'UTC', now)).posts).toBeNull();
});

test.each([['90', 90], ['365', 365], ['30', 30], ['31', 30], ['x', 30], [undefined, 30], [['90', '365'], 30]])('of the days that an address asks for, %j, %i are shown', (asked, days) => {
  expect(dashboardDaysSchema.parse(asked)).toBe(days);
});
