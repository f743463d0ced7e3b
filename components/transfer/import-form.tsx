'use client';

import { useActionState, useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import type { Result } from '@/lib/result';
import type { SiteLocale } from '@/lib/site/schema';
import { sizeText } from '@/lib/size-text';
import { percentOf, type MovingState, type TransferView } from '@/lib/transfer/desk/moving';
import { t } from '@/lib/words/t';
import { FileChoice } from './file-choice';
import { MovingProgress } from './moving-progress';
import { TransferCard } from './transfer-card';
import { useLatest } from './use-latest';
import { useUpload } from './use-upload';

export type ImportActions = {
  act: (state: MovingState, form: FormData) => Promise<MovingState>;
  begin: (file: { name: string; bytes: number; mark: string }) => Promise<Result<{ id: string; received: number }>>;
  look: () => Promise<TransferView | null>;
};

type Props = { transfer: TransferView | null; site: SiteLocale; actions: ImportActions };

/** Brings a blog here: a file is sent, looked through, and imported when its owner says so; one step at a time. */
export function ImportForm({ transfer: before, site, actions }: Props) {
  const [state, act, isPending] = useActionState(actions.act, { transfer: before, message: null });
  const { transfer, look } = useLatest(state, actions.look);
  const upload = useUpload(actions.begin, look);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = upload.sending ? 'sending' : (transfer?.state ?? 'none');
  useKeptFocus(heading, shown);
  const refusal = upload.refusal ?? state.message;
  const choice = <FileChoice action={act} onFile={upload.send} isGoingOn={transfer !== null} />;
  return (
    <div className="moving-card">
      <h3 ref={heading} tabIndex={-1}>{upload.sending ? t('transfer.headings.sending') : transfer ? t(`transfer.headings.${transfer.state}`) : t('transfer.headings.none')}</h3>
      {(upload.sending || transfer) && <p className="moving-file">{upload.sending?.name ?? transfer?.fileName} <small>{sizeText(upload.sending?.bytes ?? transfer?.bytes ?? 0, site.language)}</small></p>}
      {refusal && <p role="alert" className="moving-failure">{refusal}</p>}
      {upload.sending && (
        <>
          <MovingProgress
            words={t('transfer.sending.now')} percent={percentOf(upload.sending.received, upload.sending.bytes)}
            detail={t('transfer.sending.partOf', { done: sizeText(upload.sending.received, site.language), total: sizeText(upload.sending.bytes, site.language) })}
          />
          <p>{t('transfer.sending.keepOpen')}</p>
          <div className="moving-buttons"><Button type="button" quiet onClick={() => upload.cancel(act)}>{t('transfer.acts.cancel')}</Button></div>
        </>
      )}
      {!upload.sending && (transfer ? <TransferCard transfer={transfer} site={site} action={act} isPending={isPending}>{choice}</TransferCard> : choice)}
      <p role="status" className={upload.isInterrupted ? 'moving-said moving-said--seen' : 'moving-said'}>{upload.isInterrupted ? t('transfer.sending.interrupted') : isSaid(shown) ? t(`transfer.said.${shown}`) : ''}</p>
    </div>
  );
}

/** Said once when it comes to that, to who does not see the page change. */
const SAID = ['sending', 'checking', 'checked', 'importing', 'cancelled', 'done'] as const;
const isSaid = (shown: string): shown is (typeof SAID)[number] => SAID.some((one) => one === shown);

/** Where the button that had focus is gone, focus goes to the heading of what stands there now. */
function useKeptFocus(heading: React.RefObject<HTMLElement | null>, shown: string): void {
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    if (document.activeElement === null || document.activeElement === document.body) heading.current?.focus();
  }, [heading, shown]);
}

