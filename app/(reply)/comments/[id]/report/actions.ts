'use server';

import { redirect } from 'next/navigation';
import { answerWith, currentAnswer, formOf } from '@/lib/answer';
import { reportPath } from '@/lib/comments/rules';
import { currentWriter } from '@/lib/identity/session';
import { parseReport, readReport, type ReportState, type SentReport } from '@/lib/moderation/report-form';
import { reportComment } from '@/lib/moderation/reporting';
import { httpStatus, type Failure } from '@/lib/result';

/** Takes a report; its page then says thank you, and later what became of it. */
export async function reportAction(_: ReportState, form: FormData): Promise<ReportState> {
  const sent = readReport(formOf(form));
  const input = parseReport(sent);
  if (!input.ok) return refused(sent, input);
  const reported = await reportComment(await currentWriter(), input.value, currentAnswer().clientIp, new Date());
  if (!reported.ok) return refused(sent, reported);
  redirect(`${reportPath(input.value.comment)}?sent=1`);
}

function refused({ reason, words, tellOutcome }: SentReport, { code, message, fields = {}, retryAfterSeconds }: Failure): ReportState {
  answerWith(httpStatus[code], retryAfterSeconds);
  return { message, fields, entered: { reason, words, tellOutcome } };
}
