'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { endAllSessions, endOneSession, keepAccount, requestDeletion, setNotices, unlinkLogin } from '@/lib/account/commands';
import { changeProfile } from '@/lib/account/profile';
import { readProfile } from '@/lib/account/rules';
import { deletionSchema, loginSchema, rhythmSchema, sessionSchema, type AccountState, type ProfileState } from '@/lib/account/schema';
import { acknowledgeWarning } from '@/lib/account/warning';
import { answerWith, formOf } from '@/lib/answer';
import { forgetDrafts } from '@/lib/comments/drafts';
import { PROVIDERS, WAY_NAMES } from '@/lib/identity/schema';
import { browserHashes, currentSessionHash, endSession } from '@/lib/identity/session';
import { fail, httpStatus, type Result } from '@/lib/result';
import { cleanText } from '@/lib/text/clean';
import { accountPerson } from './account-person';
import { t } from '@/lib/words/t';

const ACCOUNT = '/account';
const broken = () => fail('malformed', t('desk.refusals.incomplete'));

/** What was done, or the refusal with its status; the page is read anew either way. */
function stateAfter(result: Result<unknown>, done: string): AccountState {
  revalidatePath(ACCOUNT);
  if (result.ok) return { done, message: null };
  answerWith(httpStatus[result.code]);
  return { done: null, message: result.message };
}

/** Changes name, website and picture. */
export async function changeProfileAction(_: ProfileState, form: FormData): Promise<ProfileState> {
  const person = await accountPerson(ACCOUNT);
  const entered = readProfile(formOf(form));
  const changed = await changeProfile(person, entered, new Date());
  const state = stateAfter(changed, t('desk.done.saved'));
  return changed.ok ? { ...state, fields: {}, entered: null } : { ...state, fields: changed.fields ?? {}, entered };
}

/** Takes a way of signing in away. */
export async function unlinkAction(_: AccountState, form: FormData): Promise<AccountState> {
  const person = await accountPerson(ACCOUNT);
  const login = loginSchema.safeParse(Object.fromEntries(formOf(form)));
  if (!login.success) return stateAfter(broken(), '');
  const provider = PROVIDERS.find((one) => one === login.data.provider);
  const done = provider ? t('desk.account.unlinked', { provider: WAY_NAMES[provider] }) : t('desk.account.loginUnlinked');
  return stateAfter(await unlinkLogin(person, login.data, await currentSessionHash(), new Date()), done);
}

/** Of what they are told by mail, and how often. */
export async function noticesAction(_: AccountState, sent: FormData): Promise<AccountState> {
  const person = await accountPerson(ACCOUNT);
  const form = formOf(sent);
  const isOn = (name: string) => form.get(name) === 'on';
  const wishes = { held: isOn('notices'), fresh: isOn('fresh'), reports: isOn('reports'), rhythm: rhythmSchema.parse(form.get('rhythm')) };
  return stateAfter(await setNotices(person, wishes, new Date()), wishes.held ? t('desk.account.mailed') : t('desk.account.notMailed'));
}

/** Ends one session of the person's own. */
export async function endSessionAction(_: AccountState, form: FormData): Promise<AccountState> {
  const person = await accountPerson(ACCOUNT);
  const sent = sessionSchema.safeParse(Object.fromEntries(formOf(form)));
  return stateAfter(sent.success ? await endOneSession(person, sent.data.session) : broken(), t('desk.account.sessionEnded'));
}

/** Ends all sessions of the person, this one too. */
export async function signOutEverywhereAction(): Promise<void> {
  await endAllSessions(await accountPerson(ACCOUNT));
  await forgetDrafts(await browserHashes());
  await endSession();
  redirect('/');
}

/** Asks for the account to be deleted; then the account page says when. */
export async function requestDeletionAction(_: AccountState, form: FormData): Promise<AccountState> {
  const person = await accountPerson('/account/delete');
  const sent = deletionSchema.safeParse(Object.fromEntries(formOf(form)));
  if (!sent.success) return stateAfter(fail('invalid', t('desk.refusals.noChoice')), '');
  const asked = await requestDeletion(person, sent.data.comments, new Date());
  if (!asked.ok) return stateAfter(asked, '');
  redirect(ACCOUNT);
}

/** Takes the request to delete the account back. */
export async function keepAccountAction(): Promise<AccountState> {
  const kept = await keepAccount(await accountPerson(ACCOUNT), new Date());
  if (!kept.ok) return stateAfter(kept, '');
  redirect(`${ACCOUNT}?kept=1`);
}

/** Notes that the person has read what a moderator wrote to them. */
export async function readWarningAction(_: AccountState, form: FormData): Promise<AccountState> {
  const person = await accountPerson(ACCOUNT);
  const seen = cleanText(String(formOf(form).get('warning') ?? ''));
  return stateAfter(await acknowledgeWarning(person, seen, new Date()), t('desk.account.warningRead'));
}
