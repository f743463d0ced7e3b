'use client';

import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Left } from '@/components/editor-screen/bring-kept';
import { Button } from '@/components/ui/button';
import type * as leaving from './leaving';
import { t } from '@/lib/words/t';

type Leaving = Pick<typeof leaving, 'bringKept' | 'LeftDialog'>;

const loadLeaving = (): Promise<Leaving> => import('./leaving');

type Props = {
  signOut: () => Promise<void>;
  /** Who signs out, where they write posts here; null: this browser keeps nothing of theirs. */
  writer: string | null;
  name?: string;
  load?: () => Promise<Leaving>;
};

/** The way out. What this browser keeps of unsaved posts is brought to the blog before; what cannot be, its writer decides on. */
export function SignOutForm({ signOut, writer, name = t('account.signOut.button'), load = loadLeaving }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const isDecided = useRef(false);
  const [asked, setAsked] = useState<{ left: Left; Dialog: Leaving['LeftDialog'] } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    if (writer !== null) void load().catch(() => undefined);
  }, [writer, load]);
  const leave = () => {
    isDecided.current = true;
    form.current?.requestSubmit();
  };
  const bring = async (person: string) => {
    const loaded = await load().catch(() => null);
    if (!loaded) return setAway(true);
    // A browser that keeps nothing has nothing left.
    const left = await loaded.bringKept(person, new Date()).catch(() => null);
    if (left) setAsked({ left, Dialog: loaded.LeftDialog });
    else leave();
  };
  const look = (event: FormEvent) => {
    const isNow = writer === null || isDecided.current;
    isDecided.current = false;
    if (isNow) return;
    event.preventDefault();
    setAway(false);
    setBusy(true);
    void bring(writer).finally(() => setBusy(false));
  };
  return (
    <form ref={form} action={signOut} onSubmit={look}>
      <Button quiet busy={isBusy}>{name}</Button>
      {isAway && <p className="field-error" role="alert">{t('account.signOut.noAnswer')}</p>}
      {asked && <asked.Dialog left={asked.left} onStay={() => setAsked(null)} onLeave={leave} />}
    </form>
  );
}
