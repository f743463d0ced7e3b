import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { t } from '@/lib/words/t';

type Props = { html: string; close: () => void; save: (html: string) => Promise<void> };

/** A block's HTML in a field. What is written there is made safe before it stands in the post. */
export function HtmlDialog({ html, close, save }: Props) {
  const [written, setWritten] = useState(html);
  const [state, setState] = useState<'writing' | 'saving' | 'failed'>('writing');
  const send = () => {
    setState('saving');
    save(written).catch(() => setState('failed'));
  };
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) close(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog html-dialog">
          <Dialog.Title className="dialog-title">{t('editor.kept.heading')}</Dialog.Title>
          <Dialog.Description className="field-hint">{t('editor.kept.hint')}</Dialog.Description>
          {state === 'failed' && <p className="form-alert" role="alert">{t('editor.kept.noAnswer')}</p>}
          <div className="field">
            <label htmlFor="block-html">{t('editor.kept.html')}</label>
            <textarea id="block-html" rows={12} spellCheck={false} value={written} onChange={({ target }) => setWritten(target.value)} />
          </div>
          <div className="dialog-acts">
            <Dialog.Close render={<Button quiet type="button" />}>{t('editor.kept.cancel')}</Dialog.Close>
            <Button type="button" disabled={state === 'saving'} onClick={send}>{t('editor.kept.apply')}</Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
