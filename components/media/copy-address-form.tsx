'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';

/** The address of a file, and a button that takes it along. */
export function CopyAddressForm({ path }: { path: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    const address = new URL(path, window.location.href).href;
    await navigator.clipboard.writeText(address).then(() => setSaid('Copied.'), () => setSaid(`It could not be copied. It is ${address}`));
  };
  return (
    <p className="media-copy">
      <Button quiet type="button" onClick={() => void copy()}>Copy the address</Button> <a href={path}>Open the file</a>
      <span role="status">{said}</span>
    </p>
  );
}
