import type { FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { PIECE_MAX_BYTES } from '@/lib/transfer/desk/moving';
import { t } from '@/lib/words/t';

type Props = {
  action: (form: FormData) => void;
  /** Sends it by script, piece by piece; where there is no script the form does, at once. */
  onFile: (file: File, maxBytes: number) => void;
  /** Part of it is here. */
  isGoingOn?: boolean;
};

/** A file of the old blog, to be sent. */
export function FileChoice({ action, onFile, isGoingOn = false }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { files } = event.currentTarget.elements.namedItem('file') as HTMLInputElement;
    const file = files?.[0];
    if (file) onFile(file, Number(event.currentTarget.dataset.pieceBytes));
  };
  return (
    <form className="moving-choice" action={action} onSubmit={submit} data-piece-bytes={PIECE_MAX_BYTES}>
      <div className="field">
        <label htmlFor="moving-file">{isGoingOn ? t('transfer.choice.sameFile') : t('transfer.choice.file')}</label>
        <input id="moving-file" type="file" name="file" required aria-describedby="moving-file-hint" accept=".xml,.atom,.json,.zip,.gz,.tgz,.tar,.txt" />
        <p className="field-hint" id="moving-file-hint">{t('transfer.choice.hint')}</p>
      </div>
      <Button name="act" value="upload">{isGoingOn ? t('transfer.choice.goOn') : t('transfer.choice.upload')}</Button>
      <noscript><p className="moving-small">{t.rich('transfer.choice.withoutScript', { code: (chunks) => <code>{chunks}</code> })}</p></noscript>
    </form>
  );
}
