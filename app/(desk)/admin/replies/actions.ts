'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, formOf } from '@/lib/answer';
import { markNoReply, markOlderNoReply, undoNoReply } from '@/lib/comments/no-reply';
import { noReplySchema, type NoReplySaid, type RepliesState } from '@/lib/comments/reply-desk';
import type { Actor } from '@/lib/identity/schema';
import { currentActor } from '@/lib/identity/session';
import { httpStatus, type Result } from '@/lib/result';
import { deskAction } from '../comments/actions';
import { t } from '@/lib/words/t';

/** One act of the reply desk: that a comment, or all that are old, need no reply; a reply; or that one of these is taken back. */
export async function repliesAction(_: RepliesState, form: FormData): Promise<RepliesState> {
  const asked = noReplySchema.safeParse(Object.fromEntries(formOf(form)));
  const state = asked.success ? await say(await currentActor(), asked.data) : await answerInQueue(form);
  revalidatePath('/admin/replies');
  return state;
}

async function say(actor: Actor, asked: typeof noReplySchema._output): Promise<RepliesState> {
  if ('noReply' in asked) return stateOf(await markNoReply(actor, asked.noReply));
  if ('undoNoReply' in asked) return stateOf(await undoNoReply(actor, asked.undoNoReply));
  const { olderThan, ...filter } = asked;
  const marked = await markOlderNoReply(actor, olderThan, filter, new Date());
  if (marked.ok && marked.value.count === 0) return { done: null, message: t('desk.refusals.noneOlder', { age: olderThan }) };
  return stateOf(marked);
}

function stateOf(said: Result<NoReplySaid>): RepliesState {
  if (!said.ok) {
    answerWith(httpStatus[said.code]);
    return { done: null, message: said.message };
  }
  const { count, name, act, isUndo } = said.value;
  return { done: { what: isUndo ? 'undone' : 'noReply', count, name, undo: isUndo ? null : { field: 'undoNoReply', value: act }, reply: null }, message: null };
}

/** A reply, and the undo of one, are the queue's. */
async function answerInQueue(form: FormData): Promise<RepliesState> {
  const { done, message, sent, refused } = await deskAction({ done: null, message: null }, form);
  if (sent) return { done: { what: 'reply', count: 1, name: '', undo: done?.batch ? { field: 'undoBatch', value: done.batch } : null, reply: sent.id }, message: null };
  if (done?.isUndo) return { done: { what: 'undone', count: 1, name: '', undo: null, reply: null }, message };
  return { done: null, message, ...(refused?.form === 'reply' && { refused: { to: refused.to, text: refused.text } }) };
}
