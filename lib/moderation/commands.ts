import { changing } from '../db/change';
import type { Tag } from '../cache-tags';
import type { Tx } from '../db/client';
import type { Actor } from '../identity/schema';
import { newId } from '../ids';
import { fail, ok, type Failure, type Result } from '../result';
import { textSchema } from '../comments/schema';
import { t } from '../words/t';
import { replaceText, type Revisions } from './changing-text';
import { commentGone, conflictOf, lockComment, lockSeen, move, reopenReports, type LockedComment } from './decisions';
import { isUndoable, standingEvents, statusAfter } from './rules';
import { BATCH_COMMENTS, type Act, type CommentStatus, type Decided, type SeenComment } from './schema';

type Changed = (tag: Tag) => void;

/**
 * Decides on a comment as it was seen: status, event and counts in one transaction. Two decisions at once: one wins.
 * Refuses: `not-found` for a comment that is unknown or not this actor's to decide on, `conflict`, with the name of who
 * was first, when its text or status changed since it was seen, or the act does not apply to its status.
 */
export async function decideComment(actor: Actor, input: SeenComment & { decision: Act }, now: Date): Promise<Result<Decided>> {
  return changing((tx, changed) => decide(tx, changed, actor, input, undefined, now));
}

async function decide(tx: Tx, changed: Changed, actor: Actor, input: SeenComment & { decision: Act }, batchId: string | undefined, now: Date): Promise<Result<Decided>> {
  const locked = await lockSeen(tx, actor, input);
  if (!locked.ok) return locked;
  const comment = locked.value;
  const to = statusAfter(comment.status, input.decision, await statusBefore(tx, comment));
  if (to === null) return conflictOf(tx, comment.id);
  return ok(await move(tx, changed, comment, { decision: input.decision, to, batchId }, now));
}

