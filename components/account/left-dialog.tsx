import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { Left } from '@/components/editor-screen/bring-kept';
import { dropCopies } from '@/components/editor-screen/kept-copies';
import { plainBeginning } from '@/components/editor-screen/plain-beginning';
import { Button } from '@/components/ui/button';
import { editorPath } from '@/lib/posts/editor-requests';
import { t } from '@/lib/words/t';

type Props = { left: Left; onStay: () => void; onLeave: () => void };

/** Asks somebody who signs out what becomes of their texts that only this browser has. */
export function LeftDialog({ left: { person, copies }, onStay, onLeave }: Props) {
  const throwAway = () => void dropCopies(person, copies).catch(() => undefined).then(onLeave);
  return (
    <AlertDialog.Root open onOpenChange={(open) => { if (!open) onStay(); }}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">{t('account.leaving.heading')}</AlertDialog.Title>
          <ul className="left-texts">
            {copies.map((copy) => (
              <li key={`${copy.post} ${copy.tab}`}>
                <a href={copy.seen === '' ? `/admin/posts/new${copy.kind === 'page' ? '?kind=page' : ''}` : editorPath(copy.post)}>{copy.fields.title.trim() || plainBeginning(copy.fields.html) || t('account.leaving.untitled')}</a>
              </li>
            ))}
          </ul>
          <AlertDialog.Description>{t('account.leaving.explanation')}</AlertDialog.Description>
          <div className="dialog-acts">
            <Button quiet type="button" onClick={throwAway}>{t('account.leaving.throwAway')}</Button>
            <Button quiet type="button" onClick={onLeave}>{t('account.leaving.keepHere')}</Button>
            <AlertDialog.Close render={<Button type="button" />}>{t('account.leaving.stay')}</AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
