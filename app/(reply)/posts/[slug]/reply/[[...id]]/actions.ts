'use server';

import { redirect } from 'next/navigation';
import { requestTime } from '@/app/(blog)/once';
import { answerWith, formOf } from '@/lib/answer';
import { replyPath } from '@/lib/comments/rules';
import type { Actor } from '@/lib/identity/schema';
import { currentActor } from '@/lib/identity/session';
import { decideComment, undoDecision } from '@/lib/moderation/commands';
import { findOnPage } from '@/lib/moderation/on-page';
import { pageActSchema, pageUndoSchema, type OnPageState } from '@/lib/moderation/schema';
import { findPost } from '@/lib/posts/queries';
import { fail, httpStatus, type Failure } from '@/lib/result';

/** Decides on a comment where readers see it, or takes that back; the comment's own page then says so. */
export async function moderateAction(_: OnPageState, form: FormData): Promise<OnPageState> {
  const sent = Object.fromEntries(formOf(form));
  const [actor, now] = [await currentActor(), new Date()];
  const undo = pageUndoSchema.safeParse(sent);
  const act = pageActSchema.safeParse(sent);
  if (undo.success) {
    const { undo: event, comment, post } = undo.data;
    const undone = await undoDecision(actor, event, now);
    return undone.ok ? redirect(`${replyPath(post, comment)}?undone=1`) : refused(actor, post, comment, undone);
  }
  if (!act.success) return refused(actor, '', '', fail('malformed', 'This form is not complete. Load the page again.'));
  const { post, comment } = act.data;
  const decided = await decideComment(actor, act.data, now);
  return decided.ok ? redirect(replyPath(post, comment)) : refused(actor, post, comment, decided);
}

/** Why it was refused, beside how the comment stands now, for whoever moderates it. */
async function refused(actor: Actor, slug: string, id: string, { code, message }: Failure): Promise<OnPageState> {
  answerWith(httpStatus[code]);
  const post = await findPost(slug, requestTime());
  return { message, comment: post && (await findOnPage(actor, { id: post.id, authorId: post.author.id }, id, requestTime())) };
}
