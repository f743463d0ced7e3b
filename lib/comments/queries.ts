import { db, type Tx } from '../db/client';
import { isModerator } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { isCommentId } from '../ids';
import { storedHtml } from '../text/safe-html';
import { discussionPath, isByPostAuthor } from './rules';
import type { DiscussionView, MentionView, ReplyTarget, WaitingComment } from './schema';
import { nestRows, paginateThreads, readingOrder, sliceOf, type ThreadRow, type ThreadSlice } from './threads';

type PostOfDiscussion = { id: string; authorId: string; authorIsClaimed: boolean };

const MENTIONS_SHOWN = 200;

type ThreadSize = { rootKey: string; size: number };

/** The threads of a post with how many visible comments each has, oldest first, hidden beginnings included. */
function listThreadSizes(postId: string): Promise<ThreadSize[]> {
  return db().$queryRaw<ThreadSize[]>`
    SELECT root.id AS "rootKey", thread.size
    FROM (
      SELECT "rootId", count(*)::int AS size FROM "Comment"
      WHERE "postId" = ${postId}::uuid AND kind = 'comment' AND status = 'approved'
      GROUP BY "rootId"
    ) AS thread
    JOIN "Comment" AS root ON root.id = thread."rootId"
    ORDER BY root."createdAt", root.id`;
}

const rowSelect = {
  id: true,
  rootId: true,
  parentId: true,
  publicId: true,
  legacyNumber: true,
  depth: true,
  name: true,
  website: true,
  html: true,
  createdAt: true,
  editedAt: true,
  user: { select: { id: true, role: true } },
} as const;

type AnchorRow = { id: string; rootId: string; parentId: string | null; publicId: string; legacyNumber: bigint | null; depth: number; createdAt: Date };

/** The hidden comments that stand above these ones, up to the beginning of their threads: places, no content. */
function listAnchors(missingParents: string[]): Promise<AnchorRow[]> {
  return db().$queryRaw<AnchorRow[]>`
    WITH RECURSIVE above AS (
      SELECT id, "rootId", "parentId", "publicId", "legacyNumber", depth, "createdAt" FROM "Comment"
      WHERE id = ANY(${missingParents}::uuid[])
      UNION
      SELECT c.id, c."rootId", c."parentId", c."publicId", c."legacyNumber", c.depth, c."createdAt" FROM "Comment" AS c
      JOIN above ON c.id = above."parentId"
      WHERE c.status <> 'approved'
    )
    SELECT * FROM above`;
}

const numberOf = (legacy: bigint | null) => (legacy === null ? null : Number(legacy));

async function rowsOfThreads(post: PostOfDiscussion, rootKeys: string[]): Promise<Map<string, ThreadRow[]>> {
  const comments = await db().comment.findMany({
    where: { rootId: { in: rootKeys }, postId: post.id, kind: 'comment', status: 'approved' },
    select: rowSelect,
  });
  const seen = new Set(comments.map((comment) => comment.id));
  const missing = comments.flatMap(({ parentId }) => (parentId !== null && !seen.has(parentId) ? [parentId] : []));
  const anchors = missing.length > 0 ? await listAnchors([...new Set(missing)]) : [];
  const rows = new Map<string, ThreadRow[]>(rootKeys.map((key) => [key, []]));
  for (const { user, ...row } of comments) {
    rows.get(row.rootId)?.push({
      ...placeOf(row),
      view: {
        name: row.name,
        website: row.website,
        isPostAuthor: isByPostAuthor(user, post),
        createdAt: row.createdAt,
        isEdited: row.editedAt !== null,
        html: storedHtml(row.html),
      },
    });
  }
  for (const anchor of anchors) rows.get(anchor.rootId)?.push({ ...placeOf(anchor), view: null });
  return rows;
}

function placeOf(row: AnchorRow) {
  const { id, parentId, publicId, legacyNumber, depth, createdAt } = row;
  return { key: id, parentKey: parentId, id: publicId, legacyNumber: numberOf(legacyNumber), depth, createdAt };
}

