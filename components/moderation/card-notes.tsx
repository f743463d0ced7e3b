import { useActionState } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import { NOTE_MAX_CHARACTERS, NOTHING_DONE, type ActState } from '@/lib/people/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
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
        <ul aria-label={t('moderation.notes.label')}>
          {card.notes.map((note) => (
            <li key={note.id}>
              {note.text}{' '}
              <small>
                {t.rich('moderation.notes.by', { name: note.byName ?? t('moderation.unnamed.left'), at: () => <Time at={note.createdAt} site={site} withClock /> })}
              </small>
            </li>
          ))}
        </ul>
      )}
      <details open={isRefused || undefined}>
        <summary>{t('moderation.notes.add')}</summary>
        <form action={act}>
          {message && <p role="alert">{message}</p>}
          <input type="hidden" name="person" value={card.writerKey} />
          <Field
            key={entered.note} id={`note-${card.id}`} name="note" label={card.isSignedIn ? t('moderation.notes.about', { name: card.name }) : t('moderation.notes.aboutComment')} multiline rows={2} maxLength={NOTE_MAX_CHARACTERS}
            hint={t('moderation.notes.hint')} defaultValue={entered.note} error={fields.note}
          />
          <Button quiet disabled={isPending}>{t('moderation.notes.submit')}</Button>
        </form>
      </details>
      <p role="status">{done}</p>
    </div>
  );
}
