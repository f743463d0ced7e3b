import { hideFromSearch, keepUntil, showing } from '../answer';
import { postTag } from '../cache-tags';
import { db } from '../db/client';
import type { PostStatus, Prisma } from '../db/generated/client';
import { pictureColumns, shownPicture } from '../media/rules';
import { type ContentsEntry, withContents } from '../text/contents';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { findCloseAfterDays } from '../site/closing';
import { helplineHtml } from '../text/helpline';
import type { Actor } from '../identity/schema';
import { t } from '../words/t';
import { lockColumns, mayRead } from './keys';
import { coverColumns, coverOf, withPictures, type CoverView } from './pictures';
import { closingColumns, closingOf, isPublished, LONG_READ_MINUTES, OUT, REACHABLE, readingMinutes, takesComments, type Closing } from './rules';
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
  /** Of a post with a password: its pages are found below another address (readPath). */
  isLocked: boolean;
  /** It stands in lists, and search engines may list it. */
  isListed: boolean;
  html: SafeHtml;
  /** Of a long post with several headings; the anchors are in `html`. */
  contents: ContentsEntry[];
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
/** The columns of a post's own page. */
export const fullView = {
  ...cardView,
  ...closingColumns, status: true, html: true, updatedAt: true, care: true, helpline: true,
  ...coverColumns,
  author: { select: { id: true, name: true, slug: true, emailVerified: true, ...pictureColumns } },
  categories: { select: { category: term }, orderBy: { category: { name: 'asc' } } },
  tags: { select: { tag: term }, orderBy: { tag: { name: 'asc' } } },
} as const satisfies Prisma.PostSelect;

const inStates = (states: readonly PostStatus[], now: Date) => ({ status: { in: [...states] }, publishedAt: { lte: now } }) satisfies Prisma.PostWhereInput;

/** The condition of what stands in lists (isPublished). */
export const publicAt = (now: Date) => ({ status: 'published', publishedAt: { lte: now } }) as const satisfies Prisma.PostWhereInput;
/** That of what everyone may read who has its address (isReachable). */
export const reachableAt = (now: Date) => inStates(REACHABLE, now);
/** That of what readers find something of at its address (isOut): to be followed by mayRead, or to show no more than a title. */
export const outAt = (now: Date) => inStates(OUT, now);

/** A writer as readers see them. */
export const named = (author: { id: string; name: string | null; slug: string | null }): AuthorName => ({
  id: author.id, slug: author.slug, name: author.name || author.slug || t('posts.author.anonymous'),
});

/** WordPress allows a post without a title; a link needs words. */
export const titled = (title: string): string => title.trim() || t('posts.untitled.forReaders');

type CardRow = Prisma.PostGetPayload<{ select: typeof cardView }>;

// `publishedAt` is never null here: the WHERE compares it.
const toLink = (row: NeighbourView): NeighbourView => ({ ...row, title: titled(row.title) });
/** A row of `cardView` as a list shows it. */
export const toCard = (row: CardRow): PostCardView => ({ ...row, title: titled(row.title), publishedAt: row.publishedAt!, author: named(row.author) });

type FullRow = Prisma.PostGetPayload<{ select: typeof fullView }>;

/** A post's text with its pictures in the sizes that there are, and with a table of contents where it is long. */
export async function shownText(stored: SafeHtml, isBelowPicture: boolean): Promise<Pick<PostView, 'html' | 'contents'>> {
  const html = await withPictures(stored, { isBelowPicture });
  return readingMinutes(html) < LONG_READ_MINUTES ? { html, contents: [] } : withContents(html);
}

/** A row of `fullView` as its own page shows it, naming the tags of what it shows. Whether it may be shown is asked before. */
export async function toPost(found: FullRow, now: Date): Promise<PostView> {
  const { commentsCloseAt: _, commentsByAge: __, status, coverAlt: ___, coverFocusX: ____, coverFocusY: _____, ...row } = found;
  showing('posts', postTag(row.id));
  if (!isPublished(found, now)) hideFromSearch();
  const closeAfterDays = await findCloseAfterDays();
  const closing = closingOf(found, closeAfterDays);
  if (closing.at && closing.at > now) keepUntil(closing.at);
  return {
    ...row,
    isLocked: status === 'password',
    isListed: isPublished(found, now),
    commentsOpen: takesComments(found, closeAfterDays, now),
    closing,
    helpline: row.helpline === '' ? null : helplineHtml(row.helpline),
    title: titled(row.title),
    publishedAt: row.publishedAt ?? now,
    ...(await shownText(storedHtml(row.html), row.cover !== null)),
    cover: coverOf(found),
    author: { ...named(row.author), claimed: row.author.emailVerified !== null, picture: shownPicture(row.author) },
    categories: row.categories.map((link) => link.category),
    tags: row.tags.map((link) => link.tag),
  };
}

async function findReachable(kind: 'post' | 'page', slug: string, now: Date): Promise<PostView | null> {
  showing('posts');
  const found = await db().post.findFirst({ where: { kind, slug, ...reachableAt(now) }, select: fullView });
  return found && toPost(found, now);
}

/** The post at `/posts/SLUG` that everyone may read who has its address, or null. */
export const findPost = (slug: string, now: Date): Promise<PostView | null> => findReachable('post', slug, now);

/** The page at `/SLUG` that everyone may read who has its address, or null. */
export const findPage = (slug: string, now: Date): Promise<PostView | null> => findReachable('page', slug, now);

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
    db().post.findFirst({ where: { kind, status: { in: [...OUT] }, publishedAt: { gt: now } }, orderBy: { publishedAt: 'asc' }, select: { publishedAt: true } });
  for (const found of await Promise.all([next('post'), next('page')])) if (found?.publishedAt) keepUntil(found.publishedAt);
}

/**
 * The id of a post by its slug, or null where this viewer may not read it. For what is not kept: it says nothing of what a
 * page shows. `slug` may be anything that was sent.
 */
export async function findPostId(slug: string, now: Date, viewer: Actor = NOBODY): Promise<string | null> {
  // What PostgreSQL cannot store is no slug.
  if (slug.includes('\0') || !slug.isWellFormed()) return null;
  const post = await db().post.findFirst({ where: { slug, kind: 'post', ...outAt(now) }, select: lockColumns });
  return post && mayRead(viewer, post, now) ? post.id : null;
}

const NOBODY: Actor = { kind: 'guest', writerHash: null };
