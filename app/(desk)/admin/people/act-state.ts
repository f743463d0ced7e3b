import { revalidatePath } from 'next/cache';
import { answerWith } from '@/lib/answer';
import { NOTHING_DONE, type ActState } from '@/lib/people/schema';
import { fail, httpStatus, type Failure } from '@/lib/result';
import type { z } from '@/lib/zod';
import { t } from '@/lib/words/t';

/** The state after a refusal, with its status and what was typed; the page shows how things stand now. */
export function refused({ code, message, fields = {} }: Failure, form: FormData): ActState {
  answerWith(httpStatus[code]);
  revalidatePath('/admin/people', 'layout');
  const entered = Object.entries(Object.fromEntries(form)).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('$'));
  // What is said beside a field need not be said above it.
  return { ...NOTHING_DONE, message: Object.values(fields).includes(message) ? null : message, fields, entered: Object.fromEntries(entered) };
}

/** The state after an act. */
export function done(sentence: string, more: Partial<Pick<ActState, 'undo' | 'link'>> = {}): ActState {
  revalidatePath('/admin/people', 'layout');
  return { ...NOTHING_DONE, done: sentence, ...more };
}

/** The refusal of a form whose fields are wrong: of an id that is none, as of an unknown one. */
export function refusalOf(error: z.ZodError, ids: string[]): Failure {
  const [issue] = error.issues;
  const name = String(issue?.path[0] ?? '');
  if (ids.includes(name)) return fail('not-found', t('desk.refusals.gone'));
  const sentence = issue?.code === 'too_small' || issue?.code === 'too_big' || issue?.code === 'custom' ? issue.message : t('desk.refusals.notOffered');
  return fail('invalid', sentence, { fields: { [name]: sentence } });
}
