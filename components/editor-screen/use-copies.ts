import { useCallback, useEffect, useRef, useState } from 'react';
import { inertBody } from '@/components/editor/allow';
import { showSame } from '@/components/editor/same';
import type { KeptCopy } from '@/lib/posts/editor-wire';
import type { PostFields } from '@/lib/posts/post-form';
import { termNamesMark } from '@/lib/posts/term-names';
import { dropCopies, listCopies } from './kept-copies';
import { OWN_WINDOWS_MS } from './own-windows';

type Shown = { person: string; tab: string; post: string; isNew: boolean; /** As the blog has them. */ saved: PostFields; listOwn: () => string[] };

/** Whether a copy says nothing that the blog has not. Its HTML is the browser's, the other was made safe: what they show counts. An empty address is the one made of the title. */
export function hasNothingNew(copy: PostFields, saved: PostFields): boolean {
  const mark = ({ title, excerpt, sticky, cover, categories, tags }: PostFields) =>
    JSON.stringify([title.trim(), excerpt.trim(), sticky, cover && [cover.assetId, cover.alt.trim(), cover.focusX, cover.focusY], termNamesMark(categories), termNamesMark(tags)]);
  return mark(copy) === mark(saved) && (copy.slug === '' || copy.slug === saved.slug) && showSame(inertBody(copy.html), inertBody(saved.html));
}

/**
 * What this browser kept and the blog may lack: of this post, or where a new one is begun, of new ones. Asked for once, when
 * the page is opened; what another window is still writing is left to it. What the blog has, too, is thrown away.
 */
export function useCopies({ person, tab, post, isNew, saved, listOwn }: Shown) {
  const [copies, setCopies] = useState<KeptCopy[]>([]);
  const asked = useRef({ person, tab, post, isNew, saved, listOwn });
  useEffect(() => {
    let isGone = false;
    const look = async () => {
      const { person: whose, tab: here, post: shown, isNew: begins, saved: known, listOwn: windows } = asked.current;
      const kept = await listCopies(whose, new Date());
      const open = new Set([here, ...windows()]);
      const fitting = kept.filter((copy) => !open.has(copy.tab) && (begins ? copy.seen === '' : copy.post === shown));
      const useless = fitting.filter(({ fields }) => hasNothingNew(fields, known));
      if (useless.length > 0) await dropCopies(whose, useless);
      if (!isGone) setCopies((before) => [...before, ...fitting.filter((copy) => !useless.includes(copy))]);
    };
    // Windows that are open say so first.
    const timer = setTimeout(() => void look().catch(() => undefined), OWN_WINDOWS_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, []);
  const leave = useCallback((copy: KeptCopy) => setCopies((before) => before.filter((one) => one !== copy)), []);
  const letGo = useCallback((copy: KeptCopy) => {
    leave(copy);
    void dropCopies(person, [copy]).catch(() => undefined);
  }, [leave, person]);
  const add = useCallback((copy: KeptCopy) => setCopies((before) => [copy, ...before]), []);
  return { copies, add, leave, letGo };
}