/** The status from which a comment came to where it is; null where it never was anywhere else. */
async function statusBefore(tx: Tx, { id, status }: LockedComment): Promise<CommentStatus | null> {
  const moved = await tx.moderationEvent.findFirst({
    where: { commentId: id, toStatus: status, fromStatus: { not: status } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: { fromStatus: true },
  });
  return moved?.fromStatus ?? null;
}

/** What was decided of several at once, and what somebody else had changed meanwhile. */
export type DecidedMany = { batch: string; decided: Decided[]; refused: { comment: string; message: string }[] };

/**
 * Decides on up to BATCH_COMMENTS comments together, in one transaction; each as decideComment would. They are undone
 * together, by `batch`. What was decided on meanwhile is left as it is, and told of in `refused`.
 */
export async function decideMany(actor: Actor, seen: readonly SeenComment[], decision: Act, now: Date, batch = newId()): Promise<Result<DecidedMany>> {
  if (seen.length > BATCH_COMMENTS) return fail('too-large', t('decisions.refusals.tooMany', { count: BATCH_COMMENTS }));
  return changing(async (tx, changed) => ok(await decideTogether(tx, changed, actor, { seen, decision, batch }, now)));
}

/** What decideMany does, as a step of a transaction. */
export async function decideTogether(tx: Tx, changed: Changed, actor: Actor, { seen, decision, batch }: { seen: readonly SeenComment[]; decision: Act; batch: string }, now: Date): Promise<DecidedMany> {
  await lockTogether(tx, seen.map(({ comment }) => comment));
  const made: DecidedMany = { batch, decided: [], refused: [] };
  for (const one of seen) note(made, one.comment, await decide(tx, changed, actor, { ...one, decision }, batch, now));
  return made;
}

function note(made: DecidedMany, comment: string, result: Result<Decided>): void {
  if (result.ok) made.decided.push(result.value);
  else made.refused.push({ comment, message: result.message });
}

/** Posts first and in order, then their comments in order, or two batches could wait for one another. */
async function lockTogether(tx: Tx, publicIds: string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "Post" WHERE id IN (SELECT "postId" FROM "Comment" WHERE "publicId" = ANY(${publicIds}::bpchar[])) ORDER BY id FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "Comment" WHERE "publicId" = ANY(${publicIds}::bpchar[]) ORDER BY id FOR NO KEY UPDATE`;
}

const standingSelect = { id: true, decision: true, fromStatus: true, undoesId: true, fromRevision: true, createdAt: true } as const;

/** The latest decision on a comment that stands. */
async function latestStanding(tx: Tx, commentId: string) {
  return standingEvents(await tx.moderationEvent.findMany({ where: { commentId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: standingSelect })).at(-1);
}

/**
 * Takes a decision back: a new event that names the old one, with status and text from before it. Only the latest
 * decision on a comment that stands can be taken back, for thirty days, and not a deletion. The mails it was to cause are not sent.
 * Refuses: `not-found` for an event that is unknown or not this actor's to undo, `conflict` when something came after it.
 */
export async function undoDecision(actor: Actor, eventId: string, now: Date): Promise<Result<Decided>> {
  return changing(async (tx, changed) => {
    const event = await tx.moderationEvent.findUnique({ where: { id: eventId }, select: { commentId: true } });
    return event ? undo(tx, changed, actor, { eventId, commentId: event.commentId }, now) : commentGone();
  });
}

type UndoneEvent = { eventId: string; commentId: string; batchId?: string };

async function undo(tx: Tx, changed: Changed, actor: Actor, { eventId, commentId, batchId }: UndoneEvent, now: Date): Promise<Result<Decided>> {
  const comment = await lockComment(tx, actor, { id: commentId });
  if (!comment) return commentGone();
  const latest = await latestStanding(tx, commentId);
  if (latest?.id !== eventId) return conflictOf(tx, commentId);
  // Of a reply that was sent with an approval: it goes with it.
  const isOwnReply = latest.decision === 'submit' && batchId !== undefined;
  const to = isOwnReply ? 'trash' : latest.fromStatus;
  if (to === null || comment.status === 'deleted' || !isUndoable(latest, now)) return cannotBeUndone();
  const revisions = latest.fromRevision === null ? undefined : await restoreText(tx, comment, latest.fromRevision);
  const decided = await move(tx, changed, comment, { decision: 'undo', to, undoesId: eventId, batchId, ...(revisions && { revisions }) }, now);
  if (latest.decision !== 'edit' && (await reopenReports(tx, commentId, latest.createdAt)) && to === 'pending') {
    await tx.comment.update({ where: { id: commentId }, data: { isUrgent: true }, select: { id: true } });
  }
  return ok(decided);
}

const cannotBeUndone = (): Failure => fail('conflict', t('decisions.refusals.cannotBeUndone'));

/** The same for all that was done together, each where nothing came after it. At most BATCH_COMMENTS events; more are a bulk act's. */
export async function undoBatch(actor: Actor, batchId: string, now: Date, into = newId()): Promise<Result<DecidedMany>> {
  return changing(async (tx, changed) => {
    const { made } = await undoTogether(tx, changed, actor, { batchId, into, after: null }, now);
    return made.decided.length === 0 && made.refused.every(({ message }) => message === commentGone().message) ? commentGone() : ok(made);
  });
}

/** Takes back the next events of a batch, latest first; `after` is the last one already looked at, `last` the one now. A step of a transaction. */
export async function undoTogether(
  tx: Tx, changed: Changed, actor: Actor, { batchId, into, after }: { batchId: string; into: string; after: string | null }, now: Date,
): Promise<{ made: DecidedMany; last: string | null }> {
  const undone = await tx.moderationEvent.findMany({
    // A reply before the approval that it answers.
    where: { batchId, decision: { not: 'undo' }, ...(after && { id: { lt: after } }) }, orderBy: [{ id: 'desc' }], take: BATCH_COMMENTS,
    select: { id: true, commentId: true, comment: { select: { publicId: true } } },
  });
  await lockTogether(tx, undone.map(({ comment }) => comment.publicId));
  const made: DecidedMany = { batch: into, decided: [], refused: [] };
  for (const { id, commentId, comment } of undone) note(made, comment.publicId, await undo(tx, changed, actor, { eventId: id, commentId, batchId: into }, now));
  return { made, last: undone.length === BATCH_COMMENTS ? (undone.at(-1)?.id ?? null) : null };
}

/**
 * Changes the text of a comment; readers see that it was edited. The earlier text is kept as a revision.
 * Refuses: as decideComment, `invalid` for an empty or overlong text, `conflict` for a mention or a deleted comment.
 */
export async function editComment(actor: Actor, { source, ...seen }: SeenComment & { source: string }, now: Date): Promise<Result<Decided>> {
  const text = textSchema.safeParse(source);
  if (!text.success) return fail('invalid', text.error.issues[0]?.message ?? t('decisions.refusals.textWanted'));
  return changing(async (tx, changed) => {
    const locked = await lockSeen(tx, actor, seen);
    if (!locked.ok) return locked;
    const comment = locked.value;
    if (comment.status === 'deleted' || comment.kind !== 'comment') return cannotBeEdited();
    const revisions = await replaceText(tx, comment, { source: text.data, editedAt: now });
    return ok(await move(tx, changed, comment, { decision: 'edit', to: comment.status, revisions }, now));
  });
}

const cannotBeEdited = (): Failure => fail('conflict', t('decisions.refusals.cannotBeEdited'));

/** Brings an earlier text back; nothing, where it was erased with its writer's account. */
async function restoreText(tx: Tx, comment: LockedComment, revision: number): Promise<Revisions | undefined> {
  const earlier = await tx.commentRevision.findUnique({ where: { commentId_revision: { commentId: comment.id, revision } }, select: { source: true, editedAt: true } });
  return earlier ? replaceText(tx, comment, earlier) : undefined;
}
