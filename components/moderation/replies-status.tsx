import type { RepliesDone, RepliesState } from '@/lib/comments/reply-desk';
import { Button } from '@/components/ui/button';

type Props = { state: RepliesState; act: (form: FormData) => void; count: Intl.NumberFormat };

/** What the last act did, with the way back; it stays until the next act. */
export function RepliesStatus({ state: { done, message }, act, count }: Props) {
  return (
    <>
      {message && <p className="status-bar status-bar--alert" role="alert">{message}</p>}
      <div className={done ? 'status-bar' : undefined} role="status">
        {done && <span>{sentenceOf(done, count)}{done.reply && <> <a href={`/comments/${done.reply}`}>See it</a></>}</span>}
        {done?.undo && (
          <form action={act}>
            <input type="hidden" name={done.undo.field} value={done.undo.value} />
            <Button quiet>Undo</Button>
          </form>
        )}
      </div>
    </>
  );
}

function sentenceOf({ what, count: comments, name }: RepliesDone, count: Intl.NumberFormat): string {
  if (what === 'reply') return 'Your reply is published.';
  if (what === 'undone') return comments > 1 ? `Taken back: ${count.format(comments)} comments wait for a reply again.` : 'Taken back.';
  return comments > 1 ? `${count.format(comments)} comments are marked as needing no reply.` : `The comment by ${name || 'a reader'} needs no reply.`;
}
