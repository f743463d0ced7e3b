import type { DeskState, DoneAct } from '@/lib/moderation/schema';
import { Button } from '@/components/ui/button';
import { DONE_WORDS } from './act-names';

type Props = { state: DeskState; act: (form: FormData) => void; count: Intl.NumberFormat };

/** What the last act did, with the way back; it stays until the next act. */
export function QueueStatus({ state: { done, message, sent }, act, count }: Props) {
  return (
    <>
      {message && (
        <p className="status-bar status-bar--alert" role="alert">
          {message}
        </p>
      )}
      <div className={done || sent ? 'status-bar' : undefined} role="status">
        <span>
          {sent ? (
            <>
              Your reply is published{done?.decision === 'approve' && ', and the comment approved'}. <a href={`/comments/${sent.id}`}>See it</a>
            </>
          ) : (
            done && sentenceOf(done, count)
          )}
        </span>
        {done && !done.isUndo && done.decision !== 'delete' && (
          <form action={act}>
            <input type="hidden" name={done.batch ? 'undoBatch' : 'undo'} value={done.batch ?? done.event ?? ''} />
            <Button quiet>Undo</Button>
          </form>
        )}
      </div>
    </>
  );
}

function sentenceOf({ decision, count: comments, name, isUndo }: DoneAct, count: Intl.NumberFormat): string {
  const what = comments > 1 ? `${count.format(comments)} comments` : `Comment by ${name || 'a reader'}`;
  return isUndo ? `Taken back: ${what.charAt(0).toLowerCase() + what.slice(1)}.` : `${what} ${DONE_WORDS[decision]}.`;
}
