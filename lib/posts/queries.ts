import { keepUntil, showing } from '../answer';
import { postTag } from '../cache-tags';
import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { takesComments } from './rules';

export type TermView = { name: string; slug: string };
export type AuthorName = { id: string; name: string; slug: string | null };

/** What a list shows of a post. */
export type PostCardView = {
  id: string;
  kind: 'post' | 'page';
  slug: string;
  title: string;
  excerpt: string;
  publishedAt: Date;
  author: AuthorName;
  approvedCount: number;
};

/** What its own page shows of a post or page. */
export type PostView = PostCardView & {
  html: SafeHtml;
  updatedAt: Date;
  /** `claimed`: its writer has proven an address; an imported author has not. */
  author: AuthorName & { claimed: boolean };
  categories: TermView[];
  tags: TermView[];
  commentsOpen: boolean;
};

export type NeighbourView = { slug: string; title: string };

const authorName = { select: { id: true, name: true, slug: true } } as const;
const cardView = {
  id: true, kind: true, slug: true, title: true, excerpt: true, publishedAt: true, approvedCount: true, author: authorName,
} as const satisfies Prisma.PostSelect;
const term = { select: { name: true, slug: true } } as const;
const fullView = {
  ...cardView,
  html: true, updatedAt: true, commentsOpen: true, commentsCloseAt: true,
  author: { select: { id: true, name: true, slug: true, emailVerified: true } },
  categories: { select: { category: term }, orderBy: { category: { name: 'asc' } } },
  tags: { select: { tag: term }, orderBy: { tag: { name: 'asc' } } },
} as const satisfies Prisma.PostSelect;

/** The condition of everything public; no query of this file goes without it. */
export const publicAt = (now: Date) => ({ status: 'published', publishedAt: { lte: now } }) as const satisfies Prisma.PostWhereInput;

const named = (author: { id: string; name: string | null; slug: string | null }): AuthorName => ({
  id: author.id, slug: author.slug, name: author.name || author.slug || 'Anonymous',
});

// WordPress allows a post without a title; a link needs words.
const titled = (title: string): string => title.trim() || 'Untitled';

type CardRow = Prisma.PostGetPayload<{ select: typeof cardView }>;

// `publishedAt` is never null here: the WHERE compares it.
const toLink = (row: NeighbourView): NeighbourView => ({ ...row, title: titled(row.title) });
const toCard = (row: CardRow): PostCardView => ({ ...row, title: titled(row.title), publishedAt: row.publishedAt!, author: named(row.author) });

async function findPublic(kind: 'post' | 'page', slug: string, now: Date): Promise<PostView | null> {
  showing('posts');
  const found = await db().post.findFirst({ where: { kind, slug, ...publicAt(now) }, select: fullView });
  if (!found) return null;
  const { commentsCloseAt, ...row } = found;
  showing(postTag(row.id));
  if (commentsCloseAt && commentsCloseAt > now) keepUntil(commentsCloseAt);
  return {
    ...row,
    commentsOpen: takesComments(found, now),
    title: titled(row.title),
    publishedAt: row.publishedAt!,
    html: storedHtml(row.html),
    author: { ...named(row.author), claimed: row.author.emailVerified !== null },
    categories: row.categories.map((link) => link.category),
    tags: row.tags.map((link) => link.tag),
  };
}

/** The published post at `/posts/SLUG`, or null. */
export const findPost = (slug: string, now: Date): Promise<PostView | null> => findPublic('post', slug, now);

/** The published page at `/SLUG`, or null. */
export const findPage = (slug: string, now: Date): Promise<PostView | null> => findPublic('page', slug, now);

/** The public posts just before and after one, by date and then id. */
export async function findNeighbours(
  post: { id: string; publishedAt: Date },
  now: Date,
): Promise<{ previous: NeighbourView | null; next: NeighbourView | null }> {
  showing('posts');
  const { id, publishedAt } = post;
  const select = { slug: true, title: true } as const;
  const [previous, next] = await Promise.all([
    db().post.findFirst({
      where: { AND: [{ kind: 'post', ...publicAt(now) }, { OR: [{ publishedAt: { lt: publishedAt } }, { publishedAt, id: { lt: id } }] }] },
      orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
      select,
    }),
    db().post.findFirst({
      where: { AND: [{ kind: 'post', ...publicAt(now) }, { OR: [{ publishedAt: { gt: publishedAt } }, { publishedAt, id: { gt: id } }] }] },
      orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }],
      select,
    }),
  ]);
  return { previous: previous && toLink(previous), next: next && toLink(next) };
}

/** Which posts a list holds. `ids` of a category are its own and its descendants'. */
export type PostFilter =
  | { by: 'all' }
  | { by: 'category'; ids: string[] }
  | { by: 'tag'; id: string }
  | { by: 'author'; id: string }
  | { by: 'month'; from: Date; to: Date };

