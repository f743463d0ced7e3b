import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { Left } from '@/components/editor-screen/bring-kept';
import { dropCopies } from '@/components/editor-screen/kept-copies';
import { plainBeginning } from '@/components/editor-screen/plain-beginning';
import { Button } from '@/components/ui/button';
import { editorPath } from '@/lib/posts/editor-requests';

type Props = { left: Left; onStay: () => void; onLeave: () => void };

/** Asks somebody who signs out what becomes of their texts that only this browser has. */
export function LeftDialog({ left: { person, copies }, onStay, onLeave }: Props) {
  const throwAway = () => void dropCopies(person, copies).catch(() => undefined).then(onLeave);
  return (
    <AlertDialog.Root open onOpenChange={(open) => { if (!open) onStay(); }}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">Only this browser has some of your words</AlertDialog.Title>
          <ul className="left-texts">
            {copies.map((copy) => (
              <li key={`${copy.post} ${copy.tab}`}>
                <a href={copy.seen === '' ? `/admin/posts/new${copy.kind === 'page' ? '?kind=page' : ''}` : editorPath(copy.post)}>{copy.fields.title.trim() || plainBeginning(copy.fields.html) || 'Without a title'}</a>
              </li>
            ))}
          </ul>
          <AlertDialog.Description>They could not be saved. Open one to take up what was typed. If others use this browser, do not leave your words in it: whoever knows how can read them here.</AlertDialog.Description>
          <div className="dialog-acts">
            <Button quiet type="button" onClick={throwAway}>Throw away and sign out</Button>
            <Button quiet type="button" onClick={onLeave}>Keep here and sign out</Button>
            <AlertDialog.Close render={<Button type="button" />}>Stay signed in</AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
