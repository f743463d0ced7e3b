'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useActionState } from 'react';
import { Button } from '@/components/ui/button';

type Props = {
  id: string;
  name: string;
  /** Where it shows, in a sentence; empty: nowhere. */
  where: string;
  action: (message: string | null, form: FormData) => Promise<string | null>;
};

/** Deletes a file, once it is said where it shows and what happens there. */
export function MediaDeleteForm({ id, name, where, action }: Props) {
  const [message, act, isPending] = useActionState(action, null);
  return (
    <Dialog.Root>
      <Dialog.Trigger render={<Button quiet type="button" />}>Delete…</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title className="dialog-title">Delete {name}?</Dialog.Title>
          <Dialog.Description>
            {where === '' ? 'It shows nowhere on the blog. ' : `${where} There, its description takes its place at once. `}
            This cannot be undone. A later import does not bring it back; you can upload it again.
          </Dialog.Description>
          <form action={act} className="dialog-acts">
            <input type="hidden" name="id" value={id} />
            {message && <p className="status-bar status-bar--alert" role="alert">{message}</p>}
            <Dialog.Close render={<Button quiet type="button" />}>Cancel</Dialog.Close>
            <Button disabled={isPending}>Delete</Button>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
