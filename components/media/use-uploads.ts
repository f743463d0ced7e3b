import { useEffect, useRef, useState } from 'react';
import { useLeaveWarning } from '@/components/ui/use-leave-warning';
import type { UploadedMedia } from '@/lib/media/schema';
import { t } from '@/lib/words/t';
import { uploadMedia, UploadRefused } from './upload-media';

/** A file on its way. `part`: from 0 to 1. `refusal`: why it did not come; then it can be tried again, unless it is no file of ours. */
export type Upload = { key: number; file: File; part: number; refusal: string | null; isLasting: boolean };

/** Sends files from this page, each with its progress. `onDone`: one has come. */
export function useUploads(onDone: (media: UploadedMedia, file: File) => void, send: typeof uploadMedia = uploadMedia) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const last = useRef(0);
  const running = useRef(new Map<number, AbortController>());
  useEffect(() => {
    const all = running.current;
    return () => all.forEach((one) => one.abort());
  }, []);
  useLeaveWarning(uploads.some(({ refusal }) => refusal === null));

  const change = (key: number, to: Partial<Upload>) => setUploads((before) => before.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const drop = (key: number) => setUploads((before) => before.filter((one) => one.key !== key));
  const run = async (key: number, file: File) => {
    const stopping = new AbortController();
    running.current.set(key, stopping);
    try {
      const media = await send(file, { onProgress: (part) => change(key, { part }), signal: stopping.signal });
      drop(key);
      onDone(media, file);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const refused = error instanceof UploadRefused ? error : null;
      change(key, { refusal: refused?.message ?? t('media.upload.failed'), isLasting: refused?.isLasting ?? false });
    } finally {
      running.current.delete(key);
    }
  };
  const add = (files: Iterable<File>) => {
    for (const file of files) {
      const key = (last.current += 1);
      setUploads((before) => [...before, { key, file, part: 0, refusal: null, isLasting: false }]);
      void run(key, file);
    }
  };
  const tryAgain = ({ key, file }: Upload) => {
    change(key, { part: 0, refusal: null });
    void run(key, file);
  };
  const remove = ({ key }: Upload) => {
    running.current.get(key)?.abort();
    drop(key);
  };
  return { uploads, add, tryAgain, remove };
}
