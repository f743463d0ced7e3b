'use client';

import { useActionState } from 'react';
import type { Note } from '@/lib/people/history';
import { NOTE_MAX_CHARACTERS, NOTHING_DONE, type ActState } from '@/lib/people/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Time } from '@/components/ui/time';
import { ActStatus } from './act-status';
import { t } from '@/lib/words/t';

type Props = { person: string; notes: Note[]; site: SiteLocale; action: (state: ActState, form: FormData) => Promise<ActState> };

/** The private notes about a person, and a place for one more. */
export function NotesForm({ person, notes, site, action }: Props) {
  const [state, act, isPending] = useActionState(action, NOTHING_DONE);
  return (
    <>
      <ActStatus state={state} act={act} />
      {notes.length > 0 && (
        <ul className="people-notes" aria-label={t('people.notes.heading')}>
          {notes.map((note) => (
            <li key={note.id} className="people-note">
              <p className="people-note-text">{note.text}</p>
              <form action={act} className="people-note-end">
                <span>
                  {t.rich('people.notes.by', { name: note.byName ?? t('people.notes.somebodyWhoLeft'), time: () => <Time at={note.createdAt} site={site} withClock /> })}
                </span>
                {note.isOwn && (
                  <>
                    <input type="hidden" name="person" value={person} />
                    <input type="hidden" name="deleteNote" value={note.id} />
                    <Button quiet disabled={isPending}>{t('people.notes.delete')}</Button>
                  </>
                )}
              </form>
            </li>
          ))}
        </ul>
      )}
      <form action={act} className="people-act">
        <input type="hidden" name="person" value={person} />
        <Field
          key={state.entered.note} id="note" name="note" label={t('people.notes.label')} multiline rows={2} maxLength={NOTE_MAX_CHARACTERS}
          hint={t('people.notes.hint')} defaultValue={state.entered.note} error={state.fields.note}
        />
        <Button quiet disabled={isPending}>{t('people.notes.submit')}</Button>
      </form>
    </>
  );
}