async function listMentions(postId: string): Promise<MentionView[]> {
  const mentions = await db().comment.findMany({
    where: { postId, kind: 'mention', status: 'approved' },
    select: { publicId: true, name: true, website: true, createdAt: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: MENTIONS_SHOWN,
  });
  return mentions.map(({ publicId, ...mention }) => ({ id: publicId, ...mention }));
}

/**
 * One page of the discussion of a post as every reader sees it, oldest thread first; null beyond the last page.
 * The same whatever the number of comments in the table: two indexed queries, a third where something hidden stands above something visible.
 */
export async function findDiscussion(post: PostOfDiscussion, page: number): Promise<DiscussionView | null> {
  const pages = paginateThreads(await listThreadSizes(post.id));
  const slices = pages[page - 1];
  if (!slices) return null;
  const [rows, mentions] = await Promise.all([rowsOfThreads(post, slices.map((slice) => slice.rootKey)), listMentions(post.id)]);
  const threads = slices.flatMap((slice) => {
    const order = readingOrder(rows.get(slice.rootKey) ?? []);
    return nestRows(sliceOf(order, slice), order);
  });
  return { page, pages: pages.length, threads, mentions };
}

async function pageOf(post: PostOfDiscussion, comment: { id: string; rootId: string }): Promise<number> {
  const pages = paginateThreads(await listThreadSizes(post.id));
  const holds = (slices: ThreadSlice[]) => slices.some((slice) => slice.rootKey === comment.rootId);
  const first = pages.findIndex(holds);
  if (first < 0 || !pages[first + 1]?.some((slice) => slice.rootKey === comment.rootId)) return Math.max(first, 0) + 1;
  const order = readingOrder((await rowsOfThreads(post, [comment.rootId])).get(comment.rootId) ?? []);
  const visible = order.filter((row) => row.view !== null).findIndex((row) => row.key === comment.id);
  const at = pages.findIndex((slices) => slices.some((slice) => slice.rootKey === comment.rootId && slice.from <= visible && visible < slice.to));
  return Math.max(at, first) + 1;
}

/**
 * Where a comment stands at this moment, as a path with its anchor; null when the asker may not see it.
 * `id` is the public id, or the number it had where it was imported from. Its own writer is led to the page of waiting comments.
 */
export async function findCommentAddress(id: string, viewer: Actor, now: Date): Promise<string | null> {
  const isNumber = /^[0-9]{1,15}$/.test(id);
  const comment = await db().comment.findFirst({
    where: isNumber ? { legacyNumber: BigInt(id) } : { publicId: id },
    orderBy: { createdAt: 'asc' },
    select: {
      id: true,
      publicId: true,
      rootId: true,
      status: true,
      kind: true,
      post: { select: { id: true, slug: true, kind: true, authorId: true, status: true, publishedAt: true, author: { select: { emailVerified: true } } } },
    },
  });
  if (!comment) return null;
  const { post, publicId } = comment;
  const isPublic = post.status === 'published' && post.publishedAt !== null && post.publishedAt <= now;
  if (!isPublic) return null;
  const anchor = `#comment-${publicId}`;
  if (comment.status === 'approved') {
    const authorIsClaimed = post.author.emailVerified !== null;
    const page = comment.kind === 'mention' ? 1 : await pageOf({ id: post.id, authorId: post.authorId, authorIsClaimed }, comment);
    return discussionPath(post, page) + anchor;
  }
  const own = await db().comment.count({ where: { id: comment.id, ...ownWaiting(viewer) } });
  if (own > 0) return `/posts/${encodeURIComponent(post.slug)}/reply${anchor}`;
  return isModerator(viewer) ? `/admin/comments?queue=all&comment=${publicId}` : null;
}

/** The WHERE of a viewer's own comments that wait. What screening alone sorted out still shows as waiting: a sorted-out writer is not told how. */
function ownWaiting(viewer: Actor) {
  const mine = [
    ...(viewer.writerHash ? [{ writerHash: viewer.writerHash }] : []),
    ...(viewer.kind === 'person' ? [{ userId: viewer.userId }] : []),
  ];
  return {
    OR: mine.length > 0 ? mine : [{ id: { in: [] } }],
    AND: [
      { OR: [{ status: 'pending' as const }, { status: { in: ['spam' as const, 'trash' as const] }, events: { none: { actorId: { not: null } } } }] },
    ],
  };
}

/** The viewer's own comments on a post that are not published yet, oldest first. Nobody else's, ever. */
export async function listOwnWaiting(postId: string, viewer: Actor): Promise<WaitingComment[]> {
  const comments = await db().comment.findMany({
    where: { postId, kind: 'comment', ...ownWaiting(viewer) },
    select: { publicId: true, name: true, html: true, createdAt: true, parent: { select: { publicId: true, name: true, status: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 50,
  });
  return comments.map(({ publicId, html, parent, ...rest }) => ({
    id: publicId,
    parentId: parent?.publicId ?? null,
    parentName: parent?.status === 'approved' ? parent.name : null,
    html: storedHtml(html),
    ...rest,
  }));
}

/** The visible comment that a reply would answer, whole; null when it is unknown, hidden or on another post. */
export async function findReplyTarget(postId: string, id: string): Promise<ReplyTarget | null> {
  const comment = await db().comment.findFirst({
    where: { publicId: id, postId, kind: 'comment', status: 'approved' },
    select: { publicId: true, name: true, html: true, createdAt: true },
  });
  return comment && { id: comment.publicId, name: comment.name, html: storedHtml(comment.html), createdAt: comment.createdAt };
}

/** Whom a box answers: id and name of a visible comment, or null. */
export async function findReplyName(id: string): Promise<{ id: string; name: string } | null> {
  if (!isCommentId(id)) return null;
  const comment = await db().comment.findFirst({
    where: { publicId: id, kind: 'comment', status: 'approved' },
    select: { publicId: true, name: true },
  });
  return comment && { id: comment.publicId, name: comment.name };
}

/** Whether a visible comment, or someone who runs the blog, uses this name or address. For screening, inside its transaction. */
export async function isKnownIdentity(tx: Tx, name: string, email: string): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ known: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Comment" WHERE lower(name) = lower(${name}) AND status = 'approved' AND kind = 'comment')
        OR EXISTS (SELECT 1 FROM "Comment" WHERE email = ${email} AND status = 'approved')
        OR EXISTS (SELECT 1 FROM "User" WHERE email = ${email} OR (lower(name) = lower(${name}) AND role <> 'reader')) AS known`;
  return found?.known ?? false;
}