/** `hasMore`: there is a page of older ones. How many there are in all is not counted: that would read every post. */
export type PostListView = { posts: PostCardView[]; page: number; hasMore: boolean };

function matching(filter: PostFilter): Prisma.PostWhereInput {
  switch (filter.by) {
    case 'all': return {};
    case 'category': return { categories: { some: { categoryId: { in: filter.ids } } } };
    case 'tag': return { tags: { some: { tagId: filter.id } } };
    case 'author': return { authorId: filter.id };
    case 'month': return { publishedAt: { gte: filter.from, lt: filter.to } };
  }
}

/** One page of public posts, newest first. Null beyond the last page; page 1 of nothing is an empty list. */
export async function listPosts(filter: PostFilter, page: number, perPage: number, now: Date): Promise<PostListView | null> {
  showing('posts');
  const where: Prisma.PostWhereInput = { AND: [{ kind: 'post', ...publicAt(now) }, matching(filter)] };
  // The way to a late page goes over ids alone, which stand in the index: with all columns PostgreSQL would read every post.
  const ids = await db().post.findMany({
    where, select: { id: true }, orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }], skip: (page - 1) * perPage, take: perPage + 1,
  });
  if (ids.length === 0 && page > 1) return null;
  const rows = await db().post.findMany({ where: { id: { in: ids.slice(0, perPage).map(({ id }) => id) } }, select: cardView, orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }] });
  // A card tells how many comments there are.
  showing(...rows.map((row) => postTag(row.id)));
  return { posts: rows.map(toCard), page, hasMore: ids.length > perPage };
}

/** The pages of the header: top-level public pages in menu order, at most `limit`; `/privacy` stands in the footer. */
export async function listMenuPages(limit: number, now: Date): Promise<NeighbourView[]> {
  showing('posts');
  const pages = await db().post.findMany({
    where: { kind: 'page', parentId: null, slug: { not: 'privacy' }, ...publicAt(now) },
    orderBy: [{ menuOrder: 'asc' }, { title: 'asc' }, { id: 'asc' }],
    select: { slug: true, title: true },
    take: limit,
  });
  return pages.map(toLink);
}

/**
 * Says how long what these queries gave is right if nothing is changed: until the next post or page comes out whose hour
 * is set. Asked once for every answer that shows posts.
 */
export async function keepUntilNextPublication(now: Date): Promise<void> {
  const next = (kind: 'post' | 'page') =>
    db().post.findFirst({ where: { kind, status: 'published', publishedAt: { gt: now } }, orderBy: { publishedAt: 'asc' }, select: { publishedAt: true } });
  for (const found of await Promise.all([next('post'), next('page')])) if (found?.publishedAt) keepUntil(found.publishedAt);
}

/** A category with the ids of itself and all below it: its list shows them all, as WordPress does. */
export type CategoryView = { ids: string[]; name: string; slug: string; description: string };
export type TagView = { id: string; name: string; slug: string; description: string };
export type AuthorView = { id: string; name: string; slug: string; about: string };

async function hasPublicPost(filter: PostFilter, now: Date): Promise<boolean> {
  showing('posts');
  return (await db().post.findFirst({ where: { AND: [{ kind: 'post', ...publicAt(now) }, matching(filter)] }, select: { id: true } })) !== null;
}

/** A category that holds, itself or below it, something public; else null, so that a private one is not given away. */
export async function findCategory(slug: string, now: Date): Promise<CategoryView | null> {
  const category = await db().category.findUnique({ where: { slug }, select: { id: true, name: true, slug: true, description: true } });
  if (!category) return null;
  const family = await db().$queryRaw<{ id: string }[]>`
    WITH RECURSIVE family AS (
      SELECT id FROM "Category" WHERE id = ${category.id}::uuid
      UNION SELECT child.id FROM "Category" child JOIN family ON child."parentId" = family.id
    ) SELECT id::text FROM family`;
  const ids = family.map((row) => row.id);
  if (!(await hasPublicPost({ by: 'category', ids }, now))) return null;
  return { ids, name: category.name, slug: category.slug, description: category.description };
}

/** A tag that something public carries; else null. */
export async function findTag(slug: string, now: Date): Promise<TagView | null> {
  const tag = await db().tag.findUnique({ where: { slug }, select: { id: true, name: true, slug: true, description: true } });
  return tag && (await hasPublicPost({ by: 'tag', id: tag.id }, now)) ? tag : null;
}

/** A writer of something public; else null: a reader's account has no page. */
export async function findAuthor(slug: string, now: Date): Promise<AuthorView | null> {
  showing('posts');
  const author = await db().user.findFirst({
    where: { slug, posts: { some: { kind: 'post', ...publicAt(now) } } },
    select: { id: true, name: true, slug: true, about: true },
  });
  return author && { ...named(author), slug, about: author.about };
}
