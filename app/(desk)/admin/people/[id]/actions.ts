'use server';

import { site } from '@/app/(blog)/once';
import { formOf } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { addNote, changeRole, changeStanding, deleteNote, endSessionsOf } from '@/lib/people/commands';
import { standingMark, standingWords } from '@/lib/people/rules';
import { deleteNoteSchema, endSessionsSchema, newNoteSchema, roleChangeSchema, standingChangeSchema, warningSchema, type ActState } from '@/lib/people/schema';
import { warnPerson } from '@/lib/people/warning';
import { fail, type Failure } from '@/lib/result';
import { wallClockIn, writtenTime } from '@/lib/site/rules';
import { done, refusalOf, refused } from '../act-state';
import { t } from '@/lib/words/t';

/** Gives a person another role. */
export async function changeRoleAction(_: ActState, sent: FormData): Promise<ActState> {
  const form = formOf(sent);
  const input = roleChangeSchema.safeParse(Object.fromEntries(form));
  if (!input.success) return refused(refusalOf(input.error, ['person']), form);
  const changed = await changeRole(await currentActor(), input.data, new Date());
  if (!changed.ok) return refused(changed, form);
  const { name, from, to } = changed.value;
  return done(t('desk.people.roleNow', { name: named(name), role: t(`people.roles.${to}`) }), { undo: from === to ? null : { person: input.data.person, role: from, seen: to } });
}

/** Signs a person out everywhere. */
export async function endSessionsAction(_: ActState, sent: FormData): Promise<ActState> {
  const form = formOf(sent);
  const input = endSessionsSchema.safeParse(Object.fromEntries(form));
  if (!input.success) return refused(refusalOf(input.error, ['person']), form);
  const ended = await endSessionsOf(await currentActor(), input.data.person, new Date());
  if (!ended.ok) return refused(ended, form);
  const { name, count } = ended.value;
  return done(t('desk.people.signedOut', { name: named(name), count }));
}

/** Sets a person's standing. */
export async function changeStandingAction(_: ActState, sent: FormData): Promise<ActState> {
  const form = formOf(sent);
  const input = standingChangeSchema.safeParse(Object.fromEntries(form));
  if (!input.success) return refused(refusalOf(input.error, ['person']), form);
  const changed = await changeStanding(await currentActor(), input.data, new Date());
  if (!changed.ok) return refused(changed, form);
  const { name, from, to } = changed.value;
  const settings = await site();
  const until = from.standingUntil ? wallClockIn(from.standingUntil, settings.timeZone) : '';
  const undo = { person: input.data.person, standing: from.standing, until, reason: from.standingReason, seen: standingMark(to) };
  return done(t('desk.people.standingNow', { name: named(name), standing: standingWords(to, (at) => writtenTime(at, settings)) }), { undo: standingMark(from) === standingMark(to) && from.standingReason === to.standingReason ? null : undo });
}

/** Writes to a person what they read before they comment again, or takes it back unread. */
export async function warnAction(_: ActState, sent: FormData): Promise<ActState> {
  const form = formOf(sent);
  const input = warningSchema.safeParse(Object.fromEntries(form));
  if (!input.success) return refused(refusalOf(input.error, ['person']), form);
  const { person, words } = input.data;
  if (words === '' && !form.has('takeBack')) return refused(nothingWritten(), form);
  const warned = await warnPerson(await currentActor(), input.data, new Date());
  if (!warned.ok) return refused(warned, form);
  const { name, before } = warned.value;
  const undo = before === words ? null : { person, words: before, seen: words, takeBack: '1' };
  return words === '' ? done(t('desk.people.warningBack'), { undo }) : done(t('desk.people.warned', { name: named(name) }), { undo });
}

function nothingWritten(): Failure {
  const message = t('desk.refusals.nothingWritten');
  return fail('invalid', message, { fields: { words: message } });
}

const named = (name: string | null): string => name ?? t('people.person.nameless');

/** Adds a note about a person, or deletes one's own. */
export async function noteAction(_: ActState, sent: FormData): Promise<ActState> {
  const form = formOf(sent);
  if (form.has('deleteNote')) return noteDeleted(form);
  const input = newNoteSchema.safeParse(Object.fromEntries(form));
  if (!input.success) return refused(refusalOf(input.error, ['person']), form);
  const added = await addNote(await currentActor(), input.data, new Date());
  return added.ok ? done(t('desk.people.noteKept')) : refused(added, form);
}

async function noteDeleted(form: FormData): Promise<ActState> {
  const input = deleteNoteSchema.safeParse(Object.fromEntries(form));
  if (!input.success) return refused(refusalOf(input.error, ['deleteNote']), form);
  const deleted = await deleteNote(await currentActor(), input.data.deleteNote);
  return deleted.ok ? done(t('desk.people.noteDeleted'), { undo: { person: String(form.get('person')), note: deleted.value.note } }) : refused(deleted, form);
}
