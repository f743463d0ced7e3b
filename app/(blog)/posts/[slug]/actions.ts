'use server';

import { redirect } from 'next/navigation';
import { answerWith, currentAnswer, formOf } from '@/lib/answer';
import { submitComment } from '@/lib/comments/commands';
import { findCommentAddress, findReplyName } from '@/lib/comments/queries';
import { publishedPath, replyPath } from '@/lib/comments/rules';
import { parseBox, readBox, type BoxState } from '@/lib/comments/schema';
import { currentActor, currentWriter, endSession, saveWriter } from '@/lib/identity/session';
import { httpStatus, type Failure } from '@/lib/result';

/** Posts what stands in the comment box, or, by its other button, signs out and keeps the text. */
export async function submitCommentAction(_: BoxState, sent: FormData): Promise<BoxState> {
  const form = formOf(sent);
  const box = readBox(form);
  if (form.get('intent') === 'log-out') return logOut(box);
  const now = new Date();
  const input = parseBox(box, (await currentActor()).kind === 'guest');
  if (!input.ok) return refused(box, input);
  const writer = await currentWriter();
  const submitted = await submitComment(writer, input.value, currentAnswer().clientIp, now);
  if (!submitted.ok) return refused(box, submitted);
  if (input.value.guest) await saveWriter(box.save ? input.value.guest : null);
  const { id, status } = submitted.value;
  const address = status === 'approved' ? await findCommentAddress(id, writer, now) : null;
  redirect(address ? publishedPath(address, id) : `${replyPath(box.post)}#comment-${id}`);
}

type Box = ReturnType<typeof readBox>;

async function refused(box: Box, { code, message, fields = {}, retryAfterSeconds }: Failure): Promise<BoxState> {
  answerWith(httpStatus[code], retryAfterSeconds);
  return { message, fields, entered: box, parent: await findReplyName(box.parent) };
}

async function logOut(box: Box): Promise<BoxState> {
  await endSession();
  return { message: null, fields: {}, entered: box, parent: await findReplyName(box.parent) };
}
