import type { DeskState, DoneAct } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';

type Props = { state: DeskState; act: (form: FormData) => void };

/** What the last act did, with the way back; it stays until the next act. */
export function QueueStatus({ state: { done, message, sent }, act }: Props) {
  return (
    <>
      {message && (
        <p className="status-bar status-bar--alert" role="alert">
          {message}
        </p>
      )}
      <div className={done || sent ? 'status-bar' : undefined} role="status">
        <span>
          {sent
            ? t.rich(`moderation.done.${done?.decision === 'approve' ? 'approvedAndReplied' : 'replied'}`, { link: (words) => <a href={`/comments/${sent.id}`}>{words}</a> })
            : done && sentenceOf(done)}
        </span>
        {done && !done.isUndo && done.decision !== 'delete' && (
          <form action={act}>
            <input type="hidden" name={done.batch ? 'undoBatch' : 'undo'} value={done.batch ?? done.event ?? ''} />
            <Button quiet>{t('moderation.acts.undo')}</Button>
          </form>
        )}
      </div>
    </>
  );
}

function sentenceOf({ decision, count, name: given, isUndo }: DoneAct): string {
  const name = given || t('moderation.unnamed.reader');
  if (count > 1) return isUndo ? t('moderation.done.manyTakenBack', { count }) : t(`moderation.doneMany.${decision}`, { count });
  return isUndo ? t('moderation.done.takenBack', { name }) : t(`moderation.doneOne.${decision}`, { name });
}
