'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, formOf } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { sendMailAgain, tryJobAgain } from '@/lib/notifications/resending';
import { againSchema, NOTHING_AGAIN, type AgainState } from '@/lib/notifications/schema';
import { fail, httpStatus, type Failure } from '@/lib/result';
import { t } from '@/lib/words/t';

/** Does what a button of the Outbox says. Anyone may call it with anything. */
export async function againAction(_: AgainState, sent: FormData): Promise<AgainState> {
  const asked = againSchema.safeParse(Object.fromEntries(formOf(sent)));
  if (!asked.success) return refused(fail('not-found', t('notifications.again.gone')));
  const actor = await currentActor();
  const isMail = 'mail' in asked.data;
  const result = 'mail' in asked.data ? await sendMailAgain(actor, asked.data.mail, new Date()) : await tryJobAgain(actor, asked.data.job);
  if (!result.ok) return refused(result);
  revalidatePath('/admin/outbox');
  return { ...NOTHING_AGAIN, done: t(isMail ? 'notifications.again.sent' : 'notifications.again.tried') };
}

function refused({ code, message }: Failure): AgainState {
  answerWith(httpStatus[code]);
  return { ...NOTHING_AGAIN, message };
}
