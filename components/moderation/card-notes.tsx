import { useActionState } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import { NOTE_MAX_CHARACTERS, NOTHING_DONE, type ActState } from '@/lib/people/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Time } from '@/components/ui/time';

export type NoteAction = (state: ActState, form: FormData) => Promise<ActState>;

type Props = { card: QueueCard; site: SiteLocale; action: NoteAction };

/** The latest private notes about its writer, and a place for one more; for those who see none, nothing. */
export function CardNotes({ card, site, action }: Props) {
  const [{ done, message, fields, entered }, act, isPending] = useActionState(action, NOTHING_DONE);
  if (card.notes === null) return null;
  const isRefused = message !== null || fields.note !== undefined;
  return (
    <div className="card-notes">
      {card.notes.length > 0 && (
        <ul aria-label="Private notes">
          {card.notes.map((note) => (
            <li key={note.id}>
              {note.text}{' '}
              <small>
                {note.byName ?? 'Somebody who left'}, <Time at={note.createdAt} site={site} withClock />
              </small>
            </li>
          ))}
        </ul>
      )}
      <details open={isRefused || undefined}>
        <summary>Add a note</summary>
        <form action={act}>
          {message && <p role="alert">{message}</p>}
          <input type="hidden" name="person" value={card.writerKey} />
          <Field
            key={entered.note} id={`note-${card.id}`} name="note" label={`Private note about ${card.isSignedIn ? card.name : 'this comment'}`} multiline rows={2} maxLength={NOTE_MAX_CHARACTERS}
            hint="Moderators and owners see it; the writer never does." defaultValue={entered.note} error={fields.note}
          />
          <Button quiet disabled={isPending}>Add note</Button>
        </form>
      </details>
      <p role="status">{done}</p>
    </div>
  );
}
