import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { t } from '@/lib/words/t';
import { mayLeadTo } from './allow';

type Props = {
  title: string;
  label: string;
  hint?: string;
  address: string;
  apply: string;
  close: () => void;
  /** A sentence where the address is none. */
  save: (address: string) => string | null;
  remove?: () => void;
};

/** As people write addresses: without `https://`, or a mail address. */
export function wholeAddress(typed: string): string | null {
  const address = typed.trim();
  if (address === '' || /\s/.test(address) || !mayLeadTo(address)) return null;
  if (/^(?:https?:\/\/.|mailto:.|tel:.|\/|#)/i.test(address)) return address;
  if (/^[^@/]+@[^@/]+\.[^@/]+$/.test(address)) return `mailto:${address}`;
  return /^[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)/.test(address) ? `https://${address}` : null;
}

/** Asks for an address: of a link, or of a video. */
export function AddressDialog({ title, label, hint, address, apply, close, save, remove }: Props) {
  const [typed, setTyped] = useState(address);
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) close(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title className="dialog-title">{title}</Dialog.Title>
          <form
            className="address-form" noValidate
            onSubmit={(event) => {
              event.preventDefault();
              // A form around the editor is not sent with it.
              event.stopPropagation();
              setRefusal(save(typed));
            }}
          >
            <div className="field">
              <label htmlFor="editor-address">{label}</label>
              <input id="editor-address" inputMode="url" autoCapitalize="off" autoComplete="off" spellCheck={false} value={typed} aria-invalid={refusal !== null} aria-describedby={refusal ? 'editor-address-error' : hint ? 'editor-address-hint' : undefined} onChange={({ target }) => setTyped(target.value)} />
              {hint && <span id="editor-address-hint" className="field-hint">{hint}</span>}
              {refusal && <span id="editor-address-error" className="field-error" role="alert">{refusal}</span>}
            </div>
            <div className="dialog-acts">
              {remove && <Button quiet type="button" onClick={remove}>{t('editor.ask.removeLink')}</Button>}
              <Dialog.Close render={<Button quiet type="button" />}>{t('editor.ask.cancel')}</Dialog.Close>
              <Button>{apply}</Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
