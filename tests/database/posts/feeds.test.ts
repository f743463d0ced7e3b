import { beforeEach, expect, test } from 'vitest';
import { newAnswer, withAnswer } from '@/lib/answer';
import { postTag } from '@/lib/cache-tags';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { commentsFeed, postCommentsFeed, postsFeed } from '@/lib/posts/feed-documents';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';
import { readFeed } from '../../support/rss';

useDatabase();

const now = new Date('2026-01-01T12:00:00Z');
const written = new Date('2016-05-13T12:00:00Z');
const ORIGIN = 'https://blog.example';
const RSS = { form: 'xml', origin: ORIGIN } as const;

beforeEach(async () => {
  await db().site.create({ data: { id: 1, title: 'Salt & <light>', tagline: 'Notes' } });
});

async function cups() {
  const author = await makeUser({ name: 'Marja', slug: 'marja', email: 'marja@secret.example' });
  const post = await makePost({ authorId: author.id, slug: 'cups', title: 'Cups & “saucers” ]]>', source: '<p>See <a href="/about">us</a> &amp; more.</p>', publishedAt: written });
  await db().category.create({ data: { id: newId(), slug: 'sleep', name: 'Sleep', posts: { create: { postId: post.id } } } });
  await db().tag.create({ data: { id: newId(), slug: 'night', name: 'night', posts: { create: { postId: post.id } } } });
  return { author, post };
}

test('the blog’s feed has its newest posts, whole, with whole addresses', async () => {
  const { post } = await cups();
  await makeComment({ postId: post.id });
  const { channel, items } = readFeed(await postsFeed(RSS, now));
  expect(channel).toMatchObject({ title: 'Salt & <light>', description: 'Notes', link: 'https://blog.example/', self: 'https://blog.example/feed.xml', language: 'en' });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    title: 'Cups & “saucers” ]]>', link: 'https://blog.example/posts/cups', guid: `urn:uuid:${post.id}`, pubDate: 'Fri, 13 May 2016 12:00:00 GMT',
    'dc:creator': 'Marja', categories: 'Sleep;night;', comments: 'https://blog.example/posts/cups#comments', 'wfw:commentRss': 'https://blog.example/posts/cups/feed.xml', 'slash:comments': '1',
  });
  expect(items[0]!['content:encoded']).toContain('<a href="https://blog.example/about">us</a>');
});

test('a post stays the same one to its readers under another address', async () => {
  const { post } = await cups();
  const idsOf = async () => [readFeed(await postsFeed(RSS, now)).items[0]!.guid, (JSON.parse(await postsFeed({ ...RSS, form: 'json' }, now)) as { items: { id: string }[] }).items[0]!.id];
  const before = await idsOf();
  await db().post.update({ where: { id: post.id }, data: { slug: 'saucers' } });
  expect(await idsOf()).toEqual(before);
});

test('it holds twenty posts at most, the newest first, and no page', async () => {
  const { author } = await cups();
  for (let n = 0; n < 22; n++) await makePost({ authorId: author.id, slug: `more-${n}`, publishedAt: new Date(written.getTime() + n * 1000) });
  await makePost({ authorId: author.id, kind: 'page', slug: 'about', publishedAt: now });
  const { items } = readFeed(await postsFeed(RSS, now));
  expect(items.map(({ link }) => link)).toEqual(Array.from({ length: 20 }, (_, n) => `https://blog.example/posts/more-${21 - n}`));
});

test('nothing that is not public is in any feed, nor anybody’s address', async () => {
  const { author, post } = await cups();
  for (const status of ['draft', 'scheduled', 'unlisted', 'private', 'password', 'trash'] as const) {
    const hidden = await makePost({ authorId: author.id, slug: status, status, title: 'Hidden words', source: 'Hidden words', publishedAt: written });
    await makeComment({ postId: hidden.id, source: 'Hidden words', name: 'Hidden words' });
    expect(await postCommentsFeed(status, RSS, now)).toBeNull();
  }
  const later = await makePost({ authorId: author.id, slug: 'later', title: 'Hidden words', publishedAt: new Date('2026-01-02T00:00:00Z') });
  await makeComment({ postId: later.id, source: 'Hidden words' });
  for (const status of ['pending', 'spam', 'trash', 'deleted'] as const) await makeComment({ postId: post.id, status, source: 'Hidden words', name: 'Hidden words' });
  await makeComment({ postId: post.id, kind: 'mention', source: 'Hidden words', name: 'Hidden words' });
  const { id: userId } = await makeUser({ name: 'Hidden words', email: 'hidden@secret.example' });
  const pseudonym = await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId, name: 'A name for here' } });
  await makeComment({ postId: post.id, userId, pseudonymId: pseudonym.id, name: 'A name for here', email: null, source: 'Seen words' });
  const feeds = [await postsFeed(RSS, now), await commentsFeed(RSS, now), (await postCommentsFeed('cups', RSS, now)) ?? ''];
  for (const feed of feeds) expect(feed).not.toMatch(/Hidden words|secret\.example/);
  for (const feed of feeds.slice(1)) expect(readFeed(feed).items.map((item) => [item['dc:creator'], item.title])).toEqual([['A name for here', 'A name for here on “Cups & “saucers” ]]>”']]);
});

test('a comment stands in the feeds under the address it has for good', async () => {
  const { post } = await cups();
  const comment = await makeComment({ postId: post.id, name: 'Ines', source: 'I left it **on**.', createdAt: written });
  const expected = { link: `https://blog.example/comments/${comment.publicId}`, 'dc:creator': 'Ines', description: 'I left it on.', 'content:encoded': '<p>I left it <strong>on</strong>.</p>' };
  for (const feed of [await commentsFeed(RSS, now), await postCommentsFeed('cups', RSS, now)]) expect(readFeed(feed ?? '').items).toMatchObject([expected]);
});

test('what a kept feed shows makes it stale; that of all comments is not to be kept', async () => {
  const { author, post } = await cups();
  const later = await makePost({ authorId: author.id, slug: 'later', publishedAt: new Date('2026-01-02T00:00:00Z') });
  const answerOf = async (read: () => Promise<unknown>) => {
    const answer = newAnswer({ requestId: '-', clientIp: '127.0.0.1', origin: ORIGIN });
    await withAnswer(answer, read);
    return { tags: [...answer.tags].sort(), until: answer.keepUntil };
  };
  expect(await answerOf(() => postsFeed(RSS, now))).toEqual({ tags: [postTag(post.id), 'posts', 'site'].sort(), until: later.publishedAt });
  expect(await answerOf(() => postCommentsFeed('cups', RSS, now))).toEqual({ tags: [postTag(post.id), 'posts', 'site'].sort(), until: later.publishedAt });
});
