import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { useDesk } from './desk-context';
import { t } from '@/lib/words/t';

/** The one act that asks first, for nothing brings the comment back. Stands inside the card's form. */
export function DeleteButton({ name }: { name: string }) {
  const send = useRef<HTMLButtonElement>(null);
  const { returnFocus } = useDesk();
  return (
    <>
      <button ref={send} type="submit" name="decision" value="delete" hidden aria-hidden tabIndex={-1} />
      <AlertDialog.Root onOpenChangeComplete={(isOpen) => !isOpen && returnFocus()}>
        <AlertDialog.Trigger render={<Button quiet type="button" data-act="delete" />}>{t('moderation.acts.delete')}</AlertDialog.Trigger>
        <AlertDialog.Portal>
          <AlertDialog.Backdrop className="dialog-backdrop" />
          <AlertDialog.Popup className="dialog" finalFocus={() => false}>
            <AlertDialog.Title className="dialog-title">{t('moderation.delete.heading', { name })}</AlertDialog.Title>
            <AlertDialog.Description>{t('moderation.delete.explanation')}</AlertDialog.Description>
            <div className="dialog-acts">
              <AlertDialog.Close render={<Button quiet type="button" />}>{t('moderation.delete.keep')}</AlertDialog.Close>
              <AlertDialog.Close render={<Button type="button" onClick={() => send.current?.click()} />}>{t('moderation.delete.submit')}</AlertDialog.Close>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </>
  );
}
