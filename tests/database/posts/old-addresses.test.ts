import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { OLD_QUERY_NAMES } from '@/lib/posts/schema';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';

useDatabase();

const now = new Date('2026-01-01T12:00:00Z');
const written = new Date('2016-05-13T12:00:00Z');
const HIDDEN = ['draft', 'scheduled', 'unlisted', 'private', 'password', 'trash'] as const;

const AWAY = ['/\t/evil.example', '/\n/evil.example', '/\\evil.example', '/..//evil.example', '/./\\evil.example', 'evil.example', '/\u007f/evil.example'];

beforeEach(async () => {
  const author = await makeUser({ slug: 'marja', name: 'Marja' });
  const post = await makePost({ authorId: author.id, slug: 'cups', publishedAt: written });
  const page = await makePost({ authorId: author.id, kind: 'page', slug: 'about', publishedAt: written });
  const future = await makePost({ authorId: author.id, slug: 'tomorrow', publishedAt: new Date('2026-01-02T00:00:00Z') });
  const hidden = await Promise.all(HIDDEN.map((status) => makePost({ authorId: author.id, slug: status, status, publishedAt: written })));
  const notPublic = [...hidden, future];
  const category = await db().category.create({ data: { id: newId(), slug: 'sleep', name: 'Sleep', posts: { create: { postId: post.id } } } });
  const tag = await db().tag.create({ data: { id: newId(), slug: 'first-year', name: 'First year', posts: { create: { postId: post.id } } } });
  const empty = await db().category.create({ data: { id: newId(), slug: 'empty', name: 'Empty', parentId: category.id, posts: { create: notPublic.map(({ id }) => ({ postId: id })) } } });
  const stranger = await makeUser({ slug: 'stranger' });
  await db().redirect.createMany({
    data: [
      { path: '/2016/05/13/cups', postId: post.id },
      { path: '/2016/05/13/cups/two-cups', postId: post.id },
      { path: '/lonely-picture', to: '/pictures/nobody.webp' },
      { path: '/?attachment_id=21', postId: post.id },
      { path: '/über-uns', postId: page.id },
      { path: '/old-list', to: '/tags/first-year' },
      { path: '/away', to: '//evil.example/' },
      { path: '/away-too', to: 'https://evil.example/' },
      { path: '/about', postId: page.id },
      ...AWAY.map((to, index) => ({ path: `/away-${index}`, to })),
      { path: '/round-1', to: '/round-2' }, { path: '/round-2', to: '/round-1/' }, { path: '/round-3', to: '/index.php/round-3' },
      { path: '/round-4', to: '/round-4/amp' }, { path: '/round-5', to: '/?attachment_id=50' }, { path: '/?attachment_id=50', to: '/round-5' }, { path: '/round-6', to: '/r%6fund-6#there' },
      ...notPublic.flatMap(({ id, slug }) => [{ path: `/2016/05/13/${slug}`, postId: id }, { path: `/2016/05/13/${slug}/its-picture`, postId: id }]),
    ],
  });
  const keys: [kind: string, externalId: string, targetId: string | null][] = [
    ['post', '123', post.id], ['post', '7', page.id], ['post', '9', null], ['comment', '55', post.id],
    ['category-number', '3', category.id], ['category-number', '4', empty.id], ['tag-number', '6', tag.id], ['tag', 'erstes-jahr', tag.id],
    ['author-number', '1', author.id], ['author-slug', 'mum', author.id], ['author-number', '2', stranger.id],
    ...notPublic.map(({ id }, index) => ['post', String(1000 + index), id] as [string, string, string]),
  ];
  await db().importKey.createMany({ data: keys.map(([kind, externalId, targetId]) => ({ source: 'wxr:a', kind, externalId, targetId })) });
});

