'use server';

import { redirect } from 'next/navigation';
import { answerWith, currentAnswer, formOf } from '@/lib/answer';
import { submitComment } from '@/lib/comments/commands';
import { forgetDraft } from '@/lib/comments/drafts';
import { findCommentAddress } from '@/lib/comments/queries';
import { publishedPath, replyPath } from '@/lib/comments/rules';
import { parseBox, readBox, type BoxState, type SentBox } from '@/lib/comments/box';
import { takenOut, wordBefore, type WordBefore } from '@/lib/comments/word-before';
import { asGuest, browserHashes, currentActor, currentWriter, saveWriter } from '@/lib/identity/session';
import { boxOf, refusedBox } from './box';
import { changeSpeaker } from './speaker';

/** Posts what stands in the comment box, or, by one of its other buttons, changes who is speaking and keeps the text. */
export async function submitCommentAction(_: BoxState, sent: FormData): Promise<BoxState> {
  const box = readBox(formOf(sent));
  if (box.intent === 'take-out') return takeOut(box);
  return box.intent === 'post' ? post(box) : changeSpeaker(box);
}

/** The box again, its text without what the word before named: for another look, not yet posted. */
async function takeOut(box: SentBox): Promise<BoxState> {
  const comment = takenOut(box.comment);
  return boxOf({ ...box, comment }, { isResumed: true, isTakenOut: comment !== box.comment });
}

/** The box again, with the word before it is posted. */
async function tellBefore(box: SentBox, { details, told }: WordBefore): Promise<BoxState> {
  answerWith(422);
  return boxOf({ ...box, told }, { details });
}

async function post(box: SentBox): Promise<BoxState> {
  const now = new Date();
  const actor = await currentActor();
  const sender = actor.kind === 'guest' || box.asGuest ? { kind: 'guest' as const } : actor;
  const input = parseBox(box, sender);
  if (!input.ok) return refusedBox(box, input);
  const word = wordBefore(input.value.comment, box.told);
  if (word) return tellBefore(box, word);
  const writer = sender.kind === 'guest' ? await asGuest() : await currentWriter();
  const submitted = await submitComment(writer, input.value, currentAnswer().clientIp, now);
  if (!submitted.ok) return refusedBox(box, submitted);
  if (input.value.guest) await saveWriter(box.save ? input.value.guest : null);
  await forgetDraft(await browserHashes(), box.post);
  const { id, status } = submitted.value;
  const address = status === 'approved' ? await findCommentAddress(id, writer, now) : null;
  redirect(address ? publishedPath(address, id) : `${replyPath(box.post)}#comment-${id}`);
}
