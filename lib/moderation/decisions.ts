import { countVisible } from '../comments/counts';
import { emptyComments, takeBackNotices } from '../comments/erase';
import { holdComments } from '../comments/locks';
import { postTag, type Tag } from '../cache-tags';
import type { Tx } from '../db/client';
import { mayModerate } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { newId } from '../ids';
import { sendJob } from '../jobs';
import { fail, ok, type Failure, type Result } from '../result';
import { siteOrigin } from '../site-origin';
import { causeCommentNotices } from '../subscriptions/causes';
import { causeWebhooks } from '../webhooks/causing';
import { t } from '../words/t';
import { settleAkismet } from './akismet-checks';
import { causeApprovalMail, causeMail } from './cause-mail';
import { replaceText } from './changing-text';
import { reasonOfReports } from './reported';
import { VISIBLE_STATUSES, visibleDelta } from './rules';
import { keepLesson, markLesson } from './spam-lessons';
import { riskOf } from './sentences';
import type { AnsweredComment, CommentStatus, Decided, Decision, Reason, SeenComment } from './schema';

// Steps of commands, inside their transactions.

export const commentGone = (): Failure => fail('not-found', t('decisions.refusals.commentGone'));

/** What is read of a comment that is decided on, once it is locked. */
export const lockedSelect = {
  id: true, publicId: true, name: true, postId: true, parentId: true, kind: true, status: true, revision: true, isUrgent: true, editsId: true,
} as const;

/** A comment that the actor may decide on, locked with its post. */
export type LockedComment = {
  id: string;
  publicId: string;
  name: string;
  postId: string;
  parentId: string | null;
  kind: string;
  status: CommentStatus;
  revision: number;
  isUrgent: boolean;
  /** The published comment whose text it is to become. */
  editsId: string | null;
  /** Null: its own writer, who needs no account. */
  actor: Person | null;
};

/** Locks post and comment, and gives the comment if the actor may decide on it. */
export async function lockComment(tx: Tx, actor: Actor, where: { publicId: string } | { id: string }): Promise<LockedComment | null> {
  const comment = await tx.comment.findUnique({ where, select: { id: true, postId: true, post: { select: { authorId: true } } } });
  if (!comment || !mayModerate(actor, comment.post.authorId)) return null;
  await holdComments(tx, [comment.postId], [comment.id]);
  const locked = await tx.comment.findUniqueOrThrow({ where: { id: comment.id }, select: lockedSelect });
  return { ...locked, actor };
}

