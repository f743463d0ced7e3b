import { useEffect, useRef, type RefObject } from 'react';
import type { TextEditor } from './use-editor';

const COLLECT_MS = 350;
/** A long text takes time to be written out: at most a tenth of all time goes into it. */
const SHARE = 9;

/** The editor tells of its text when the writer pauses. Who does not pause is asked for it: gives what to call at every sign typed. */
export function useTyping(text: RefObject<TextEditor | null>): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const waitMs = useRef(COLLECT_MS);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const begun = performance.now();
      text.current?.getHtml();
      waitMs.current = Math.max(COLLECT_MS, (performance.now() - begun) * SHARE);
    }, waitMs.current);
  };
}
