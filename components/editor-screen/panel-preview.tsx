'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { t } from '@/lib/words/t';

type Props = {
  /** Where the preview is; null: there is no link. */
  path: string | null;
  isBusy: boolean;
  /** On: a new link, the old one ends. Off: there is none any more. Whether it was done. */
  onSet: (on: boolean) => Promise<boolean>;
};

/** The private link by which others see the post before it is out. */
export function PanelPreview({ path, isBusy, onSet }: Props) {
  const [said, setSaid] = useState('');
  const line = useRef<HTMLParagraphElement>(null);
  const set = async (isOn: boolean) => {
    setSaid('');
    if (!(await onSet(isOn))) return;
    setSaid(isOn ? t('editor.link.newOne') : t('editor.link.stopped'));
    // The button that was pressed may be gone.
    line.current?.focus();
  };
  const copy = async (there: string) => {
    const address = new URL(there, location.origin).href;
    // Without https a browser has no clipboard for pages.
    const isCopied = await navigator.clipboard?.writeText(address).then(() => true, () => false);
    setSaid(isCopied ? t('editor.link.copied') : t('editor.link.copyByHand'));
  };
  return (
    <>
      {path === null
        ? <p className="field-hint">{t('editor.link.none')}</p>
        : <Link path={path} isBusy={isBusy} onSet={(isOn) => void set(isOn)} onCopy={() => void copy(path)} />}
      <p className="field-hint" ref={line} tabIndex={-1} aria-live="polite">{said}</p>
    </>
  );
}

type LinkProps = { path: string; isBusy: boolean; onSet: (on: boolean) => void; onCopy: () => void };

function Link({ path, isBusy, onSet, onCopy }: LinkProps) {
  return (
    <>
      <p className="field-hint">{t('editor.link.means')}</p>
      <div className="field">
        <label htmlFor="preview-link">{t('editor.link.label')}</label>
        <input id="preview-link" type="text" readOnly value={typeof location === 'undefined' ? path : new URL(path, location.origin).href} onFocus={({ target }) => target.select()} />
      </div>
      <div className="panel-acts">
        <Button quiet type="button" onClick={onCopy}>{t('editor.link.copy')}</Button>
        <Button quiet type="button" busy={isBusy} onClick={() => onSet(true)}>{t('editor.link.renew')}</Button>
        <Button quiet type="button" busy={isBusy} onClick={() => onSet(false)}>{t('editor.link.stop')}</Button>
      </div>
    </>
  );
}
