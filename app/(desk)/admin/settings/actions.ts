'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, formOf, textIn } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { setRetention } from '@/lib/privacy/retention-settings';
import { httpStatus } from '@/lib/result';
import { setOtherSites, setReportsToHold } from '@/lib/site/commands';
import { NOTHING_SET, type OtherSites, type SettingsState } from '@/lib/site/schema';
import { findSettings, saveSettings, setStepsHidden } from '@/lib/site/settings';
import { NOTHING_SAVED, SECTIONS, readSection, type SectionState } from '@/lib/site/settings-form';
import { t } from '@/lib/words/t';

/** Saves one section of the settings. */
export async function saveSectionAction(_: SectionState, form: FormData): Promise<SectionState> {
  const actor = await currentActor();
  const sent = readSection(formOf(form));
  const saved = await saveSettings(actor, sent, new Date());
  if (saved.ok) {
    revalidatePath('/', 'layout');
    return { ...NOTHING_SAVED, done: t('desk.done.saved') };
  }
  const { code, message, fields = {} } = saved;
  answerWith(httpStatus[code]);
  const section = SECTIONS.find((one) => one === sent.section);
  const seen = code === 'conflict' && section ? ((await findSettings(actor))?.seen[section] ?? null) : null;
  return { done: null, message: Object.keys(fields).length > 0 ? null : message, fields, entered: sent.entered, seen };
}

/** Saves by how many reports a comment returns to Pending. */
export async function reportsAction(_: SettingsState, form: FormData): Promise<SettingsState> {
  const typed = formOf(form).get('reportsToHold');
  const saved = await setReportsToHold(await currentActor(), typed);
  if (saved.ok) {
    revalidatePath('/admin/settings');
    return { ...NOTHING_SET, done: t('desk.done.saved') };
  }
  const { code, message, fields = {} } = saved;
  answerWith(httpStatus[code]);
  return { ...NOTHING_SET, message: Object.values(fields).includes(message) ? null : message, fields, entered: { reportsToHold: typeof typed === 'string' ? typed : '' } };
}

/** Saves what other sites may do. */
export async function otherSitesAction(_: SettingsState, form: FormData): Promise<SettingsState> {
  const isOn = (name: keyof OtherSites) => formOf(form).get(name) === 'on';
  const saved = await setOtherSites(await currentActor(), { acceptsMentions: isOn('acceptsMentions'), quotesComments: isOn('quotesComments') });
  if (!saved.ok) {
    answerWith(httpStatus[saved.code]);
    return { ...NOTHING_SET, message: saved.message };
  }
  revalidatePath('/admin/settings');
  return { ...NOTHING_SET, done: t('desk.done.saved') };
}

/** Saves how long things are kept. */
export async function retentionAction(_: SettingsState, sent: FormData): Promise<SettingsState> {
  const form = formOf(sent);
  const entered = { networkDays: textIn(form, 'networkDays'), spamDays: textIn(form, 'spamDays'), trashDays: textIn(form, 'trashDays'), mailDays: textIn(form, 'mailDays'), removalDays: textIn(form, 'removalDays') };
  const saved = await setRetention(await currentActor(), entered);
  if (saved.ok) {
    revalidatePath('/admin/settings');
    return { ...NOTHING_SET, done: t('desk.done.saved') };
  }
  answerWith(httpStatus[saved.code]);
  const { message, fields = {} } = saved;
  return { ...NOTHING_SET, message: Object.values(fields).includes(message) ? null : message, fields, entered };
}

/** Shows the first steps on the desk again. */
export async function showStepsAction(): Promise<void> {
  await setStepsHidden(await currentActor(), false);
  revalidatePath('/admin');
}