/** The refusal of a decision on what is not any more as it was seen: who has decided meanwhile, and what. */
export async function conflictOf(tx: Tx, commentId: string): Promise<Failure> {
  const latest = await tx.moderationEvent.findFirst({
    where: { commentId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: { decision: true, actor: { select: { name: true } } },
  });
  const name = latest?.actor?.name ?? '';
  return fail('conflict', t(`decisions.conflict.${latest?.decision ?? 'submit'}`, { name, isNamed: name === '' ? 'no' : 'yes' }));
}

/** Locks a comment that is still as it was seen. Refuses: `not-found`, `conflict` with the name of whoever was first. */
export async function lockSeen(tx: Tx, actor: Actor, { comment: publicId, revision, seenStatus }: SeenComment): Promise<Result<LockedComment>> {
  const comment = await lockComment(tx, actor, { publicId });
  if (!comment) return commentGone();
  return comment.revision === revision && comment.status === seenStatus ? ok(comment) : conflictOf(tx, comment.id);
}

/** Uses a link of a mail up, after the comment is locked; a refusal when it was used, or is too old. */
export async function takeLink(tx: Tx, id: string, now: Date): Promise<Failure | null> {
  const { count } = await tx.decisionLink.updateMany({ where: { id, usedAt: null, expires: { gt: now } }, data: { usedAt: now } });
  return count === 1 ? null : fail('conflict', t('decisions.link.used'));
}

/** Asks that whoever may decide on a comment that has come to Pending is told by mail, once this transaction commits. */
export async function tellOfHeld(tx: Tx, commentId: string): Promise<void> {
  // The job has no request of its own. Both are ours: the gate takes no other name of the blog.
  await sendJob(tx, 'held-notice', { comment: commentId, origin: siteOrigin() });
}

export type Move = {
  decision: Decision;
  to: CommentStatus;
  reasons?: Reason[];
  undoesId?: string;
  batchId?: string | undefined;
  /** Where its text changed. */
  revisions?: { fromRevision: number; toRevision: number };
};

type Changed = (tag: Tag) => void;

/** Has readers told of a comment that is published, and of the replies that nobody was told of while it was hidden. */
async function causeNotices(tx: Tx, id: string, now: Date): Promise<void> {
  await causeCommentNotices(tx, id, true, now);
  const untold = await tx.comment.findMany({ where: { parentId: id, status: 'approved', announcedAt: null, rule: { not: null } }, select: { id: true } });
  for (const reply of untold) await causeCommentNotices(tx, reply.id, true, now);
}

const GONE: readonly CommentStatus[] = ['spam', 'trash', 'deleted'];

/** Takes away the change of a comment that waits to be read: of one that is gone, or is changed otherwise. */
export async function dropChanges(tx: Tx, changed: Changed, commentId: string, now: Date): Promise<void> {
  const waiting = await tx.comment.findMany({ where: { editsId: commentId, status: { not: 'deleted' } }, select: lockedSelect });
  for (const one of waiting) await carryOut(tx, changed, { ...one, actor: null }, { decision: 'withdraw', to: 'deleted' }, now);
}

/** Carries out a decision on a locked comment: status, event, counts, answers to reports. What readers see of it is `changed`. */
export async function move(tx: Tx, changed: Changed, comment: LockedComment, made: Move, now: Date): Promise<Decided> {
  return comment.editsId !== null && visibleDelta(null, made.to) > 0 ? letChange(tx, changed, { ...comment, editsId: comment.editsId }, made, now) : carryOut(tx, changed, comment, made, now);
}

/**
 * Lets the change that a writer made of their published comment: its text takes the place of the other, and it is gone itself.
 * The event that is answered, and can be taken back, is the one by which the published comment was changed.
 */
async function letChange(tx: Tx, changed: Changed, change: LockedComment & { editsId: string }, { decision, to, batchId }: Move, now: Date): Promise<Decided> {
  const { source } = await tx.comment.findUniqueOrThrow({ where: { id: change.id }, select: { source: true } });
  // Their post is held already: nobody else is at the other one.
  const original = { ...(await tx.comment.findUniqueOrThrow({ where: { id: change.editsId }, select: lockedSelect })), actor: change.actor };
  await carryOut(tx, changed, change, { decision, to: 'deleted', batchId }, now);
  const revisions = await replaceText(tx, original, { source, editedAt: now });
  const { event } = await carryOut(tx, changed, original, { decision: 'edit', to: original.status, revisions, batchId }, now);
  return { event, comment: change.publicId, name: change.name, decision, from: change.status, to };
}

async function carryOut(tx: Tx, changed: Changed, comment: LockedComment, { decision, to, reasons = [], undoesId, batchId, revisions }: Move, now: Date): Promise<Decided> {
  const { id, publicId, name, status: from, actor } = comment;
  const data = { status: to, isUrgent: revisions ? comment.isUrgent : false, ...(revisions && { revision: revisions.toRevision }), ...(decision === 'withdraw' && { isWithdrawn: true }) };
  if (to === 'deleted') await keepLesson(tx, id);
  await tx.comment.update({ where: { id }, data, select: { id: true } });
  if (to === 'deleted') await emptyComments(tx, [id]);
  const at = await momentAfter(tx, id, now);
  const event = { id: newId(), commentId: id, actorId: actor?.userId ?? null, decision, fromStatus: from, toStatus: to, reasons, undoesId, batchId, ...revisions, createdAt: at };
  await tx.moderationEvent.create({ data: event, select: { id: true } });
  if (decision !== 'edit' && decision !== 'undo') await answerReports(tx, event);
  if (decision === 'approve' && visibleDelta(from, to) > 0) await causeApprovalMail(tx, event);
  await markLesson(tx, id, from, to);
  await settleAkismet(tx, event);
  await causeWebhooks(tx, [{ event: 'commentDecided', commentId: id, decision, from, status: to, rules: reasons.map(({ rule }) => rule) }], at);
  await countVisible(tx, comment, from, to);
  if (comment.editsId === null && GONE.includes(to)) await dropChanges(tx, changed, id, now);
  if (visibleDelta(from, to) < 0) await takeBackNotices(tx, id);
  if (visibleDelta(from, to) > 0) await causeNotices(tx, id, now);
  const wasSeen = visibleDelta(null, from) !== 0;
  if (visibleDelta(from, to) !== 0 || (revisions && wasSeen)) changed(postTag(comment.postId));
  return { event: event.id, comment: publicId, name, decision, from, to };
}

/**
 * When the next event of a locked comment is: now, or just after the latest. The clocks of two machines differ, and the
 * order of a comment's events is what its undo goes by.
 */
export async function momentAfter(tx: Tx, commentId: string, now: Date): Promise<Date> {
  const latest = await tx.moderationEvent.findFirst({ where: { commentId }, orderBy: { createdAt: 'desc' }, select: { createdAt: true } });
  return latest && latest.createdAt >= now ? new Date(latest.createdAt.getTime() + 1) : now;
}

/** A person has decided: whoever reported the comment has their answer, and where it stays nobody need look again. */
async function answerReports(tx: Tx, { id, commentId, toStatus, createdAt }: { id: string; commentId: string; toStatus: CommentStatus; createdAt: Date }): Promise<void> {
  const { count } = await tx.report.updateMany({ where: { commentId, answeredAt: null }, data: { answeredAt: createdAt, answer: toStatus } });
  if (count === 0) return;
  if (VISIBLE_STATUSES.includes(toStatus)) await tx.comment.update({ where: { id: commentId }, data: { risk: 0 }, select: { id: true } });
  if ((await tx.report.count({ where: { commentId, answeredAt: createdAt, tellOutcome: true } })) > 0) await causeMail(tx, id, createdAt);
}

/** An answer is taken back with the decision that gave it. Value: whether a report for private details waits again. */
export async function reopenReports(tx: Tx, commentId: string, answeredAt: Date): Promise<boolean> {
  await tx.report.updateMany({ where: { commentId, answeredAt }, data: { answeredAt: null, answer: null } });
  const said = reasonOfReports(await tx.report.findMany({ where: { commentId, answeredAt: null }, select: { reason: true, ipHash: true } }));
  if (said) await tx.comment.update({ where: { id: commentId }, data: { rule: said.rule, risk: riskOf(said) }, select: { id: true } });
  return said?.reason === 'private';
}

/**
 * Approves the comment that a reply answers, where it waits: nobody answers what cannot be read. A step of the reply's command.
 * `seen.link`: the link of a mail by which it is answered, and which is used up.
 * Refuses: as lockSeen; by a link also `conflict` when the comment does not wait, or the link was used.
 */
export async function approveForReply(tx: Tx, changed: Changed, actor: Actor, seen: AnsweredComment, batchId: string, now: Date): Promise<Result<LockedComment>> {
  const locked = await lockSeen(tx, actor, seen);
  if (!locked.ok) return locked;
  if (locked.value.status !== 'pending' && locked.value.status !== 'approved') return conflictOf(tx, locked.value.id);
  const refusal = seen.link === undefined ? null : await takeLink(tx, seen.link, now);
  if (refusal) return refusal;
  if (locked.value.status === 'pending') await move(tx, changed, locked.value, { decision: 'approve', to: 'approved', batchId }, now);
  return locked;
}
