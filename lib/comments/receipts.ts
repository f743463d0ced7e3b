import { toldState } from '../account/rules';
import type { ToldState } from '../account/schema';
import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import type { Actor } from '../identity/schema';
import { isCommentId } from '../ids';
import { declinedColumns, declineOf } from '../moderation/declines';
import { isOut, postPath } from '../posts/rules';
import { receiptPath } from '../subscriptions/rules';
import type { ThreadWish } from '../subscriptions/schema';
import { pageToken, readPageToken } from '../page-token';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { ownedBy } from './own';
import { ownEditUntil } from './rules';
import type { DeclinedView } from './schema';

/** A comment as the page of its writer shows it. */
export type ReceiptView = {
  token: string;
  id: string;
  /** `withdrawn`: by its writer; `deleted`: by somebody else, for good. */
  state: ToldState | 'withdrawn' | 'deleted';
  name: string;
  createdAt: Date;
  html: SafeHtml;
  source: string;
  declined: DeclinedView | null;
  post: { title: string; path: string | null };
  /** Where it stands on the page of its post, while it is published. */
  path: string | null;
  /** Whether its writer may change it now; `until` when, where that ends. */
  edit: { until: Date | null } | null;
  /** The text that waits to take the place of the published one. */
  changed: SafeHtml | null;
  /** Of what on the post its writer is told by mail; null: of nothing. */
  thread: (ThreadWish & { isConfirmed: boolean }) | null;
  /** Whether there is an address to which mails could go. */
  hasAddress: boolean;
};

/** What a receipt is made of. */
export const receiptSelect = {
  id: true, publicId: true, postId: true, name: true, email: true, html: true, source: true, status: true, createdAt: true, isWithdrawn: true, replyCount: true, editsId: true,
  user: { select: { email: true, emailVerified: true } },
  post: { select: { title: true, slug: true, kind: true, status: true, publishedAt: true } },
  declines: declinedColumns.declines,
  events: { select: { ...declinedColumns.events.select, createdAt: true }, orderBy: declinedColumns.events.orderBy },
  // One that a person has not let is not waiting any more; one that was sorted out is not told.
  editedBy: { where: { OR: [{ status: 'pending' }, { status: { in: ['spam', 'trash'] }, events: { none: { decision: { not: 'submit' } } } }] }, select: { html: true }, orderBy: { createdAt: 'desc' }, take: 1 },
} as const satisfies Prisma.CommentSelect;

export type ReceiptRow = Prisma.CommentGetPayload<{ select: typeof receiptSelect }>;

/** What its writer is told of the state of a comment; whether a person has decided on it is told by its events. */
export const stateOf = ({ status, isWithdrawn, events }: Pick<ReceiptRow, 'status' | 'isWithdrawn' | 'events'>): ReceiptView['state'] =>
  status === 'deleted' ? (isWithdrawn ? 'withdrawn' : 'deleted') : toldState(status, events.some(({ decision }) => decision !== 'submit'));

/** Whether its writer may change a comment at this moment, and until when; null: not, or not any more. */
export function editOf(row: Pick<ReceiptRow, 'status' | 'isWithdrawn' | 'events' | 'replyCount'>, now: Date): { until: Date | null } | null {
  const published = row.events.findLast(({ fromStatus, toStatus }) => toStatus === 'approved' && fromStatus !== 'approved');
  return ownEditUntil({ state: stateOf(row), publishedAt: published?.createdAt ?? null, replyCount: row.replyCount }, now);
}

/** The page of a comment for whoever has its link; null for a link that is none. The link lasts: it also says that the comment is gone. */
export async function findReceipt(token: string, now: Date): Promise<ReceiptView | null> {
  const id = readPageToken('receipt', token);
  const row = id === null ? null : await db().comment.findFirst({ where: { id, kind: 'comment', editsId: null }, select: receiptSelect });
  if (!row) return null;
  const state = stateOf(row);
  const isPublic = isOut(row.post, now);
  const email = row.user?.emailVerified ? row.user.email : row.email;
  return {
    token, id: row.publicId, state, name: row.name, createdAt: row.createdAt, html: storedHtml(row.html), source: row.source,
    declined: declineOf(row),
    post: { title: row.post.title, path: isPublic ? postPath(row.post) : null },
    path: isPublic && state === 'published' ? `/comments/${row.publicId}` : null,
    edit: isPublic ? editOf(row, now) : null,
    changed: row.editedBy[0] ? storedHtml(row.editedBy[0].html) : null,
    thread: email ? await findThread(email.toLowerCase(), row) : null,
    hasAddress: Boolean(email),
  };
}

/** To whoever has only typed an address no more is said of it than what they asked for with this very comment. */
async function findThread(email: string, { id, postId, user }: ReceiptRow): Promise<ReceiptView['thread']> {
  const isOwn = Boolean(user?.emailVerified);
  const found = await db().threadSubscription.findFirst({ where: { postId, subscriber: { email }, ...(!isOwn && { commentId: id }) }, select: { scope: true, frequency: true, subscriber: { select: { confirmedAt: true } } } });
  return found && { scope: found.scope, frequency: found.frequency, isConfirmed: isOwn && found.subscriber.confirmedAt !== null };
}

/** Where the page of one's own comment is, for whoever wrote it in this browser or signed in; null for anybody else. */
export async function findOwnReceiptPath(publicId: string, viewer: Actor): Promise<string | null> {
  if (!isCommentId(publicId)) return null;
  const own = await db().comment.findFirst({ where: { AND: [{ publicId, kind: 'comment', editsId: null }, ownedBy(viewer)] }, select: { id: true } });
  return own && receiptPath(pageToken('receipt', own.id));
}
