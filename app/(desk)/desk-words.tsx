'use client';

import { use, type ReactNode } from 'react';
import type { Language } from '@/lib/words/languages';
import { speakWith } from '@/lib/words/speak';

const CATALOGUES = {
  en: async () => (await import('@/lib/words/en')).en,
  es: async () => (await import('@/lib/words/es')).es,
} satisfies Record<Language, () => Promise<unknown>>;

const arriving = new Map<Language, Promise<void>>();

/** Has the browser speak the blog's language before anything under it is drawn there; of all catalogues it gets this one. */
export function DeskWords({ tag, catalogue, children }: { tag: string; catalogue: Language; children: ReactNode }) {
  if (typeof window !== 'undefined') use(arrived(tag, catalogue));
  return children;
}

function arrived(tag: string, catalogue: Language): Promise<void> {
  const coming = arriving.get(catalogue) ?? CATALOGUES[catalogue]().then((words) => speakWith(tag, words));
  arriving.set(catalogue, coming);
  return coming;
}
