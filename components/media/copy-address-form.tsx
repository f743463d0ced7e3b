'use client';

import { useState } from 'react';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';

/** The address of a file, and a button that takes it along. */
export function CopyAddressForm({ path }: { path: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    const address = new URL(path, window.location.href).href;
    await navigator.clipboard.writeText(address).then(() => setSaid(t('media.address.copied')), () => setSaid(t('media.address.notCopied', { address })));
  };
  return (
    <p className="media-copy">
      <Button quiet type="button" onClick={() => void copy()}>{t('media.address.copy')}</Button> <a href={path}>{t('media.address.open')}</a>
      <span role="status">{said}</span>
    </p>
  );
}
