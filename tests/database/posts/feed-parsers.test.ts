import { beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { commentsFeed, type FeedAsked, listFeed, postCommentsFeed, postsFeed } from '@/lib/posts/feed-documents';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';
import { FEED_PARSERS, type Read } from '../../support/feed-parsers';

useDatabase();

const now = new Date('2026-01-01T12:00:00Z');
const at = '2016-05-13T12:00:00.000Z';
const ORIGIN = 'https://blog.example';
const TITLE = 'Cups & “saucers” ]]> <b>شاي</b> 茶';
const NAME = 'Marja O’Hara & <i>sons</i>';

const FEEDS: Record<string, (asked: FeedAsked) => Promise<string | null>> = {
  'of the blog': (asked) => postsFeed(asked, now),
  'of a category': (asked) => listFeed({ of: 'category', slug: 'sleep' }, asked, now),
  'of a tag': (asked) => listFeed({ of: 'tag', slug: 'night' }, asked, now),
  'of an author': (asked) => listFeed({ of: 'author', slug: 'marja' }, asked, now),
  'of all comments': (asked) => commentsFeed(asked, now),
  'of the comments on a post': (asked) => postCommentsFeed('cups', asked, now),
};
const OF_COMMENTS = ['of all comments', 'of the comments on a post'];

beforeEach(async () => {
  await db().site.create({ data: { id: 1, title: 'Salt & <light>', tagline: 'Notes' } });
  const author = await makeUser({ name: NAME, slug: 'marja' });
  const post = await makePost({ authorId: author.id, slug: 'cups', title: TITLE, source: '<p>See <a href="/about">us</a> &amp; more \u{1F375}.</p>', publishedAt: new Date(at) });
  await db().category.create({ data: { id: newId(), slug: 'sleep', name: 'Sleep & rest', posts: { create: { postId: post.id } } } });
  await db().tag.create({ data: { id: newId(), slug: 'night', name: 'night', posts: { create: { postId: post.id } } } });
  await makeComment({ postId: post.id, name: NAME, source: 'I left it **on**.', createdAt: new Date(at) });
});

const parsers = Object.entries(FEED_PARSERS).flatMap(([form, of]) => Object.entries(of).map(([name, read]) => ({ form: form as 'xml' | 'json', name, read })));
const cases = parsers.flatMap((parser) => Object.entries(FEEDS).map(([of, make]) => ({ ...parser, of, make })));

/** Some show markup in a name as it stands, others without; none may lose the rest. */
const plain = (text: string | undefined) => text?.replace(/<\/?[bi]>/g, '');

test.each(cases)('$name reads the feed $of ($form)', async ({ form, read, of, make }) => {
  const document = (await make({ form, origin: ORIGIN }))!;
  const feed: Read = await read(document);
  expect(feed.title).toContain(of === 'of the comments on a post' ? 'Cups & “saucers” ]]>' : 'Salt & <light>');
  expect(feed.link).toMatch(/^https:\/\/blog\.example\//);
  if (feed.language !== undefined) expect(feed.language).toBe('en');
  expect(feed.items).toHaveLength(1);
  const [item] = feed.items;
  const isOfComments = OF_COMMENTS.includes(of);
  expect(item!.link).toMatch(isOfComments ? /^https:\/\/blog\.example\/comments\/\w{12}$/ : /^https:\/\/blog\.example\/posts\/cups$/);
  expect(item!.at).toBe(at);
  expect(plain(item!.title)).toContain('Cups & “saucers” ]]> شاي 茶');
  if (item!.author !== undefined) expect(plain(item!.author)).toBe(plain(NAME));
  if (item!.html !== undefined) expect(item!.html).toContain(isOfComments ? '<strong>on</strong>' : '<a href="https://blog.example/about">us</a>');
  if (item!.categories && !isOfComments) expect(item!.categories).toEqual(['Sleep & rest', 'night']);
  if (item!.comments && item!.comments !== 'undefined') expect(item!.comments).toBe('1');
});

test.each(Object.entries(FEEDS))('at least three of them read author, categories, whole text and number of comments of the RSS feed %s', async (of, make) => {
  const document = (await make({ form: 'xml', origin: ORIGIN }))!;
  const names = OF_COMMENTS.includes(of) ? (['author', 'html'] as const) : (['author', 'categories', 'html', 'comments'] as const);
  const read = await Promise.all(Object.values(FEED_PARSERS.xml).map(async (parse) => (await parse(document)).items[0]!));
  for (const name of names) expect(read.filter((item) => item[name] !== undefined && item[name] !== 'undefined').length).toBeGreaterThanOrEqual(3);
});

test('a JSON feed says what version 1.1 asks for, and its own address', async () => {
  const feed = JSON.parse(await postsFeed({ form: 'json', origin: ORIGIN }, now)) as Record<string, unknown>;
  expect(feed).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1', title: 'Salt & <light>', home_page_url: `${ORIGIN}/`, feed_url: `${ORIGIN}/feed.json`, description: 'Notes', language: 'en',
    items: [{ id: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/), url: `${ORIGIN}/posts/cups`, title: TITLE, date_published: at, authors: [{ name: NAME, url: `${ORIGIN}/authors/marja` }], tags: ['Sleep & rest', 'night'] }],
  });
});
