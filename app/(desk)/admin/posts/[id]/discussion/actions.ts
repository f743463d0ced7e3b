'use server';

import { revalidatePath } from 'next/cache';
import { requestTime, site } from '@/app/(blog)/once';
import { answerWith, formOf } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { setDiscussion } from '@/lib/posts/commands';
import { lastOpenMoment } from '@/lib/posts/rules';
import { enteredDiscussion, NOTHING_SAVED, type DiscussionState } from '@/lib/posts/schema';
import { httpStatus } from '@/lib/result';
import { writtenDate } from '@/lib/site/rules';

/** Saves how a post is discussed, and says when it closes. */
export async function discussionAction(post: string, _: DiscussionState, sent: FormData): Promise<DiscussionState> {
  const typed = Object.fromEntries(formOf(sent));
  const saved = await setDiscussion(await currentActor(), post, typed, requestTime());
  // After a conflict, too: the form is sent again as one that has seen it.
  revalidatePath('/admin/posts', 'layout');
  if (saved.ok) return { ...NOTHING_SAVED, done: `Saved. ${sentenceOf(saved.value.closes, requestTime(), await site())}` };
  const { code, message, fields = {} } = saved;
  answerWith(httpStatus[code]);
  return { ...NOTHING_SAVED, message: code === 'invalid' ? null : message, fields, entered: enteredDiscussion(typed) };
}

function sentenceOf(closes: Date | 'closed' | 'later' | null, now: Date, locale: Parameters<typeof writtenDate>[1]): string {
  if (closes === null) return 'Comments stay open.';
  if (closes === 'later') return 'Comments close some days after it comes out.';
  if (closes === 'closed' || closes <= now) return 'Comments are closed.';
  return `Comments close on ${writtenDate(lastOpenMoment(closes), locale)}.`;
}
