import type { CommentNode, CommentView, ReplyPlace } from './schema';
import { PAGE_COMMENTS, PAGE_COMMENTS_LIMIT } from './schema';

/** A row of a thread: a visible comment, or a hidden one (`view` null) that visible ones stand below. */
export type ThreadRow = {
  /** The row's own key; `id` is the public one. */
  key: string;
  parentKey: string | null;
  id: string;
  legacyNumber: number | null;
  depth: number;
  createdAt: Date;
  /** Of one that is not shown: its writer took it back. */
  isWithdrawn?: boolean;
  view: Omit<CommentView, 'kind' | 'id' | 'legacyNumber' | 'depth' | 'inReplyTo' | 'place' | 'replies'> | null;
};

/** A part of a thread on one page: rows `from` (inclusive) to `to` (exclusive) of its reading order. */
export type ThreadSlice = { rootKey: string; from: number; to: number };

/**
 * Splits a discussion into pages of whole threads, in the order given, of about PAGE_COMMENTS comments.
 * A thread larger than PAGE_COMMENTS_LIMIT is split too, into pages of its own. Always at least one page.
 * `size` counts the visible comments of a thread.
 */
export function paginateThreads(threads: readonly { rootKey: string; size: number }[]): ThreadSlice[][] {
  const pages: ThreadSlice[][] = [];
  let page: ThreadSlice[] = [];
  let onPage = 0;
  const close = () => {
    if (page.length > 0) pages.push(page);
    page = [];
    onPage = 0;
  };
  for (const { rootKey, size } of threads) {
    const isGiant = size > PAGE_COMMENTS_LIMIT;
    if (isGiant || onPage + size > PAGE_COMMENTS) close();
    if (!isGiant) {
      page.push({ rootKey, from: 0, to: size });
      onPage += size;
      continue;
    }
    for (let from = 0; from < size; from += PAGE_COMMENTS) {
      page.push({ rootKey, from, to: Math.min(from + PAGE_COMMENTS, size) });
      close();
    }
  }
  close();
  return pages.length > 0 ? pages : [[]];
}

const byTime = (a: ThreadRow, b: ThreadRow) =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.key < b.key ? -1 : 1);

/** The row below which a row is shown: its nearest forebear that stands less deep. */
function shownBelow(row: ThreadRow, rows: ReadonlyMap<string, ThreadRow>): ThreadRow | null {
  let parent = row.parentKey === null ? undefined : rows.get(row.parentKey);
  while (parent && parent.depth >= row.depth) {
    parent = parent.parentKey === null ? undefined : rows.get(parent.parentKey);
  }
  return parent ?? null;
}

function childrenByParent(rows: readonly ThreadRow[]): Map<string | null, ThreadRow[]> {
  const known = new Map(rows.map((row) => [row.key, row]));
  const children = new Map<string | null, ThreadRow[]>();
  for (const row of [...rows].sort(byTime)) {
    const below = shownBelow(row, known)?.key ?? null;
    const siblings = children.get(below);
    if (siblings) siblings.push(row);
    else children.set(below, [row]);
  }
  return children;
}

/** The rows of one thread in reading order: each comment, then what is below it, oldest first. */
export function readingOrder(rows: readonly ThreadRow[]): ThreadRow[] {
  const children = childrenByParent(rows);
  const order: ThreadRow[] = [];
  const visit = (row: ThreadRow) => {
    order.push(row);
    children.get(row.key)?.forEach(visit);
  };
  children.get(null)?.forEach(visit);
  return order;
}

/** The rows of a slice: positions count visible rows; hidden ones come along with the first visible row after them. */
export function sliceOf(order: readonly ThreadRow[], { from, to }: Pick<ThreadSlice, 'from' | 'to'>): ThreadRow[] {
  let visible = 0;
  return order.filter((row) => {
    const position = visible;
    if (row.view) visible += 1;
    return position >= from && position < to;
  });
}

/** The visible replies to each comment, oldest first, by its key. */
function answersByParent(rows: readonly ThreadRow[]): Map<string, ThreadRow[]> {
  const answers = new Map<string, ThreadRow[]>();
  for (const row of [...rows].sort(byTime)) {
    if (!row.view || row.parentKey === null) continue;
    const known = answers.get(row.parentKey);
    if (known) known.push(row);
    else answers.set(row.parentKey, [row]);
  }
  return answers;
}

function placeAmong(answers: readonly ThreadRow[], row: ThreadRow, parent: ThreadRow | undefined): ReplyPlace | null {
  if (row.parentKey === null) return null;
  return { at: answers.findIndex(({ key }) => key === row.key) + 1, of: answers.length, to: parent?.view?.name ?? null, level: row.depth };
}

/**
 * Nests the rows of a page. `all` holds their whole thread, so that a reply whose parent is flat beside it,
 * hidden nowhere, or on an earlier page says `in reply to NAME`, and each says which of the replies to that one it is.
 */
export function nestRows(rows: readonly ThreadRow[], all: readonly ThreadRow[]): CommentNode[] {
  const everyone = new Map(all.map((row) => [row.key, row]));
  const answers = answersByParent(all);
  const children = childrenByParent(rows);
  const here = new Map(rows.map((row) => [row.key, row]));
  const nest = (row: ThreadRow): CommentNode => {
    const replies = (children.get(row.key) ?? []).map(nest);
    const { id, legacyNumber, depth } = row;
    if (!row.view) return { kind: 'anchor', id, legacyNumber, depth, isWithdrawn: row.isWithdrawn ?? false, replies };
    const parent = row.parentKey === null ? undefined : everyone.get(row.parentKey);
    const isBelowParent = parent !== undefined && shownBelow(row, here)?.key === parent.key;
    const inReplyTo = parent?.view && !isBelowParent ? { id: parent.id, name: parent.view.name } : null;
    const place = placeAmong(answers.get(row.parentKey ?? '') ?? [], row, parent);
    return { kind: 'comment', id, legacyNumber, depth, ...row.view, inReplyTo, place, replies };
  };
  return (children.get(null) ?? []).map(nest);
}
