import { startTransition, useEffect, useRef, useState } from 'react';
import { useLeaveWarning } from '@/components/ui/use-leave-warning';
import type { Result } from '@/lib/result';
import { t } from '@/lib/words/t';
import { uploadFile, UploadStopped } from './upload';

type Sending = { id: string | null; name: string; bytes: number; received: number };
type Begin = (file: { name: string; bytes: number; mark: string }) => Promise<Result<{ id: string; received: number }>>;

/** Sends a file from this page. `look`: reads what became of it. */
export function useUpload(begin: Begin, look: () => Promise<boolean>) {
  const [sending, setSending] = useState<Sending | null>(null);
  const [isInterrupted, setInterrupted] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);
  useLeaveWarning(sending !== null);

  const run = async (file: File, maxBytes: number, signal: AbortSignal): Promise<string | null> => {
    const begun = await begin({ name: file.name, bytes: file.size, mark: String(file.lastModified) }).catch(() => null);
    if (!begun?.ok) return begun?.message ?? t('transfer.sending.noAnswer');
    const { id, received } = begun.value;
    signal.throwIfAborted();
    setSending({ id, name: file.name, bytes: file.size, received });
    const onProgress = (now: number) => setSending((before) => before && { ...before, received: now });
    await uploadFile(file, begun.value, { maxBytes, signal, onProgress, onTrouble: setInterrupted });
    return null;
  };
  const send = async (file: File, maxBytes: number) => {
    const { signal } = (stopping.current = new AbortController());
    setRefusal(null);
    setSending({ id: null, name: file.name, bytes: file.size, received: 0 });
    try {
      setRefusal(await run(file, maxBytes, signal));
    } catch (error) {
      if (signal.aborted) return;
      setRefusal(error instanceof UploadStopped ? error.message : t('transfer.sending.noAnswer'));
    }
    await look();
    setInterrupted(false);
    setSending(null);
  };
  /** Ends it, and throws away what has arrived. */
  const cancel = (act: (form: FormData) => void) => {
    stopping.current?.abort();
    const form = new FormData();
    form.set('act', 'discard');
    form.set('id', sending?.id ?? '');
    setInterrupted(false);
    setSending(null);
    startTransition(() => act(form));
  };
  return { sending, isInterrupted, refusal, send: (file: File, maxBytes: number) => void send(file, maxBytes), cancel };
}
