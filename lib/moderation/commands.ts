import { countVisible } from '../comments/counts';
import { emptyComments } from '../comments/erase';
import { postTag, type Tag } from '../cache-tags';
import { changing } from '../db/change';
import type { Tx } from '../db/client';
import { mayModerate } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { newId } from '../ids';
import { fail, ok, type Result } from '../result';
import { statusAfter, visibleDelta } from './rules';
import type { Act, CommentStatus, Decided, Decision } from './schema';

const NOT_FOUND = fail('not-found', 'This comment is not here any more.');
const CONFLICT = fail('conflict', 'Somebody else has decided on this comment meanwhile. Here is how it stands now.');

type DecidedRow = {
  id: string;
  publicId: string;
  name: string;
  postId: string;
  parentId: string | null;
  kind: string;
  status: CommentStatus;
  revision: number;
};

const decidedSelect = { id: true, publicId: true, name: true, postId: true, parentId: true, kind: true, status: true, revision: true } as const;

/** Locks post and comment, in this order as everywhere, and gives the comment if the actor may decide on it. */
async function lockComment(tx: Tx, actor: Actor, where: { publicId: string } | { id: string }): Promise<(DecidedRow & { actor: Person }) | null> {
  const comment = await tx.comment.findUnique({ where, select: { id: true, postId: true, post: { select: { authorId: true } } } });
  if (!comment || !mayModerate(actor, comment.post.authorId)) return null;
  await tx.$queryRaw`SELECT 1 FROM "Post" WHERE id = ${comment.postId}::uuid FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "Comment" WHERE id = ${comment.id}::uuid FOR NO KEY UPDATE`;
  const locked = await tx.comment.findUniqueOrThrow({ where: { id: comment.id }, select: decidedSelect });
  return { ...locked, actor };
}

type Move = { decision: Decision; to: CommentStatus; undoesId?: string };
type Changed = (tag: Tag) => void;

async function move(tx: Tx, changed: Changed, comment: DecidedRow & { actor: Person }, { decision, to, undoesId }: Move, now: Date): Promise<Decided> {
  const { id, publicId, name, status: from, actor } = comment;
  await tx.comment.update({ where: { id }, data: { status: to }, select: { id: true } });
  if (to === 'deleted') await emptyComments(tx, [id]);
  const event = { id: newId(), commentId: id, actorId: actor.userId, decision, fromStatus: from, toStatus: to, undoesId, createdAt: now };
  await tx.moderationEvent.create({ data: event, select: { id: true } });
  await countVisible(tx, comment, from, to);
  if (visibleDelta(from, to) !== 0) changed(postTag(comment.postId));
  return { event: event.id, comment: publicId, name, decision, from, to };
}

/**
 * Decides on a comment as it was seen: status, event and counts in one transaction. Two decisions at once: one wins.
 * Refuses: `not-found` for a comment that is unknown or not this actor's to decide on, `conflict` when its text or status
 * changed since it was seen, or the act does not apply to its status.
 */
export async function decideComment(
  actor: Actor,
  input: { comment: string; revision: number; seenStatus: CommentStatus; decision: Act },
  now: Date,
): Promise<Result<Decided>> {
  return changing(async (tx, changed) => {
    const comment = await lockComment(tx, actor, { publicId: input.comment });
    if (!comment) return NOT_FOUND;
    if (comment.revision !== input.revision || comment.status !== input.seenStatus) return CONFLICT;
    const latest = await latestEvent(tx, comment.id);
    const to = statusAfter(comment.status, input.decision, latest?.fromStatus ?? null);
    if (to === null) return CONFLICT;
    return ok(await move(tx, changed, comment, { decision: input.decision, to }, now));
  });
}

function latestEvent(tx: Tx, commentId: string) {
  return tx.moderationEvent.findFirst({
    where: { commentId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true, decision: true, fromStatus: true },
  });
}

/**
 * Takes a decision back: a new event that names the old one, and the status from before it. Only the latest decision on
 * a comment can be taken back, once, and not a deletion.
 * Refuses: `not-found` for an event that is unknown or not this actor's to undo, `conflict` when something came after it.
 */
export async function undoDecision(actor: Actor, eventId: string, now: Date): Promise<Result<Decided>> {
  return changing(async (tx, changed) => {
    const event = await tx.moderationEvent.findUnique({ where: { id: eventId }, select: { commentId: true } });
    const comment = event && (await lockComment(tx, actor, { id: event.commentId }));
    if (!comment) return NOT_FOUND;
    const latest = await latestEvent(tx, comment.id);
    if (latest?.id !== eventId) return CONFLICT;
    if (latest.fromStatus === null || latest.decision === 'delete' || latest.decision === 'undo') {
      return fail('conflict', 'This cannot be taken back.');
    }
    return ok(await move(tx, changed, comment, { decision: 'undo', to: latest.fromStatus, undoesId: eventId }, now));
  });
}
