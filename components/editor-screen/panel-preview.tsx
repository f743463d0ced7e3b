'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';

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
    setSaid(isOn ? 'This is the new link. The old one shows nothing any more.' : 'The link shows nothing any more.');
    // The button that was pressed may be gone.
    line.current?.focus();
  };
  const copy = async (there: string) => {
    const address = new URL(there, location.origin).href;
    // Without https a browser has no clipboard for pages.
    const isCopied = await navigator.clipboard?.writeText(address).then(() => true, () => false);
    setSaid(isCopied ? 'The link is copied.' : 'Please copy the link from the field.');
  };
  return (
    <>
      {path === null
        ? <p className="field-hint">“Preview” makes a private link that shows what is saved. You can send it to somebody.</p>
        : <Link path={path} isBusy={isBusy} onSet={(isOn) => void set(isOn)} onCopy={() => void copy(path)} />}
      <p className="field-hint" ref={line} tabIndex={-1} aria-live="polite">{said}</p>
    </>
  );
}

type LinkProps = { path: string; isBusy: boolean; onSet: (on: boolean) => void; onCopy: () => void };

function Link({ path, isBusy, onSet, onCopy }: LinkProps) {
  return (
    <>
      <p className="field-hint">Whoever has this link sees what is saved, also before it is out. Nobody else finds it.</p>
      <div className="field">
        <label htmlFor="preview-link">Link</label>
        <input id="preview-link" type="text" readOnly value={typeof location === 'undefined' ? path : new URL(path, location.origin).href} onFocus={({ target }) => target.select()} />
      </div>
      <div className="panel-acts">
        <Button quiet type="button" onClick={onCopy}>Copy the link</Button>
        <Button quiet type="button" busy={isBusy} onClick={() => onSet(true)}>New link</Button>
        <Button quiet type="button" busy={isBusy} onClick={() => onSet(false)}>Stop the link</Button>
      </div>
    </>
  );
}
