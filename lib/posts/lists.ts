import { showing } from '../answer';
import { postTag } from '../cache-tags';
import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { cardView, named, type PostCardView, publicAt, toCard } from './queries';

/** Which posts a list holds. `ids` of a category are its own and its descendants'. */
export type PostFilter =
  | { by: 'all' }
  | { by: 'category'; ids: string[] }
  | { by: 'tag'; id: string }
  | { by: 'author'; id: string }
  | { by: 'month'; from: Date; to: Date };

/**
 * `hasMore`: there is a page of older ones. How many there are in all is not counted: that would read every post.
 * `kept`: of the front page, what its author keeps at the top, newest first; `posts` are all others.
 */
export type PostListView = { posts: PostCardView[]; page: number; hasMore: boolean; kept?: PostCardView[] };

/** More are not kept at the top; the rest stands at its date. */
const KEPT_AT_TOP_MAX = 20;

/** The condition of a list, of which posts are public or not. */
export function matching(filter: PostFilter): Prisma.PostWhereInput {
  switch (filter.by) {
    case 'all': return {};
    case 'category': return { categories: { some: { categoryId: { in: filter.ids } } } };
    case 'tag': return { tags: { some: { tagId: filter.id } } };
    case 'author': return { authorId: filter.id };
    case 'month': return { publishedAt: { gte: filter.from, lt: filter.to } };
  }
}

const NEWEST_FIRST: Prisma.PostOrderByWithRelationInput[] = [{ publishedAt: 'desc' }, { id: 'desc' }];

/** Cards of these posts, newest first. A card tells how many comments there are. */
async function cardsOf(ids: string[]): Promise<PostCardView[]> {
  const rows = ids.length === 0 ? [] : await db().post.findMany({ where: { id: { in: ids } }, select: cardView, orderBy: NEWEST_FIRST });
  showing(...rows.map((row) => postTag(row.id)));
  return rows.map(toCard);
}

/** One page of public posts, newest first. Null beyond the last page; page 1 of nothing is an empty list. */
export async function listPosts(filter: PostFilter, page: number, perPage: number, now: Date): Promise<PostListView | null> {
  return listBut([], filter, page, perPage, now);
}

/**
 * A page of the front page's list: on the first one those that are kept at the top come first, and stand nowhere else.
 * Each post stands once. Null beyond the last page. Source: WordPress, sticky posts; there they stand at their date, too.
 */
export async function listFrontPage(page: number, perPage: number, now: Date): Promise<PostListView | null> {
  showing('posts');
  const sticky = await db().post.findMany({ where: { kind: 'post', sticky: true, ...publicAt(now) }, select: { id: true }, orderBy: NEWEST_FIRST, take: KEPT_AT_TOP_MAX });
  const top = sticky.map(({ id }) => id);
  const list = await listBut(top, { by: 'all' }, page, perPage, now);
  return list && (page === 1 ? { ...list, kept: await cardsOf(top) } : list);
}

async function listBut(others: string[], filter: PostFilter, page: number, perPage: number, now: Date): Promise<PostListView | null> {
  showing('posts');
  const where: Prisma.PostWhereInput = { AND: [{ kind: 'post', ...publicAt(now) }, matching(filter), others.length > 0 ? { id: { notIn: others } } : {}] };
  // The way to a late page goes over ids alone, which stand in the index: with all columns PostgreSQL would read every post.
  const ids = await db().post.findMany({ where, select: { id: true }, orderBy: NEWEST_FIRST, skip: (page - 1) * perPage, take: perPage + 1 });
  if (ids.length === 0 && page > 1) return null;
  return { posts: await cardsOf(ids.slice(0, perPage).map(({ id }) => id)), page, hasMore: ids.length > perPage };
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
