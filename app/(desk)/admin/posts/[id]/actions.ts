'use server';

import { requestTime, site } from '@/app/(blog)/once';
import { answerWith } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { hasPosts } from '@/lib/identity/rules';
import { discardWorking, restoreRevision } from '@/lib/posts/editing';
import { findForEditor, type EditorView } from '@/lib/posts/editor';
import type { ActInput, Saved } from '@/lib/posts/post-form';
import { setPreview } from '@/lib/posts/previewing';
import { listDetailsOfPost, type DetailOfPost } from '@/lib/posts/private-details';
import { actOnPost } from '@/lib/posts/publishing';
import { postIdSchema } from '@/lib/posts/schema';
import { restorePost, trashPost } from '@/lib/posts/trash';
import { fail, httpStatus, ok, type Result } from '@/lib/result';
import { t } from '@/lib/words/t';

/** Gives the answer the status of a refusal. */
function said<T>(result: Result<T>): Result<T> {
  if (!result.ok) answerWith(httpStatus[result.code]);
  return result;
}

/** Does with a post what one of the editor's buttons says. Anyone may call it with anything. */
export async function actAction(asked: ActInput): Promise<Result<Saved>> {
  return said(await actOnPost(await currentActor(), asked, requestTime()));
}

/** Throws away what is being changed in a post that is out; gives what readers see. */
export async function discardAction(asked: unknown): Promise<Result<EditorView>> {
  const done = said(await discardWorking(await currentActor(), asked, requestTime()));
  if (!done.ok) return done;
  const now = await lookAction(done.value.id);
  return now ? ok(now) : said(fail('not-found', t('desk.refusals.postGone')));
}

/** Takes an earlier text up again; readers see nothing of it before the next act. */
export async function restoreRevisionAction(asked: unknown): Promise<Result<Saved>> {
  return said(await restoreRevision(await currentActor(), asked, requestTime()));
}

/** The post as the blog has it now; null where it is not there, or not the person's. */
export async function lookAction(id: unknown): Promise<EditorView | null> {
  const [actor, read] = [await currentActor(), postIdSchema.safeParse(id)];
  return read.success && hasPosts(actor) ? findForEditor(actor, read.data, await site(), requestTime()) : null;
}

/** Makes the private link, or takes it away. */
export async function previewAction(asked: { id: string; isOn: boolean }): Promise<Result<{ path: string | null }>> {
  return said(await setPreview(await currentActor(), asked));
}

/** Puts a post into the trash. */
export async function trashAction(id: string): Promise<Result<unknown>> {
  return said(await trashPost(await currentActor(), id, requestTime()));
}

/** Brings it back. */
export async function restoreAction(id: string): Promise<Result<unknown>> {
  return said(await restorePost(await currentActor(), id, requestTime()));
}

/** What its text shows that is not for everyone. */
export async function detailsAction(id: unknown): Promise<DetailOfPost[]> {
  const read = postIdSchema.safeParse(id);
  return read.success ? listDetailsOfPost(read.data, await currentActor()) : [];
}
