'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { editorPath } from '@/lib/posts/editor-requests';
import type { Result } from '@/lib/result';
import { t } from '@/lib/words/t';

type Props = { id: string; revision: string; seen: string; restore: (asked: { id: string; seen: string; revision: string }) => Promise<Result<unknown>> };

/** Takes an earlier text up again, and opens it in the editor. */
export function RestoreForm({ id, revision, seen, restore }: Props) {
  const [refusal, setRefusal] = useState('');
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const done = await restore({ id, seen, revision }).catch(() => null);
    if (done?.ok) return location.assign(editorPath(id));
    setBusy(false);
    setRefusal(done?.message ?? t('editor.revisions.noAnswer'));
  };
  return (
    <div className="revision-restore">
      <Button type="button" busy={isBusy} onClick={() => void run()}>{t('editor.revisions.restore')}</Button>
      <p className="field-hint">{t('editor.revisions.restoreHint')}</p>
      {refusal && <p className="field-error" role="alert">{refusal} <a href={editorPath(id)}>{t('editor.revisions.openEditor')}</a></p>}
    </div>
  );
}
