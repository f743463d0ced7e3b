import type { DeskDone, DeskDoneView } from '@/lib/posts/desk-filter';
import { Button } from '@/components/ui/button';

type Act = (form: FormData) => Promise<void>;
type Props = { done: DeskDoneView; restore: Act; trash: Act; here: string };

const WORDS: Record<DeskDone, (name: string) => string> = {
  trashed: (name) => `${name} is in the trash.`,
  restored: (name) => `${name} is back.`,
  deleted: (name) => `${name} is deleted for good.`,
  gone: () => 'This was changed meanwhile. Here is how it stands now.',
  given: (name) => `${name} has another author now.`,
  'all-given': () => 'The posts have another author now.',
};

/** What was just done to a post, with its undo where there is one. Empty it stays in the page: what appears in it is announced. */
export function DeskDoneNote({ done, restore, trash, here }: Props) {
  const undo = done?.done === 'trashed' ? restore : done?.done === 'restored' ? trash : null;
  return (
    <div className="form-status desk-done" role="status">
      {done && <span>{WORDS[done.done](done.title === '' ? 'The post' : `“${done.title}”`)}</span>}
      {done?.post && undo && (
        <form action={undo}>
          <input type="hidden" name="post" value={done.post} />
          <input type="hidden" name="here" value={here} />
          <Button quiet>Undo</Button>
        </form>
      )}
    </div>
  );
}
