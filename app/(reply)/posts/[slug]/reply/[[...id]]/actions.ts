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
import { findPostFor } from '@/lib/posts/locked';
import { parseSlug } from '@/lib/posts/schema';
import { fail, httpStatus, type Failure } from '@/lib/result';
import { t } from '@/lib/words/t';

const incomplete = () => fail('malformed', t('comments.fields.incomplete'));

/** Decides on a comment where readers see it, or takes that back; the comment's own page then says so. */
export async function moderateAction(_: OnPageState, form: FormData): Promise<OnPageState> {
  const sent = Object.fromEntries(formOf(form));
  const [actor, now] = [await currentActor(), new Date()];
  const undo = pageUndoSchema.safeParse(sent);
  const act = pageActSchema.safeParse(sent);
  const post = typeof sent.post === 'string' ? parseSlug(encodeURIComponent(sent.post)) : null;
  if (post === null || (!undo.success && !act.success)) return refused(actor, null, incomplete());
  const comment = undo.data?.comment ?? act.data?.comment ?? '';
  const done = undo.success ? await undoDecision(actor, undo.data.undo, now) : act.success ? await decideComment(actor, act.data, now) : incomplete();
  if (!done.ok) return refused(actor, { post, comment }, done);
  redirect(`${replyPath(post, comment)}${undo.success ? '?undone=1' : ''}`);
}

/** Why it was refused, beside how the comment stands now, for whoever moderates it. */
async function refused(actor: Actor, seen: { post: string; comment: string } | null, { code, message }: Failure): Promise<OnPageState> {
  answerWith(httpStatus[code]);
  const post = seen && (await findPostFor(actor, 'post', seen.post, requestTime()));
  return { message, comment: post && post !== 'locked' ? await findOnPage(actor, { id: post.id, authorId: post.author.id }, seen.comment, requestTime()) : null };
}
