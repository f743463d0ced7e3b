'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useActionState } from 'react';
import { t } from '@/lib/words/t';
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
      <Dialog.Trigger render={<Button quiet type="button" />}>{t('media.deletion.ask')}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title className="dialog-title">{t('media.deletion.question', { name })}</Dialog.Title>
          <Dialog.Description>
            {where === '' ? t('media.deletion.nowhere') : t('media.deletion.somewhere', { where })} {t('media.deletion.forGood')}
          </Dialog.Description>
          <form action={act} className="dialog-acts">
            <input type="hidden" name="id" value={id} />
            {message && <p className="status-bar status-bar--alert" role="alert">{message}</p>}
            <Dialog.Close render={<Button quiet type="button" />}>{t('media.deletion.cancel')}</Dialog.Close>
            <Button disabled={isPending}>{t('media.deletion.delete')}</Button>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
