'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, currentAnswer } from '@/lib/answer';
import { submitComment } from '@/lib/comments/commands';
import { textSchema } from '@/lib/comments/schema';
import { currentActor } from '@/lib/identity/session';
import { decideComment, undoDecision } from '@/lib/moderation/commands';
import { decideSchema, undoSchema, type DeskState, type ReplyState } from '@/lib/moderation/schema';
import { fail, httpStatus, type Failure } from '@/lib/result';

const MALFORMED = fail('malformed', 'This form is not complete. Load the page again.');

/** Decides on one comment, or takes a decision back; the state is what was done and can be undone. */
export async function decideAction(_: DeskState, form: FormData): Promise<DeskState> {
  const actor = await currentActor();
  const now = new Date();
  const undo = undoSchema.safeParse({ event: form.get('undo') });
  const act = decideSchema.safeParse(Object.fromEntries(form));
  if (!undo.success && !act.success) return refused(MALFORMED);
  const decided = undo.success ? await undoDecision(actor, undo.data.event, now) : await decideComment(actor, act.data!, now);
  revalidatePath('/admin/comments');
  if (!decided.ok) return refused(decided);
  return { done: { ...decided.value, isUndo: undo.success }, message: null };
}

/** Answers a comment where it stands in the queue. */
export async function replyAction(_: ReplyState, form: FormData): Promise<ReplyState> {
  const text = textSchema.safeParse(form.get('comment') ?? '');
  const entered = String(form.get('comment') ?? '');
  if (!text.success) return { ...refused(fail('invalid', text.error.issues[0]?.message ?? '')), entered };
  const input = { post: String(form.get('post')), parent: String(form.get('parent')), comment: text.data, guest: null };
  const sent = await submitComment(await currentActor(), input, currentAnswer().clientIp, new Date());
  revalidatePath('/admin/comments');
  return sent.ok ? { done: null, message: null, entered: '', sent: sent.value.id } : { ...refused(sent), entered };
}

function refused({ code, message }: Failure): DeskState & { done: null } {
  answerWith(httpStatus[code]);
  return { done: null, message };
}
