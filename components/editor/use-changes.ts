import type { Editor } from '@tiptap/core';
import { useCallback, useEffect, useRef } from 'react';
import { toHtml } from './load';

const QUIET_MS = 400;

/**
 * Tells of changes once the writer pauses, never at each key: the text is written as HTML only then. `flush`: at once,
 * where something is still to be told; `settle`: what is there now is known already.
 */
export function useChanges(editor: Editor | null, onChange: (html: string) => void) {
  const tell = useRef(onChange);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const told = useRef<string | null>(null);
  useEffect(() => {
    tell.current = onChange;
  });
  const stop = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  }, []);
  const say = useCallback((html: string) => {
    stop();
    if (html === told.current) return;
    told.current = html;
    tell.current(html);
  }, [stop]);
  const flush = useCallback(() => {
    if (timer.current !== null && editor && !editor.isDestroyed) say(toHtml(editor.state.doc));
  }, [editor, say]);
  const settle = useCallback((html: string) => {
    stop();
    told.current = html;
  }, [stop]);
  useEffect(() => {
    if (!editor) return undefined;
    const later = () => {
      stop();
      timer.current = setTimeout(() => say(toHtml(editor.state.doc)), QUIET_MS);
    };
    editor.on('update', later);
    editor.on('blur', flush);
    return () => {
      flush();
      editor.off('update', later);
      editor.off('blur', flush);
    };
  }, [editor, flush, say, stop]);
  return { flush, settle, say };
}
