import { showing } from '../answer';
import { postTag } from '../cache-tags';
import { db } from '../db/client';
import { pictureColumns, shownPicture } from '../media/rules';
import { beginningOf } from '../text/plain';
import { storedHtml } from '../text/safe-html';
import { isByPostAuthor, knownWriter } from './rules';
import type { DiscussionPlace, DiscussionView, MentionView } from './schema';
import { nestRows, paginateThreads, readingOrder, sliceOf, type ThreadRow, type ThreadSlice } from './threads';

type PostOfDiscussion = { id: string; authorId: string; authorIsClaimed: boolean };

const MENTIONS_SHOWN = 200;
const MENTION_CHARACTERS = 240;

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
  revision: true,
  pseudonymId: true,
  user: { select: { id: true, role: true, ...pictureColumns } },
} as const;

type AnchorRow = { id: string; rootId: string; parentId: string | null; publicId: string; legacyNumber: bigint | null; depth: number; createdAt: Date; isWithdrawn?: boolean };

/** The hidden comments that stand above these ones, up to the beginning of their threads: places, no content. */
function listAnchors(missingParents: string[]): Promise<AnchorRow[]> {
  return db().$queryRaw<AnchorRow[]>`
    WITH RECURSIVE above AS (
      SELECT id, "rootId", "parentId", "publicId", "legacyNumber", depth, "createdAt", "isWithdrawn" FROM "Comment"
      WHERE id = ANY(${missingParents}::uuid[])
      UNION
      SELECT c.id, c."rootId", c."parentId", c."publicId", c."legacyNumber", c.depth, c."createdAt", c."isWithdrawn" FROM "Comment" AS c
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
  for (const row of comments) {
    rows.get(row.rootId)?.push({
      ...placeOf(row),
      view: {
        name: row.name,
        picture: shownPicture(knownWriter(row)),
        website: row.website,
        isPostAuthor: isByPostAuthor(knownWriter(row), post),
        createdAt: row.createdAt,
        isEdited: row.editedAt !== null,
        revision: row.revision,
        html: storedHtml(row.html),
      },
    });
  }
  for (const anchor of anchors) rows.get(anchor.rootId)?.push({ ...placeOf(anchor), view: null, isWithdrawn: anchor.isWithdrawn ?? false });
  return rows;
}

function placeOf(row: AnchorRow) {
  const { id, parentId, publicId, legacyNumber, depth, createdAt } = row;
  return { key: id, parentKey: parentId, id: publicId, legacyNumber: numberOf(legacyNumber), depth, createdAt };
}

async function listMentions(postId: string): Promise<MentionView[]> {
  const mentions = await db().comment.findMany({
    where: { postId, kind: 'mention', status: 'approved' },
    select: { publicId: true, legacyNumber: true, name: true, website: true, createdAt: true, source: true, mention: { select: { way: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: MENTIONS_SHOWN,
  });
  return mentions.map(({ publicId, legacyNumber, source, mention, ...shown }) => ({
    id: publicId, legacyNumber: numberOf(legacyNumber), ...shown, way: mention?.way ?? null,
    // Of what old blogs sent each other readers were never shown the words.
    text: mention ? beginningOf(source, MENTION_CHARACTERS) : '',
  }));
}

/** The visible comment of a post that was written last, by its public id; null where there is none. Names no tags. */
export async function findNewest(postId: string): Promise<string | null> {
  const newest = await db().comment.findFirst({
    where: { postId, kind: 'comment', status: 'approved' },
    select: { publicId: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return newest?.publicId ?? null;
}

/**
 * One page of the discussion of a post as every reader sees it, its threads from the oldest on or from the newest; null
 * beyond the last page. The same whatever the number of comments in the table: indexed queries of one page, one more
 * where something hidden stands above something visible.
 */
export async function findDiscussion(post: PostOfDiscussion, { page, order }: DiscussionPlace): Promise<DiscussionView | null> {
  showing(postTag(post.id));
  const sizes = await listThreadSizes(post.id);
  const isOne = sizes.length === 0 || (sizes.length === 1 && sizes[0]?.size === 1);
  const pages = paginateThreads(order === 'newest' ? sizes.reverse() : sizes);
  const slices = pages[page - 1];
  if (!slices) return null;
  const [rows, mentions, newest] = await Promise.all([
    rowsOfThreads(post, slices.map((slice) => slice.rootKey)),
    listMentions(post.id),
    isOne ? null : findNewest(post.id),
  ]);
  const threads = slices.flatMap((slice) => {
    const order = readingOrder(rows.get(slice.rootKey) ?? []);
    return nestRows(sliceOf(order, slice), order);
  });
  return { page, order, pages: pages.length, threads, mentions, newest };
}

/** The page of a post's discussion on which a visible comment stands at this moment, from 1. */
export async function findPageOf(post: PostOfDiscussion, comment: { id: string; rootId: string }): Promise<number> {
  const pages = paginateThreads(await listThreadSizes(post.id));
  const holds = (slices: ThreadSlice[]) => slices.some((slice) => slice.rootKey === comment.rootId);
  const first = pages.findIndex(holds);
  if (first < 0 || !pages[first + 1]?.some((slice) => slice.rootKey === comment.rootId)) return Math.max(first, 0) + 1;
  const order = readingOrder((await rowsOfThreads(post, [comment.rootId])).get(comment.rootId) ?? []);
  const visible = order.filter((row) => row.view !== null).findIndex((row) => row.key === comment.id);
  const at = pages.findIndex((slices) => slices.some((slice) => slice.rootKey === comment.rootId && slice.from <= visible && visible < slice.to));
  return Math.max(at, first) + 1;
}
