'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, currentAnswer, formOf } from '@/lib/answer';
import { submitComment } from '@/lib/comments/commands';
import { findPseudonymOn } from '@/lib/comments/queries';
import { newCommentSchema } from '@/lib/comments/schema';
import type { Actor } from '@/lib/identity/schema';
import { currentActor } from '@/lib/identity/session';
import { decideComment, undoDecision } from '@/lib/moderation/commands';
import { decideSchema, deskReplySchema, undoSchema, type DeskState } from '@/lib/moderation/schema';
import { fail, httpStatus, type Failure } from '@/lib/result';

/** One act of the desk: a decision, its undo, or a reply where the comment stands; the state says what was done. */
export async function deskAction(_: DeskState, form: FormData): Promise<DeskState> {
  const actor = await currentActor();
  const now = new Date();
  const state = await act(actor, Object.fromEntries(formOf(form)), now);
  revalidatePath('/admin/comments');
  return state;
}

async function act(actor: Actor, sent: Record<string, unknown>, now: Date): Promise<DeskState> {
  const reply = deskReplySchema.safeParse(sent);
  if (reply.success) return replyTo(actor, reply.data, now);
  const undo = undoSchema.safeParse(sent);
  if (undo.success) return stateOf(await undoDecision(actor, undo.data.undo, now), true);
  const decision = decideSchema.safeParse(sent);
  if (decision.success) return stateOf(await decideComment(actor, decision.data, now), false);
  return refused(fail('malformed', 'This form is not complete. Load the page again.'));
}

function stateOf(decided: Awaited<ReturnType<typeof decideComment>>, isUndo: boolean): DeskState {
  return decided.ok ? { done: { ...decided.value, isUndo }, message: null } : refused(decided);
}

/** Answers a comment; one that waits is approved first, for nobody answers what cannot be read. */
async function replyTo(actor: Actor, reply: typeof deskReplySchema._output, now: Date): Promise<DeskState> {
  const kept = { to: reply.comment, text: reply.text };
  const input = newCommentSchema.safeParse({ post: reply.post, parent: reply.comment, comment: reply.text });
  if (!input.success) return { ...refused(fail('invalid', input.error.issues[0]?.message ?? 'Please write something first.')), refused: kept };
  // Before anything is decided: an approval and a pseudonym's reply of the same moment would tell who is behind the name.
  if (actor.kind === 'person' && (await findPseudonymOn(reply.post, actor.userId))) {
    return { ...refused(fail('forbidden', 'On this post you write under a name of its own, and here you speak in yours. Please answer on the post’s page.')), refused: kept };
  }
  const approved = reply.seenStatus === 'pending' ? await decideComment(actor, { ...reply, decision: 'approve' }, now) : null;
  if (approved && !approved.ok) return { ...refused(approved), refused: kept };
  const sent = await submitComment(actor, { ...input.data, guest: null }, currentAnswer().clientIp, now);
  if (!sent.ok) return { ...refused(sent), refused: kept };
  return { done: approved ? { ...approved.value, isUndo: false } : null, message: null, sent: { to: reply.comment, id: sent.value.id } };
}

function refused({ code, message }: Failure): DeskState {
  answerWith(httpStatus[code]);
  return { done: null, message };
}
