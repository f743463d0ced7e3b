import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { sessionHash } from '@/lib/identity/tokens';
import { countReads, tidyReads } from '@/lib/reads/counting';
import { listMostRead, listReadDays } from '@/lib/reads/queries';
import type { Read } from '@/lib/reads/rules';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { person } from '../moderation/scene';

useDatabase();

const BROWSER = 'Mozilla/5.0 (X11; Linux x64) Firefox/140.0';
const noon = new Date('2026-11-25T12:00:00Z');
const hoursLater = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);
const read = (slug: string, given: Partial<Read> = {}): Read => ({ slug, isUnlocked: false, clientIp: '192.0.2.1', userAgent: BROWSER, sessionToken: null, ...given });
const counts = async () => (await db().readCount.findMany({ orderBy: [{ day: 'asc' }, { count: 'desc' }], include: { post: { select: { slug: true } } } })).map(({ day, count, post }) => [day.toISOString().slice(0, 10), post.slug, count]);

async function blog(timeZone = 'UTC') {
  await db().site.upsert({ where: { id: 1 }, create: { id: 1, title: 'Blog', timeZone }, update: { timeZone } });
  const author = await makeUser({ role: 'author', emailVerified: noon });
  const publishedAt = new Date('2026-11-01T00:00:00Z');
  const post = (slug: string, given: object = {}) => makePost({ authorId: author.id, slug, publishedAt, ...given });
  return { author, post };
}

test('a reader counts once a day for each post', async () => {
  const { post } = await blog();
  await post('one');
  await post('two');
  await countReads([read('one'), read('one'), read('two')], noon);
  await countReads([read('one')], hoursLater(5));
  await countReads([read('one', { clientIp: '192.0.2.2' }), read('one', { userAgent: `${BROWSER} x` })], hoursLater(6));
  expect(await counts()).toEqual([['2026-11-25', 'one', 3], ['2026-11-25', 'two', 1]]);
});

test('told by several instances at once, each reader counts once', async () => {
  const { post } = await blog();
  await post('one');
  await post('two');
  const readers = Array.from({ length: 200 }, (_, at) => `10.0.0.${at}`);
  const told = readers.flatMap((clientIp) => [read('one', { clientIp }), read('two', { clientIp })]);
  await Promise.all([countReads(told, noon), countReads([...told].reverse(), noon), countReads(told.slice(100), noon), countReads(told.slice(0, 300), noon)]);
  expect(await counts()).toEqual([['2026-11-25', 'one', 200], ['2026-11-25', 'two', 200]]);
  expect(await db().readSalt.count()).toBe(1);
  expect(await db().readMark.count()).toBe(400);
});

test('a day is one of the blog’s own calendar', async () => {
  const { post } = await blog('Pacific/Auckland');
  await post('one');
  // Half past ten and half past eleven in the evening of the 25th, then midnight has come, in UTC it is noon.
  for (const at of ['2026-11-25T09:30:00Z', '2026-11-25T10:30:00Z', '2026-11-25T11:30:00Z']) await countReads([read('one')], new Date(at));
  expect(await counts()).toEqual([['2026-11-25', 'one', 1], ['2026-11-26', 'one', 1]]);
});

test('when a day is over its salt and its marks go, and the number stays', async () => {
  const { post } = await blog('America/New_York');
  await post('one');
  await countReads([read('one')], noon);
  // In New York it is an hour before midnight.
  await tidyReads(new Date('2026-11-26T04:00:00Z'));
  expect([await db().readSalt.count(), await db().readMark.count()]).toEqual([1, 1]);
  await countReads([read('one')], new Date('2026-11-26T06:00:00Z'));
  const before = await db().readSalt.findMany({ orderBy: { day: 'asc' } });
  expect(Buffer.from(before[0]!.salt).equals(Buffer.from(before[1]!.salt))).toBe(false);
  await tidyReads(new Date('2026-11-26T06:00:00Z'));
  await tidyReads(new Date('2026-11-26T06:00:00Z'));
  expect((await db().readSalt.findMany()).map(({ day }) => day.toISOString().slice(0, 10))).toEqual(['2026-11-26']);
  expect(await db().readMark.count()).toBe(1);
  expect(await counts()).toEqual([['2026-11-25', 'one', 1], ['2026-11-26', 'one', 1]]);
});

