'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useSyncExternalStore, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { t } from '@/lib/words/t';

const NARROW = '(width < 64rem)';

function subscribe(hear: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', hear);
  return () => query.removeEventListener('change', hear);
}

type Props = { isOpen: boolean; onClose: () => void; children: ReactNode };

/** The panel beside the text; on a narrow screen a sheet over it. */
export function PanelFrame({ isOpen, onClose, children }: Props) {
  const isNarrow = useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches, () => false);
  if (!isNarrow) return <aside className="editor-side" aria-label={t('editor.panel.label')}>{children}</aside>;
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => { if (!open) onClose(); }}>
      <Dialog.Portal keepMounted>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog editor-sheet">
          <div className="editor-sheet-head">
            <Dialog.Title className="dialog-title">{t('editor.panel.heading')}</Dialog.Title>
            <Dialog.Close render={<Button quiet type="button" />}>{t('editor.panel.close')}</Dialog.Close>
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
