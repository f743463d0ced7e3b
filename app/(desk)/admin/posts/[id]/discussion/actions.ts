'use server';

import { revalidatePath } from 'next/cache';
import { requestTime, site } from '@/app/(blog)/once';
import { answerWith, formOf } from '@/lib/answer';
import { hasPosts } from '@/lib/identity/rules';
import { currentActor } from '@/lib/identity/session';
import { findScreeningRules } from '@/lib/moderation/screening-rules';
import { setDiscussion } from '@/lib/posts/commands';
import { findDeskDiscussion, type DeskDiscussion } from '@/lib/posts/desk';
import { lastOpenMoment } from '@/lib/posts/rules';
import { enteredDiscussion, NOTHING_SAVED, postIdSchema, type DiscussionState } from '@/lib/posts/schema';
import { httpStatus } from '@/lib/result';
import { writtenDate } from '@/lib/site/rules';
import { t } from '@/lib/words/t';

/** Saves how a post is discussed, and says when it closes. */
export async function discussionAction(post: string, before: DiscussionState, sent: FormData): Promise<DiscussionState> {
  const saved = await saveDiscussion(post, before, sent);
  // After a conflict, too: the form is sent again as one that has seen it.
  revalidatePath('/admin/posts', 'layout');
  return saved;
}

/** The same where the page beside the form must stay as it is: the editor asks for the form anew by itself. */
export async function saveDiscussion(post: string, _: DiscussionState, sent: FormData): Promise<DiscussionState> {
  const typed = Object.fromEntries(formOf(sent));
  const saved = await setDiscussion(await currentActor(), post, typed, requestTime());
  if (saved.ok) return { ...NOTHING_SAVED, done: sentenceOf(saved.value.closes, requestTime(), await site()) };
  const { code, message, fields = {} } = saved;
  answerWith(httpStatus[code]);
  return { ...NOTHING_SAVED, message: code === 'invalid' ? null : message, fields, entered: enteredDiscussion(typed) };
}

/** A post's discussion for its form; null where it is not there, a page, or not the person's. */
export async function discussionOfPost(id: unknown): Promise<{ post: DeskDiscussion; rules: { closeAfterDays: number; sensitiveFloodSeconds: number } } | null> {
  const [actor, read] = [await currentActor(), postIdSchema.safeParse(id)];
  if (!read.success || !hasPosts(actor)) return null;
  const [{ closeAfterDays, timeZone }, { rules: { sensitiveDays, sensitiveFloodSeconds } }] = await Promise.all([site(), findScreeningRules()]);
  const post = await findDeskDiscussion(actor, read.data, { closeAfterDays, timeZone, sensitiveDays }, requestTime());
  return post && { post, rules: { closeAfterDays, sensitiveFloodSeconds } };
}

function sentenceOf(closes: Date | 'closed' | 'later' | null, now: Date, locale: Parameters<typeof writtenDate>[1]): string {
  if (closes === null) return t('desk.discussion.staysOpen');
  if (closes === 'later') return t('desk.discussion.closesLater');
  if (closes === 'closed' || closes <= now) return t('desk.discussion.closed');
  return t('desk.discussion.closesOn', { date: writtenDate(lastOpenMoment(closes), locale) });
}
