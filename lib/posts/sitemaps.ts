import { showing } from '../answer';
import { db } from '../db/client';
import { printSitemap, printSitemapIndex, type SitemapEntry } from '../text/sitemap';
import { keepUntilNextPublication, publicAt } from './queries';
import { authorPath, categoryPath, postPath, tagPath } from './rules';

/** Oldest first, so that all but the last part stay as they are. The protocol allows 50 000. */
export const SITEMAP_POSTS = 10_000;
const ENTRIES_MAX = 50_000;

const sitemapPath = (name: string): string => `/sitemaps/${name}.xml`;

/** What a sitemap holds, by its name; null for what is none. */
export type SitemapName = { of: 'pages' } | { of: 'lists' } | { of: 'posts'; part: number };

/** The name of a file below `/sitemaps` as what it stands for. */
export function parseSitemapName(file: string): SitemapName | null {
  if (file === 'pages.xml' || file === 'lists.xml') return { of: file === 'pages.xml' ? 'pages' : 'lists' };
  const [, part] = /^posts-([1-9]\d{0,4})\.xml$/.exec(file) ?? [];
  return part === undefined ? null : { of: 'posts', part: Number(part) };
}

type Part = { part: number; changedAt: Date };

/** The index: of the public posts in parts, of pages, and of lists. Names no draft, and nothing that is only for those who have its address. */
export async function sitemapIndex(origin: string, now: Date): Promise<string> {
  showing('posts');
  const [parts] = await Promise.all([
    db().$queryRaw<Part[]>`
      SELECT part::int AS part, max("updatedAt") AS "changedAt" FROM (
        SELECT "updatedAt", (row_number() OVER (ORDER BY "publishedAt", id) - 1) / ${SITEMAP_POSTS}::int + 1 AS part
        FROM "Post" WHERE kind = 'post' AND status = 'published' AND "publishedAt" <= ${now}
      ) numbered GROUP BY part ORDER BY part`,
    keepUntilNextPublication(now),
  ]);
  const posts = parts.map(({ part, changedAt }) => ({ address: origin + sitemapPath(`posts-${part}`), changedAt }));
  return printSitemapIndex([...['pages', 'lists'].map((name) => ({ address: origin + sitemapPath(name), changedAt: null })), ...posts]);
}

/** One sitemap; null for a part that holds nothing. */
export async function sitemap(name: SitemapName, origin: string, now: Date): Promise<string | null> {
  showing('posts');
  const [entries] = await Promise.all([name.of === 'posts' ? listParts(name.part, now) : name.of === 'pages' ? listPages(now) : listLists(now), keepUntilNextPublication(now)]);
  if (entries.length === 0 && name.of === 'posts') return null;
  return printSitemap(entries.map(({ address, changedAt }) => ({ address: origin + address, changedAt })));
}

async function listParts(part: number, now: Date): Promise<SitemapEntry[]> {
  const where = { kind: 'post', ...publicAt(now) } as const;
  const posts = await db().post.findMany({
    where, orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }], skip: (part - 1) * SITEMAP_POSTS, take: SITEMAP_POSTS, select: { kind: true, slug: true, updatedAt: true },
  });
  return posts.map((post) => ({ address: postPath(post), changedAt: post.updatedAt }));
}

async function listPages(now: Date): Promise<SitemapEntry[]> {
  const pages = await db().post.findMany({ where: { kind: 'page', ...publicAt(now) }, orderBy: [{ menuOrder: 'asc' }, { slug: 'asc' }], take: ENTRIES_MAX, select: { kind: true, slug: true, updatedAt: true } });
  return [{ address: '/', changedAt: null }, ...pages.map((page) => ({ address: postPath(page), changedAt: page.updatedAt }))];
}

async function listLists(now: Date): Promise<SitemapEntry[]> {
  const some = { posts: { some: { post: { kind: 'post', ...publicAt(now) } } } } as const;
  const bySlug = { orderBy: { slug: 'asc' }, select: { slug: true }, take: ENTRIES_MAX } as const;
  const [categories, tags, authors] = await Promise.all([
    db().category.findMany({ where: some, ...bySlug }),
    db().tag.findMany({ where: some, ...bySlug }),
    db().user.findMany({ where: { slug: { not: null }, posts: { some: { kind: 'post', ...publicAt(now) } } }, ...bySlug }),
  ]);
  const addresses = [...authors.map(({ slug }) => authorPath(slug!)), ...categories.map(({ slug }) => categoryPath(slug)), ...tags.map(({ slug }) => tagPath(slug))];
  return addresses.slice(0, ENTRIES_MAX).map((address) => ({ address, changedAt: null }));
}
