import { XMLParser } from 'fast-xml-parser';
import { beforeEach, expect, test } from 'vitest';
import { newAnswer, withAnswer } from '@/lib/answer';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { parseSitemapName, sitemap, sitemapIndex } from '@/lib/posts/sitemaps';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';

useDatabase();

const now = new Date('2026-01-01T12:00:00Z');
const written = new Date('2016-05-13T12:00:00Z');
const ORIGIN = 'https://blog.example';

beforeEach(async () => {
  const author = await makeUser({ name: 'Marja', slug: 'marja' });
  await makeUser({ name: 'A reader', slug: 'reader' });
  const post = await makePost({ authorId: author.id, slug: 'cups & more', publishedAt: written, updatedAt: written });
  await makePost({ authorId: author.id, slug: 'later', publishedAt: new Date('2026-02-01T12:00:00Z') });
  for (const status of ['draft', 'unlisted', 'private', 'password', 'trash'] as const) {
    const hidden = await makePost({ authorId: author.id, slug: `hidden-${status}`, status, publishedAt: written });
    await db().tag.create({ data: { id: newId(), slug: `tag-${status}`, name: status, posts: { create: { postId: hidden.id } } } });
    await makePost({ authorId: author.id, kind: 'page', slug: `hidden-page-${status}`, status, publishedAt: written });
  }
  await makePost({ authorId: author.id, kind: 'page', slug: 'about', publishedAt: written, updatedAt: written });
  await db().category.create({ data: { id: newId(), slug: 'sleep', name: 'Sleep', posts: { create: { postId: post.id } } } });
});

type Entry = { loc: string; lastmod?: string };
function read(document: string | null): [string, Entry[]] {
  const tree = new XMLParser({ isArray: (name) => ['url', 'sitemap'].includes(name), ignoreAttributes: false }).parse(document ?? '') as Record<string, { '@_xmlns': string; url?: Entry[]; sitemap?: Entry[] }>;
  const [name, root] = Object.entries(tree).find(([key]) => key !== '?xml')!;
  expect(root['@_xmlns']).toBe('http://www.sitemaps.org/schemas/sitemap/0.9');
  return [name, root.url ?? root.sitemap ?? []];
}

test('the index leads to sitemaps that hold everything public and nothing else', async () => {
  const [name, parts] = read(await sitemapIndex(ORIGIN, now));
  expect([name, parts]).toEqual(['sitemapindex', [{ loc: `${ORIGIN}/sitemaps/pages.xml` }, { loc: `${ORIGIN}/sitemaps/lists.xml` }, { loc: `${ORIGIN}/sitemaps/posts-1.xml`, lastmod: written.toISOString() }]]);
  const all = await Promise.all(parts.map(async ({ loc }) => read(await sitemap(parseSitemapName(loc.split('/').at(-1)!)!, ORIGIN, now))));
  expect(all.map(([root]) => root)).toEqual(['urlset', 'urlset', 'urlset']);
  expect(all.flatMap(([, entries]) => entries)).toEqual([
    { loc: `${ORIGIN}/` }, { loc: `${ORIGIN}/about`, lastmod: written.toISOString() },
    { loc: `${ORIGIN}/authors/marja` }, { loc: `${ORIGIN}/categories/sleep` },
    { loc: `${ORIGIN}/posts/cups%20%26%20more`, lastmod: written.toISOString() },
  ]);
});

test('a part that holds nothing is none, and so is any other name', async () => {
  expect(await sitemap({ of: 'posts', part: 2 }, ORIGIN, now)).toBeNull();
  expect(['posts-0.xml', 'posts-01.xml', 'posts-.xml', 'pages', 'pages.xml.gz', 'posts-999999.xml', '../x'].map(parseSitemapName)).toEqual(Array<null>(7).fill(null));
});

test('it is right until a post comes or goes, or the hour of one comes', async () => {
  const answer = newAnswer({ requestId: '-', clientIp: '127.0.0.1', origin: ORIGIN });
  await withAnswer(answer, () => sitemapIndex(ORIGIN, now));
  expect([[...answer.tags], answer.keepUntil]).toEqual([['posts'], new Date('2026-02-01T12:00:00Z')]);
});
