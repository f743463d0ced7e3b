import type { DeskDone, DeskDoneView } from '@/lib/posts/desk-filter';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';

type Act = (form: FormData) => Promise<void>;
type Props = { done: DeskDoneView; restore: Act; trash: Act; here: string };

function wordsOf(done: DeskDone, title: string): string {
  if (done === 'gone') return t('posts.done.gone');
  if (done === 'all-given') return t('posts.done.allGiven');
  return t(`posts.done.${done}`, { isNamed: title === '' ? 'no' : 'yes', title });
}

/** What was just done to a post, with its undo where there is one. Empty it stays in the page: what appears in it is announced. */
export function DeskDoneNote({ done, restore, trash, here }: Props) {
  const undo = done?.done === 'trashed' ? restore : done?.done === 'restored' ? trash : null;
  return (
    <div className="form-status desk-done" role="status">
      {done && <span>{wordsOf(done.done, done.title)}</span>}
      {done?.post && undo && (
        <form action={undo}>
          <input type="hidden" name="post" value={done.post} />
          <input type="hidden" name="here" value={here} />
          <Button quiet>{t('posts.act.undo')}</Button>
        </form>
      )}
    </div>
  );
}
