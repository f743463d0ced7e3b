import type { Decision, DeskState } from '@/lib/moderation/schema';
import { Button } from '@/components/ui/button';

const DONE: Record<Decision, string> = {
  submit: 'Sent',
  approve: 'Approved',
  unapprove: 'Back in Pending',
  spam: 'Moved to Spam',
  trash: 'Moved to Trash',
  restore: 'Restored',
  delete: 'Deleted permanently',
  undo: 'Taken back',
  edit: 'Edited',
  decline: 'Declined',
  report: 'Reported',
};

/** What the last act did, with the way back; it stays until the next act. */
export function QueueStatus({ state: { done, message, sent }, act }: { state: DeskState; act: (form: FormData) => void }) {
  return (
    <>
      {message && (
        <p className="status-bar status-bar--alert" role="alert">
          {message}
        </p>
      )}
      <div className={done || sent ? 'status-bar' : undefined} role="status">
        {sent && (
          <span>
            Your reply is published. <a href={`/comments/${sent.id}`}>See it</a>
          </span>
        )}
        {done && (
          <>
            <span>
              {DONE[done.decision]}: {done.count > 1 ? `${done.count} comments` : `comment by ${done.name || 'a reader'}`}.
            </span>
            {!done.isUndo && done.decision !== 'delete' && (
              <form action={act}>
                <input type="hidden" name={done.batch ? 'undoBatch' : 'undo'} value={done.batch ?? done.event ?? ''} />
                <Button quiet>Undo</Button>
              </form>
            )}
          </>
        )}
      </div>
    </>
  );
}