test('a mark says nothing of who it is, and is another one on another day', async () => {
  const { post } = await blog();
  await post('one');
  await countReads([read('one')], noon);
  await countReads([read('one')], hoursLater(24));
  const marks = (await db().readMark.findMany()).map(({ mark }) => Buffer.from(mark));
  expect(marks.map(({ length }) => length)).toEqual([16, 16]);
  expect(marks[0]!.equals(marks[1]!)).toBe(false);
});

test('programs, and people who have a desk here, are not counted; readers who are signed in are', async () => {
  const { author, post } = await blog();
  await post('one');
  const session = async (userId: string, expires = hoursLater(1)) => {
    const token = newId() + newId();
    await db().session.create({ data: { sessionToken: sessionHash(token), id: newId(), userId, expires } });
    return token;
  };
  const staff = [author.id, (await makeUser({ role: 'moderator' })).id, (await makeUser({ role: 'owner' })).id];
  const tokens = await Promise.all(staff.map((id) => session(id)));
  await countReads(tokens.map((sessionToken, at) => read('one', { sessionToken, clientIp: `10.0.0.${at}` })), noon);
  await countReads([read('one', { userAgent: 'Googlebot/2.1' }), read('one', { userAgent: '' })], noon);
  expect(await counts()).toEqual([]);
  expect(await db().readSalt.count()).toBe(0);
  await countReads([read('one', { sessionToken: await session((await makeUser()).id) }), read('one', { sessionToken: 'x'.repeat(40), clientIp: '10.1.1.1' }), read('one', { sessionToken: await session(author.id, hoursLater(-1)), clientIp: '10.1.1.2' })], noon);
  expect(await counts()).toEqual([['2026-11-25', 'one', 3]]);
});

test('only what readers can get to is counted: a post with a password once it is unlocked', async () => {
  const { post } = await blog();
  await post('out');
  await post('unlisted', { status: 'unlisted' });
  await post('locked', { status: 'password', password: 'open' });
  for (const status of ['draft', 'private', 'trash', 'scheduled'] as const) await post(status, { status });
  await post('to-come', { publishedAt: hoursLater(1) });
  await post('a-page', { kind: 'page' });
  const slugs = ['out', 'unlisted', 'locked', 'draft', 'private', 'trash', 'scheduled', 'to-come', 'a-page', 'nowhere', 'nul\0'];
  await countReads(slugs.map((slug) => read(slug)), noon);
  await countReads(slugs.map((slug) => read(slug, { isUnlocked: true, clientIp: '10.0.0.2' })), noon);
  expect((await counts()).map(([, slug, count]) => [slug, count]).sort()).toEqual([['locked', 1], ['out', 1], ['unlisted', 1]]);
});

test('thousands at once are counted, and a post that goes takes its counts along', async () => {
  const { post } = await blog();
  const { id } = await post('one');
  await countReads(Array.from({ length: 2_500 }, (_, at) => read('one', { clientIp: `10.0.${at >> 8}.${at & 255}` })), noon);
  expect(await counts()).toEqual([['2026-11-25', 'one', 2_500]]);
  await db().post.delete({ where: { id } });
  expect(await counts()).toEqual([]);
});

test('authors see how their own posts are read, owners all, moderators nothing', async () => {
  const { author, post } = await blog();
  await post('mine');
  const other = await makeUser({ role: 'author' });
  await makePost({ authorId: other.id, slug: 'theirs', publishedAt: new Date('2026-11-01T00:00:00Z') });
  await countReads([read('mine'), read('theirs'), read('theirs', { clientIp: '10.0.0.9' })], noon);
  await countReads([read('mine')], hoursLater(48));
  const days = { first: '2026-11-20', last: '2026-11-26' };
  const asAuthor = { ...(await person('author')), userId: author.id };
  const owner = await person('owner');
  expect(await listReadDays(asAuthor, days)).toEqual([{ day: '2026-11-25', count: 1 }]);
  expect(await listReadDays(owner, days)).toEqual([{ day: '2026-11-25', count: 3 }]);
  expect((await listMostRead(owner, days, 10)).map(({ slug, count }) => [slug, count])).toEqual([['theirs', 2], ['mine', 1]]);
  expect((await listMostRead(asAuthor, days, 10)).map(({ slug }) => slug)).toEqual(['mine']);
  expect((await listMostRead(owner, days, 1)).map(({ slug }) => slug)).toEqual(['theirs']);
  const moderator = await person('moderator');
  expect([await listReadDays(moderator, days), await listMostRead(moderator, days, 10)]).toEqual([[], []]);
});
