'use client';

import { useState } from 'react';
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
  const set = async (isOn: boolean) => {
    setSaid('');
    if (await onSet(isOn)) setSaid(isOn ? 'This is the new link. The old one shows nothing any more.' : 'The link shows nothing any more.');
  };
  const line = <p className="field-hint" aria-live="polite">{said}</p>;
  if (path === null) return <><p className="field-hint">“Preview” makes a private link that shows what is saved. You can send it to somebody.</p>{line}</>;
  const copy = async () => {
    const address = new URL(path, location.origin).href;
    // Without https a browser has no clipboard for pages.
    const isCopied = await navigator.clipboard?.writeText(address).then(() => true, () => false);
    setSaid(isCopied ? 'The link is copied.' : 'Please copy the link from the field.');
  };
  return (
    <>
      <p className="field-hint">Whoever has this link sees what is saved, also before it is out. Nobody else finds it.</p>
      <div className="field">
        <label htmlFor="preview-link">Link</label>
        <input id="preview-link" type="text" readOnly value={typeof location === 'undefined' ? path : new URL(path, location.origin).href} onFocus={({ target }) => target.select()} />
      </div>
      <div className="panel-acts">
        <Button quiet type="button" onClick={() => void copy()}>Copy the link</Button>
        <Button quiet type="button" busy={isBusy} onClick={() => void set(true)}>New link</Button>
        <Button quiet type="button" busy={isBusy} onClick={() => void set(false)}>Stop the link</Button>
      </div>
      {line}
    </>
  );
}
