'use client';

import { lazy, Suspense, useRef, useState, type FormEvent } from 'react';
import type { Left } from '@/components/editor-screen/bring-kept';
import { Button } from '@/components/ui/button';

const LeftDialog = lazy(() => import('./left-dialog').then(({ LeftDialog: shown }) => ({ default: shown })));

/** Brings what was typed in this browser to the blog; gives what does not go there. A browser that keeps nothing has nothing left. */
const bringAll = async (): Promise<Left | null> => (await import('@/components/editor-screen/bring-kept')).bringKept(new Date()).catch(() => null);

type Props = { signOut: () => Promise<void>; name?: string; bring?: () => Promise<Left | null> };

/** The way out. What this browser keeps of unsaved posts is brought to the blog before; what cannot be, its writer decides on. */
export function SignOutForm({ signOut, name = 'Sign out', bring = bringAll }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const isDecided = useRef(false);
  const [left, setLeft] = useState<Left | null>(null);
  const leave = () => {
    isDecided.current = true;
    form.current?.requestSubmit();
  };
  const look = (event: FormEvent) => {
    if (isDecided.current) return;
    event.preventDefault();
    void bring().catch(() => null).then((found) => (found ? setLeft(found) : leave()));
  };
  return (
    <form ref={form} action={signOut} onSubmit={look}>
      <Button quiet>{name}</Button>
      {left && <Suspense><LeftDialog left={left} onStay={() => setLeft(null)} onLeave={leave} /></Suspense>}
    </form>
  );
}