test.each([
  ['/2016/05/13/cups', '/posts/cups'],
  ['/2016/05/13/cups/', '/posts/cups'],
  ['/2016//05/13/cups/', '/posts/cups'],
  ['/2016/05/13/cups/comment-page-3', '/posts/cups'],
  ['/posts/cups/comment-page-1/', '/posts/cups'],
  ['/2016/05/13/cups/2', '/posts/cups'],
  ['/2016/05/13/cups/amp/', '/posts/cups'],
  ['/2016/05/13/cups/embed/', '/posts/cups'],
  ['/2016/05/13/cups/trackback/', '/posts/cups'],
  ['/2016/05/13/cups/two-cups/', '/posts/cups'],
  ['/2016/05/13/cups/a-picture-nobody-kept/', '/posts/cups'],
  ['/2016/05/13/cups/attachment/picture/', '/posts/cups'],
  ['/index.php/2016/05/13/cups', '/posts/cups'],
  ['/2016/05/cups/', '/posts/cups'],
  ['/2016/05/31/cups/', '/posts/cups'],
  ['/%C3%BCber-uns/', '/about'],
  ['/%c3%bcber-uns', '/about'],
  ['/u%CC%88ber-uns', '/about'],
  ['/old-list', '/tags/first-year'],
  ['/category/sleep/', '/categories/sleep'],
  ['/category/growing-up/sleep', '/categories/sleep'],
  ['/category/sleep/page/9', '/categories/sleep'],
  ['/tag/first-year', '/tags/first-year'],
  ['/tag/erstes-jahr', '/tags/first-year'],
  ['/author/marja/', '/authors/marja'],
  ['/author/mum/', '/authors/marja'],
  ['/2016/', '/archive/2016'],
  ['/2016/05/', '/archive/2016/05'],
  ['/2016/05/13', '/archive/2016/05'],
  ['/2016/05/page/4', '/archive/2016/05'],
  ['/search/good+night/', '/search?q=good+night'],
  ['/wp-login.php', '/sign-in'],
  ['/wp-admin/edit.php', '/sign-in'],
  ['/index.php', '/'],
  ['/page/99', '/'],
])('the old address %s leads to %s in one hop', async (path, target) => {
  expect(await findLegacyTarget(path, {}, now)).toBe(target);
});

test.each([
  ['/feed/', '/feed.xml'], ['/feed/atom/', '/feed.xml'], ['/rss', '/feed.xml'], ['/atom.xml', '/feed.xml'],
  ['/comments/feed/rss2/', '/comments/feed.xml'], ['/2016/05/13/cups/feed/', '/posts/cups/feed.xml'], ['/posts/cups/feed/', '/posts/cups/feed.xml'],
  ['/about/feed/', '/comments/feed.xml'], ['/category/sleep/feed/', '/categories/sleep/feed.xml'], ['/tag/first-year/feed/rss/', '/tags/first-year/feed.xml'], ['/author/marja/feed/', '/authors/marja/feed.xml'],
  ['/2016/05/feed/', '/feed.xml'], ['/sitemap_index.xml', '/sitemap.xml'], ['/wp-sitemap-posts-post-1.xml', '/sitemap.xml'], ['/news-sitemap.xml', '/sitemap.xml'],
])('the old feed %s is %s now', async (path, target) => {
  expect(await findLegacyTarget(path, {}, now)).toBe(target);
});

test.each([
  ['/2016/06'], ['/2017'], ['/2016/13'], ['/category/empty'], ['/category/empty/feed'], ['/category/unknown'],
  ['/tag/unknown'], ['/tag/unknown/feed'], ['/author/unknown'], ['/author/stranger'], ['/author/stranger/feed'], ['/2015/05/13/cups'], ['/2016/06/01/cups'], ['/unknown'], ['/unknown/feed'], ['/about'], ['/about/unknown'], ['/posts/cups'],
  ['/'], ['/sign-in'], ['/feed.xml'], ['/xmlrpc.php'], ['/wp-json'], ['/wp-json/wp/v2/posts'], ['/wp-includes/x.js'], ['/away'], ['/away-too'],
  ['/a\0b'], ['/\uD800'], [`/${'x'.repeat(5000)}`],
])('the address %j leads nowhere', async (path) => {
  expect(await findLegacyTarget(path, {}, now)).toBeNull();
});

