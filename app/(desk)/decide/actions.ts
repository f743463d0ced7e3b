'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { answerWith, currentAnswer, formOf } from '@/lib/answer';
import { decideByLink } from '@/lib/moderation/decision-links';
import { linkDecisionSchema, type LinkState } from '@/lib/moderation/schema';
import { fail, httpStatus } from '@/lib/result';
import { answerWrongLink } from './wrong-link';
import { t } from '@/lib/words/t';

const broken = () => fail('malformed', t('desk.refusals.incompleteLink'));

/** Decides by the link of a mail, without a session; then the page says what was decided. */
export async function decideByLinkAction(_: LinkState, sent: FormData): Promise<LinkState> {
  const form = formOf(sent);
  const token = String(form.get('token') ?? '');
  const input = linkDecisionSchema.safeParse(Object.fromEntries(form));
  const decided = input.success ? await decideByLink(token, input.data, currentAnswer().clientIp, new Date()) : broken();
  if (decided.ok) redirect(`/decide?token=${encodeURIComponent(token)}`);
  revalidatePath('/decide');
  if (decided.code === 'not-found') await answerWrongLink();
  else answerWith(httpStatus[decided.code], decided.retryAfterSeconds);
  return { message: decided.message, text: input.data?.text ?? '', textMessage: decided.fields?.text ?? null };
}
