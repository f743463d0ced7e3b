'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, formOf } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { httpStatus } from '@/lib/result';
import { setReportsToHold } from '@/lib/site/commands';
import { NOTHING_SET, type SettingsState } from '@/lib/site/schema';

/** Saves by how many reports a comment returns to Pending. */
export async function reportsAction(_: SettingsState, form: FormData): Promise<SettingsState> {
  const typed = formOf(form).get('reportsToHold');
  const saved = await setReportsToHold(await currentActor(), typed);
  if (saved.ok) {
    revalidatePath('/admin/settings');
    return { ...NOTHING_SET, done: 'Saved.' };
  }
  const { code, message, fields = {} } = saved;
  answerWith(httpStatus[code]);
  return { ...NOTHING_SET, message: Object.values(fields).includes(message) ? null : message, fields, entered: { reportsToHold: typeof typed === 'string' ? typed : '' } };
}
