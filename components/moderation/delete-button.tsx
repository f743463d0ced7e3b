import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { useDesk } from './desk-context';

/** The one act that asks first, for nothing brings the comment back. Stands inside the card's form. */
export function DeleteButton({ name }: { name: string }) {
  const send = useRef<HTMLButtonElement>(null);
  const { returnFocus } = useDesk();
  return (
    <>
      <button ref={send} type="submit" name="decision" value="delete" hidden aria-hidden tabIndex={-1} />
      <AlertDialog.Root onOpenChangeComplete={(isOpen) => !isOpen && returnFocus()}>
        <AlertDialog.Trigger render={<Button quiet type="button" data-act="delete" />}>Delete permanently</AlertDialog.Trigger>
        <AlertDialog.Portal>
          <AlertDialog.Backdrop className="dialog-backdrop" />
          <AlertDialog.Popup className="dialog" finalFocus={() => false}>
            <AlertDialog.Title className="dialog-title">Delete the comment by {name}?</AlertDialog.Title>
            <AlertDialog.Description>Its text and its writer’s details are gone for good. Replies to it stay.</AlertDialog.Description>
            <div className="dialog-acts">
              <AlertDialog.Close render={<Button quiet type="button" />}>Keep it</AlertDialog.Close>
              <AlertDialog.Close render={<Button type="button" onClick={() => send.current?.click()} />}>Delete it</AlertDialog.Close>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </>
  );
}
