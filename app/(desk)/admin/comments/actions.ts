'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, currentAnswer, formOf } from '@/lib/answer';
import { submitComment } from '@/lib/comments/commands';
import { findPseudonymOn } from '@/lib/comments/queries';
import { newCommentSchema } from '@/lib/comments/schema';
import type { Actor } from '@/lib/identity/schema';
import { currentActor } from '@/lib/identity/session';
import { startBulkAct, undoWhole } from '@/lib/moderation/bulk';
import { decideComment, decideMany, editComment, undoDecision, type DecidedMany } from '@/lib/moderation/commands';
import { declineComment } from '@/lib/moderation/declining';
import { keepReported } from '@/lib/moderation/reporting';
import { GOES_ON, bulkSchema, decideManySchema, decideSchema, declineSchema, deskReplySchema, editSchema, keepSchema, undoSchema, type BulkProgress, type Decided, type DeskState } from '@/lib/moderation/schema';
import { fail, httpStatus, type Failure, type Result } from '@/lib/result';
import { t } from '@/lib/words/t';

/** One act of the desk: a decision, its undo, an edit, or a reply where the comment stands; the state says what was done. */
export async function deskAction(_: DeskState, form: FormData): Promise<DeskState> {
  const actor = await currentActor();
  const now = new Date();
  const { [GOES_ON]: goesOn, ...sent } = Object.fromEntries(formOf(form));
  const state = await act(actor, sent, now);
  if (goesOn === undefined) revalidatePath('/admin/comments');
  return { ...state, at: now.getTime() };
}

async function act(actor: Actor, sent: Record<string, unknown>, now: Date): Promise<DeskState> {
  const reply = deskReplySchema.safeParse(sent);
  if (reply.success) return replyTo(actor, reply.data, now);
  const edit = editSchema.safeParse(sent);
  if (edit.success) return stateOfForm(await editComment(actor, edit.data, now), { to: edit.data.comment, form: 'edit', text: edit.data.source });
  const decline = declineSchema.safeParse(sent);
  if (decline.success) return declined(actor, decline.data, now);
  const undo = undoSchema.safeParse(sent);
  if (undo.success) {
    return 'undo' in undo.data ? stateOf(await undoDecision(actor, undo.data.undo, now), true) : stateOfMany(await undoWhole(actor, undo.data.undoBatch, now), true);
  }
  const keep = keepSchema.safeParse(sent);
  if (keep.success) return stateOf(await keepReported(actor, keep.data, now), false);
  const bulk = bulkSchema.safeParse(sent);
  if (bulk.success) return stateOfMany(await startBulkAct(actor, bulk.data, now), false);
  const many = decideManySchema.safeParse(sent);
  if (many.success) return stateOfMany(await decideMany(actor, many.data.many, many.data.decision, now), false);
  const decision = decideSchema.safeParse(sent);
  if (decision.success) return stateOf(await decideComment(actor, decision.data, now), false);
  return refused(fail('malformed', t('desk.refusals.incomplete')));
}

function stateOf(decided: Result<Decided>, isUndo: boolean): DeskState {
  if (!decided.ok) return refused(decided);
  const { decision, name, event } = decided.value;
  return { done: { decision, name, count: 1, event, batch: null, isUndo }, message: null };
}

function stateOfMany(made: Result<DecidedMany | BulkProgress>, isUndo: boolean): DeskState {
  if (!made.ok) return refused(made);
  if ('total' in made.value) return { done: null, message: null, bulk: made.value };
  const { batch, decided, refused: left } = made.value;
  const [first] = decided;
  const message = left.length > 0 ? t('decisions.left.because', { count: left.length, why: left[0]?.message ?? '' }) : null;
  const done = first ? { decision: first.decision, name: first.name, count: decided.length, event: null, batch, isUndo } : null;
  return { done, message, left: left.map(({ comment }) => comment) };
}

type Typed = Omit<NonNullable<DeskState['refused']>, 'message'>;

/** The same for a form in which something was typed: a refusal gives it back. */
function stateOfForm(decided: Result<Decided>, typed: Typed): DeskState {
  return decided.ok ? stateOf(decided, false) : refusedForm(decided, typed);
}

async function declined(actor: Actor, { decline, ...sent }: typeof declineSchema._output, now: Date): Promise<DeskState> {
  return stateOfForm(await declineComment(actor, { ...sent, reason: decline }, now), { to: sent.comment, form: 'decline', text: sent.words });
}

function refusedForm(failure: Failure, typed: Typed): DeskState {
  return { ...refused(failure), refused: { ...typed, message: failure.message } };
}

/** Answers a comment; one that waits is approved with it, for nobody answers what cannot be read. */
async function replyTo(actor: Actor, reply: typeof deskReplySchema._output, now: Date): Promise<DeskState> {
  const { post, text, ...seen } = reply;
  const typed: Typed = { to: seen.comment, form: 'reply', text };
  const input = newCommentSchema.safeParse({ post, parent: seen.comment, comment: text });
  if (!input.success) return refusedForm(fail('invalid', input.error.issues[0]?.message ?? t('desk.refusals.nothingWritten')), typed);
  // Before anything is decided: an approval and a pseudonym's reply of the same moment would tell who is behind the name.
  if (actor.kind === 'person' && (await findPseudonymOn(post, actor.userId))) {
    return refusedForm(fail('forbidden', t('desk.refusals.ownNameOnPost')), typed);
  }
  const sent = await submitComment(actor, { ...input.data, guest: null, approving: seen }, currentAnswer().clientIp, now);
  if (!sent.ok) return refusedForm(sent, typed);
  const { id, batch } = sent.value;
  const decision = seen.seenStatus === 'pending' ? 'approve' : 'submit';
  return { done: { decision, name: '', count: 1, event: null, batch, isUndo: false }, message: null, sent: { to: seen.comment, id } };
}

function refused({ code, message }: Failure): DeskState {
  answerWith(httpStatus[code]);
  return { done: null, message };
}