test.each([...HIDDEN.filter((status) => status !== 'unlisted' && status !== 'password'), 'tomorrow'])('nothing leads to what is not public: %s', async (slug) => {
  const number = (await db().importKey.findFirstOrThrow({ where: { targetId: (await db().post.findFirstOrThrow({ where: { slug } })).id } })).externalId;
  for (const path of [`/2016/05/13/${slug}`, `/2016/05/13/${slug}/feed`, `/2016/05/13/${slug}/its-picture`, `/2016/05/13/${slug}/other`, `/2016/05/13/${slug}/comment-page-2`, `/posts/${slug}/feed`, `/posts/${slug}/amp`, `/2026/01/02/${slug}`]) {
    expect([path, await findLegacyTarget(path, {}, now)]).toEqual([path, null]);
  }
  for (const query of [{ p: number }, { p: number, feed: 'rss2' }, { attachment_id: number }, { name: slug }, { pagename: `2016/05/13/${slug}` }]) {
    expect([query, await findLegacyTarget('/', query, now)]).toEqual([query, null]);
  }
});

test.each(['unlisted', 'password'])('who knows the old address of a post that is %s is led to it; nobody counts their way there, and its feeds are gone', async (slug) => {
  const number = (await db().importKey.findFirstOrThrow({ where: { targetId: (await db().post.findFirstOrThrow({ where: { slug } })).id } })).externalId;
  for (const path of [`/2016/05/13/${slug}`, `/2016/05/13/${slug}/its-picture`, `/2016/05/13/${slug}/comment-page-2`, `/posts/${slug}/amp`]) expect([path, await findLegacyTarget(path, {}, now)]).toEqual([path, `/posts/${slug}`]);
  for (const path of [`/2016/05/13/${slug}/feed`, `/posts/${slug}/feed`]) expect([path, await findLegacyTarget(path, {}, now)]).toEqual([path, null]);
  expect(await findLegacyTarget('/', { name: slug }, now)).toBe(`/posts/${slug}`);
  for (const query of [{ p: number }, { p: number, feed: 'rss2' }, { attachment_id: number }]) expect([query, await findLegacyTarget('/', query, now)]).toEqual([query, null]);
});

test('a second page of an old list leads to the second page here, where there is one', async () => {
  const author = await db().user.findFirstOrThrow({ where: { slug: 'marja' } });
  for (let n = 0; n < 10; n++) await makePost({ authorId: author.id, slug: `more-${n}`, publishedAt: written });
  expect(await findLegacyTarget('/2016/05/page/2', {}, now)).toBe('/archive/2016/05/page/2');
  expect(await findLegacyTarget('/2016/page/2', {}, now)).toBe('/archive/2016/page/2');
  expect(await findLegacyTarget('/', { paged: '2' }, now)).toBe('/page/2');
  expect(await findLegacyTarget('/author/marja/page/3', {}, now)).toBe('/authors/marja');
});

test.each<[Parameters<typeof findLegacyTarget>[1], string | null]>([
  [{ p: '123' }, '/posts/cups'],
  [{ page_id: '7' }, '/about'],
  [{ p: '123', feed: 'rss2' }, '/posts/cups/feed.xml'],
  [{ feed: 'comments-rss2', p: '123' }, '/posts/cups/feed.xml'],
  [{ feed: 'rss2' }, '/feed.xml'],
  [{ feed: 'comments-rss2' }, '/comments/feed.xml'],
  [{ attachment_id: '21' }, '/posts/cups'],
  [{ p: '21' }, '/posts/cups'],
  [{ name: 'cups' }, '/posts/cups'],
  [{ pagename: 'about' }, '/about'],
  [{ cat: '3' }, '/categories/sleep'],
  [{ cat: '3', feed: 'rss2' }, '/categories/sleep/feed.xml'],
  [{ tag_id: '6' }, '/tags/first-year'],
  [{ author: '1' }, '/authors/marja'],
  [{ tag: 'first-year' }, '/tags/first-year'],
  [{ category_name: 'any/sleep' }, '/categories/sleep'],
  [{ m: '201605' }, '/archive/2016/05'],
  [{ year: '2016', monthnum: '05' }, '/archive/2016/05'],
  [{ m: '2016' }, '/archive/2016'],
  [{ s: 'good night' }, '/search?q=good+night'],
  [{ s: '' }, '/search'],
  [{ paged: '1' }, '/'],
  [{ paged: '99' }, '/'],
  [{ p: '9' }, null], [{ p: '55' }, null], [{ p: 'x' }, null], [{ p: '123\0' }, null], [{ cat: '4' }, null], [{ cat: '99' }, null], [{ author: '2' }, null], [{ attachment_id: '123\uD800' }, null], [{ m: '201606' }, null],
])('/?%j leads to %j', async (query, target) => {
  expect(await findLegacyTarget('/', query, now)).toBe(target);
  expect(await findLegacyTarget('/index.php', query, now)).toBe(target);
});

