import { db, type Tx } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { writerHashes } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { isCommentId } from '../ids';
import { pictureColumns, shownPicture } from '../media/rules';
import { declinedColumns, declineOf } from '../moderation/declines';
import { storedHtml } from '../text/safe-html';
import { knownWriter } from './rules';
import type { OwnWaitingComment, RewordedComment } from './schema';

const OWN_MAX = 50;

/** The WHERE of what a viewer wrote: in this browser, or signed in. */
export const ownedBy = (viewer: Actor): Prisma.CommentWhereInput => {
  const mine = [
    ...(viewer.writerHash ? [{ writerHash: { in: writerHashes(viewer) } }] : []),
    ...(viewer.kind === 'person' ? [{ userId: viewer.userId }] : []),
  ];
  return mine.length > 0 ? { OR: mine } : { id: { in: [] } };
};

type MaybeDeclined = Prisma.CommentGetPayload<{ select: typeof declinedColumns }>;

/**
 * The WHERE of what is shown to its writer before anybody else sees it: what waits, and what was declined and not said
 * again. What screening alone sorted out still shows as waiting: a sorted-out writer is not told how.
 * A decision counts when its actor is gone too: the blog itself only submits.
 */
const unpublished: Prisma.CommentWhereInput = {
  OR: [
    { status: 'pending' },
    { status: { in: ['spam', 'trash'] }, events: { none: { decision: { not: 'submit' } } } },
    { status: 'trash', declines: { some: {} }, rewordedBy: { none: {} } },
  ],
};

const isShown = (row: MaybeDeclined): boolean => row.declines.length === 0 || row.status !== 'trash' || declineOf(row) !== null;

/** Whether a comment is shown to this viewer as their own, though it is not published. */
export async function isOwnUnpublished(id: string, viewer: Actor): Promise<boolean> {
  const own = await db().comment.findFirst({ where: { AND: [{ id, editsId: null }, ownedBy(viewer), unpublished] }, select: declinedColumns });
  return own !== null && isShown(own);
}

/** The viewer's own comments on a post that are not published yet, or were declined, oldest first. Nobody else's, ever. */
export async function listOwnWaiting(postId: string, viewer: Actor): Promise<OwnWaitingComment[]> {
  const comments = await db().comment.findMany({
    where: { AND: [{ postId, kind: 'comment', editsId: null }, ownedBy(viewer), unpublished] },
    select: {
      publicId: true, name: true, html: true, createdAt: true, pseudonymId: true, ...declinedColumns,
      user: { select: pictureColumns },
      parent: { select: { publicId: true, name: true, status: true } },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: OWN_MAX,
  });
  return comments.filter(isShown).map((row) => {
    const { publicId, name, html, createdAt, parent } = row;
    return {
      id: publicId, name, createdAt,
      parentId: parent?.publicId ?? null,
      parentName: parent?.status === 'approved' ? parent.name : null,
      picture: shownPicture(knownWriter(row)),
      html: storedHtml(html),
      declined: declineOf(row),
    };
  });
}

/** A declined comment of the viewer's own on a post, which nobody has said again yet; null for anything else. */
async function findOwnDeclined(tx: Tx, postId: string, publicId: string, viewer: Actor) {
  if (!isCommentId(publicId)) return null;
  const own = await tx.comment.findFirst({
    where: { AND: [{ publicId, postId, kind: 'comment', editsId: null, status: 'trash', declines: { some: {} }, rewordedBy: { none: {} } }, ownedBy(viewer)] },
    select: { id: true, publicId: true, name: true, source: true, userId: true, pseudonymId: true, email: true, ...declinedColumns },
  });
  return own && declineOf(own) ? own : null;
}

/** The text that a viewer is to say in other words, for the box; null when it is not theirs, or not declined any more. */
export async function findReworded(postId: string, publicId: string, viewer: Actor): Promise<RewordedComment | null> {
  const own = await findOwnDeclined(db(), postId, publicId, viewer);
  return own && { id: own.publicId, name: own.userId === null ? own.name : null, source: own.source };
}

/**
 * Which declined comment a new one says in other words, by its key; null when it is not its writer's own, was said again
 * already, or stands under another name, a guest's or one's own: a link between two would tell that they are one person's.
 * A guest is who types the same address, as in the histories of the desk. A step of a command.
 */
export async function rewordedBy(tx: Tx, postId: string, publicId: string, actor: Actor, writer: { userId: string | null; pseudonymId: string | null; email: string | null }): Promise<string | null> {
  const own = await findOwnDeclined(tx, postId, publicId, actor);
  if (!own || own.pseudonymId !== writer.pseudonymId || own.userId !== writer.userId) return null;
  return own.userId !== null || own.email === writer.email ? own.id : null;
}
