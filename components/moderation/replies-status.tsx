import type { RepliesDone, RepliesState } from '@/lib/comments/reply-desk';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';

type Props = { state: RepliesState; act: (form: FormData) => void };

/** What the last act did, with the way back; it stays until the next act. */
export function RepliesStatus({ state: { done, message }, act }: Props) {
  return (
    <>
      {message && <p className="status-bar status-bar--alert" role="alert">{message}</p>}
      <div className={done ? 'status-bar' : undefined} role="status">
        {done && <span>{sentenceOf(done)}{done.reply && <> <a href={`/comments/${done.reply}`}>{t('moderation.replies.see')}</a></>}</span>}
        {done?.undo && (
          <form action={act}>
            <input type="hidden" name={done.undo.field} value={done.undo.value} />
            <Button quiet>{t('moderation.acts.undo')}</Button>
          </form>
        )}
      </div>
    </>
  );
}

function sentenceOf({ what, count, name }: RepliesDone): string {
  if (what === 'reply') return t('moderation.replies.published');
  if (what === 'undone') return count > 1 ? t('moderation.replies.manyTakenBack', { count }) : t('moderation.replies.takenBack');
  return count > 1 ? t('moderation.replies.manyMarked', { count }) : t('moderation.replies.marked', { name: name || t('moderation.unnamed.reader') });
}
