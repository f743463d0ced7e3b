import { db, type Tx } from '../db/client';
import { isBy, mayModerate } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { isCommentId } from '../ids';
import { lockColumns, mayRead } from '../posts/keys';
import { isOut, postPath } from '../posts/rules';
import { storedHtml } from '../text/safe-html';
import { findPageOf } from './discussion';
import { isOwnUnpublished } from './own';
import { hasWrittenOpenly } from './pseudonyms';
import { discussionPath } from './rules';
import type { ReplyTarget } from './schema';

/**
 * Where a comment stands at this moment, as a path with its anchor; null when the asker may not see it.
 * `id` is the public id, or the number it had where it was imported from. Its own writer is led to the page of waiting comments.
 */
export async function findCommentAddress(id: string, viewer: Actor, now: Date): Promise<string | null> {
  const comment = await db().comment.findFirst({
    // Twelve digits are a public id; no number of an old blog is that long.
    where: isCommentId(id) ? { publicId: id } : { legacyNumber: BigInt(id) },
    orderBy: { createdAt: 'asc' },
    select: {
      id: true,
      publicId: true,
      rootId: true,
      status: true,
      kind: true,
      userId: true,
      writerHash: true,
      post: { select: { ...lockColumns, slug: true, kind: true, author: { select: { emailVerified: true } } } },
    },
  });
  if (!comment) return null;
  const { post, publicId } = comment;
  if (!isOut(post, now)) return null;
  const desk = comment.status !== 'deleted' && mayModerate(viewer, post.authorId) ? `/admin/comments?queue=all&comment=${publicId}` : null;
  // Without the password: who runs the comments finds it at the desk, and its writer is asked for the password.
  if (!mayRead(viewer, post, now)) return desk ?? (isBy(viewer, comment) ? postPath(post) : null);
  const anchor = `#comment-${publicId}`;
  if (comment.status === 'approved') {
    const authorIsClaimed = post.author.emailVerified !== null;
    const page = comment.kind === 'mention' ? 1 : await findPageOf({ id: post.id, authorId: post.authorId, authorIsClaimed }, comment);
    return discussionPath({ ...post, isLocked: post.status === 'password' }, page) + anchor;
  }
  if (await isOwnUnpublished(comment.id, viewer)) return `/posts/${encodeURIComponent(post.slug)}/reply${anchor}`;
  return desk;
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

/** The name on this post only that a person writes under there; null when they have none. For that person alone. */
export async function findPseudonym(postId: string, userId: string): Promise<{ name: string } | null> {
  return db().pseudonym.findUnique({ where: { postId_userId: { postId, userId } }, select: { name: true } });
}

/** The same, by the post's slug. */
export async function findPseudonymOn(slug: string, userId: string): Promise<{ name: string } | null> {
  return db().pseudonym.findFirst({ where: { userId, post: { kind: 'post', slug } }, select: { name: true } });
}

/** Whether a person may still choose a name for this post only: they have none, and have not written there under their own. */
export async function mayTakePseudonym(postId: string, userId: string): Promise<boolean> {
  return !(await findPseudonym(postId, userId)) && !(await hasWrittenOpenly(db(), postId, userId));
}

/**
 * Whether a visible comment, or someone who runs the blog, uses this name or address. A pseudonym is known on its own post
 * alone. For screening of a comment on this post, inside its transaction.
 */
export async function isKnownIdentity(tx: Tx, postId: string, name: string, email: string): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ known: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Comment" WHERE lower(name) = lower(${name}) AND status = 'approved' AND kind = 'comment'
                     AND ("pseudonymId" IS NULL OR "postId" = ${postId}::uuid))
        OR EXISTS (SELECT 1 FROM "Comment" WHERE email = ${email} AND status = 'approved')
        OR EXISTS (SELECT 1 FROM "User" WHERE (email = ${email} OR lower(name) = lower(${name})) AND role <> 'reader') AS known`;
  return found?.known ?? false;
}
