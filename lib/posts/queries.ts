import { keepUntil, showing } from '../answer';
import { postTag } from '../cache-tags';
import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { pictureColumns, shownPicture } from '../media/rules';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { findCloseAfterDays } from '../site/closing';
import { helplineHtml } from '../text/helpline';
import { coverColumns, coverOf, withPictures, type CoverView } from './pictures';
import { closingColumns, closingOf, takesComments, type Closing } from './rules';
import type { Care } from './schema';

export type { CoverView };
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
  cover: CoverView | null;
  updatedAt: Date;
  /** `claimed`: its writer has proven an address; an imported author has not. `picture`: the path of their own, or null. */
  author: AuthorName & { claimed: boolean; picture: string | null };
  categories: TermView[];
  tags: TermView[];
  commentsOpen: boolean;
  closing: Closing;
  care: Care;
  /** What its author has written for readers who need somebody to talk to; null: nothing. */
  helpline: SafeHtml | null;
};

export type NeighbourView = { slug: string; title: string };

const authorName = { select: { id: true, name: true, slug: true } } as const;
/** The columns of a card. */
export const cardView = {
  id: true, kind: true, slug: true, title: true, excerpt: true, publishedAt: true, approvedCount: true, author: authorName,
} as const satisfies Prisma.PostSelect;
const term = { select: { name: true, slug: true } } as const;
const fullView = {
  ...cardView,
  ...closingColumns, html: true, updatedAt: true, care: true, helpline: true,
  ...coverColumns,
  author: { select: { id: true, name: true, slug: true, emailVerified: true, ...pictureColumns } },
  categories: { select: { category: term }, orderBy: { category: { name: 'asc' } } },
  tags: { select: { tag: term }, orderBy: { tag: { name: 'asc' } } },
} as const satisfies Prisma.PostSelect;

/** The condition of everything public; no query of this file goes without it. */
export const publicAt = (now: Date) => ({ status: 'published', publishedAt: { lte: now } }) as const satisfies Prisma.PostWhereInput;

/** A writer as readers see them. */
export const named = (author: { id: string; name: string | null; slug: string | null }): AuthorName => ({
  id: author.id, slug: author.slug, name: author.name || author.slug || 'Anonymous',
});

// WordPress allows a post without a title; a link needs words.
const titled = (title: string): string => title.trim() || 'Untitled';

type CardRow = Prisma.PostGetPayload<{ select: typeof cardView }>;

// `publishedAt` is never null here: the WHERE compares it.
const toLink = (row: NeighbourView): NeighbourView => ({ ...row, title: titled(row.title) });
/** A row of `cardView` as a list shows it. */
export const toCard = (row: CardRow): PostCardView => ({ ...row, title: titled(row.title), publishedAt: row.publishedAt!, author: named(row.author) });

async function findPublic(kind: 'post' | 'page', slug: string, now: Date): Promise<PostView | null> {
  showing('posts');
  const found = await db().post.findFirst({ where: { kind, slug, ...publicAt(now) }, select: fullView });
  if (!found) return null;
  const { commentsCloseAt: _, commentsByAge: __, coverAlt: ___, coverFocusX: ____, coverFocusY: _____, ...row } = found;
  showing(postTag(row.id));
  const closeAfterDays = await findCloseAfterDays();
  const closing = closingOf(found, closeAfterDays);
  if (closing.at && closing.at > now) keepUntil(closing.at);
  return {
    ...row,
    commentsOpen: takesComments(found, closeAfterDays, now),
    closing,
    helpline: row.helpline === '' ? null : helplineHtml(row.helpline),
    title: titled(row.title),
    publishedAt: row.publishedAt!,
    html: await withPictures(storedHtml(row.html), { isBelowPicture: row.cover !== null }),
    cover: coverOf(found),
    author: { ...named(row.author), claimed: row.author.emailVerified !== null, picture: shownPicture(row.author) },
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

/** The id of a public post by its slug, or null. For what is not kept: it says nothing of what a page shows. `slug` may be anything that was sent. */
export async function findPostId(slug: string, now: Date): Promise<string | null> {
  // What PostgreSQL cannot store is no slug.
  if (slug.includes('\0') || !slug.isWellFormed()) return null;
  const post = await db().post.findFirst({ where: { slug, kind: 'post', ...publicAt(now) }, select: { id: true } });
  return post?.id ?? null;
}