describe('a page of comments', () => {
  async function discussion(): Promise<string[]> {
    const post = await db().post.findFirstOrThrow({ where: { slug: 'cups' } });
    const stood: string[] = [];
    for (let n = 0; n < 120; n++) {
      const kind = n % 40 === 0 ? 'mention' : 'comment';
      const comment = await makeComment({ postId: post.id, kind, legacyNumber: BigInt(n + 1), createdAt: new Date(written.getTime() + n * 60_000), source: `thread ${n}` });
      // Threads of three, so that pages here hold fewer than the fifty threads of a page there.
      if (kind === 'comment') for (const reply of [1, 2]) await makeComment({ postId: post.id, parent: comment, legacyNumber: BigInt(1000 * reply + n), createdAt: new Date(written.getTime() + (200 + n) * 60_000) });
      stood.push(comment.publicId);
    }
    // Not of the old blog, and not seen: neither counts.
    await makeComment({ postId: post.id, createdAt: new Date(written.getTime() - 60_000) });
    await makeComment({ postId: post.id, legacyNumber: 5000n, status: 'trash', createdAt: written });
    return stood;
  }

  test('leads to the page here on which its first thread stands', async () => {
    const stood = await discussion();
    const { findCommentAddress } = await import('@/lib/comments/queries');
    const pageOf = async (id: string) => (await findCommentAddress(id, { kind: 'guest', writerHash: null }, now))?.split('#')[0];
    const second = await pageOf(stood[50]!);
    expect(second).toMatch(/^\/posts\/cups\/comments\/[2-9]$/);
    expect(await findLegacyTarget('/2016/05/13/cups/comment-page-2/', {}, now)).toBe(second);
    expect(await findLegacyTarget('/', { p: '123', cpage: '2' }, now)).toBe(second);
    expect(await findLegacyTarget('/2016/05/13/cups', { cpage: '3' }, now)).toBe(await pageOf(stood[100]!));
    expect(await findLegacyTarget('/posts/cups/comment-page-2', {}, now)).toBe(second);
    for (const [path, target] of [['comment-page-1', '/posts/cups'], ['comment-page-0', '/posts/cups'], ['comment-page-99', '/posts/cups']]) expect(await findLegacyTarget(`/2016/05/13/cups/${path}`, {}, now)).toBe(target);
  });
});

test.each(AWAY.map((to, index) => [`/away-${index}`, to]))('%s is kept as leading to %j, which is no path of this blog: it leads nowhere', async (path) => {
  expect(await findLegacyTarget(path, {}, now)).toBeNull();
});

test.each(['/round-1', '/round-2', '/round-3', '/round-4', '/round-5', '/round-6'])('what would lead on to an old address, and so in a circle, leads nowhere: %s', async (path) => {
  expect(await findLegacyTarget(path, {}, now)).toBeNull();
});

test('whatever anybody asks, the answer is a path of this blog or none', async () => {
  const known = ['2016', '05', '13', 'cups', 'about', 'category', 'sleep', 'tag', 'author', 'marja', 'page', '2', 'feed', 'comment-page-2', 'amp', 'posts', 'search', '..', '%2e', '%00', '//evil.example', 'index.php', "'; --"];
  const segment = fc.oneof(fc.constantFrom(...known), fc.string({ unit: 'binary', maxLength: 12 }));
  const value = fc.oneof(fc.constantFrom('123', '3', '2', 'rss2', 'cups', '201605', '//evil.example', 'https://evil.example'), fc.string({ unit: 'binary', maxLength: 12 }));
  const query = fc.dictionary(fc.constantFrom(...OLD_QUERY_NAMES), value, { maxKeys: 3 });
  await fc.assert(fc.asyncProperty(fc.array(segment, { maxLength: 6 }), query, async (segments, asked) => {
    const target = await findLegacyTarget(`/${segments.join('/')}`, asked, now);
    if (target !== null) expect(target).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
  }), { numRuns: 400 });
});
