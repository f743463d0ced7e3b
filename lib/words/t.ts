import type { createTranslator } from 'use-intl/core';
import type { en } from './en';

/** Says a message of the catalogue: `t(NAME, values)`; `t.rich` where a part of it is a link or the like. */
export type Translate = ReturnType<typeof createTranslator<typeof en>>;
/** The name of a message, such as `comments.box.heading`. */
export type Message = Parameters<Translate['has']>[0];

type Spoken = { language: string; translate: Translate };

// A blog has one language at a time. Next bundles its own copy of this module, so what is spoken hangs on globalThis under one symbol.
const key = Symbol.for('soapbox.words');
const shared = globalThis as typeof globalThis & { [key]?: Spoken };

function spoken(): Spoken {
  if (!shared[key]) throw new Error('No language is spoken yet: see lib/words/languages.ts.');
  return shared[key];
}

/** Whether this very language is spoken already. */
export const isSpoken = (language: string): boolean => shared[key]?.language === language;

/** From now on everything in this process, or in this browser's page, is said so. */
export function setSpoken(now: Spoken): void {
  shared[key] = now;
}

/** The language of the blog just now, as its owner has chosen it: a BCP 47 tag. */
export const spokenLanguage = (): string => spoken().language;

/**
 * A message in the language of the blog, for readers, authors and moderators. Where it is asked for is when it is said: a
 * constant of a module would keep the language of the start.
 */
export const t = Object.assign((...asked: Asked) => loose()(...asked), {
  rich: (...asked: Asked) => loose().rich(...asked),
  markup: (...asked: Asked) => loose().markup(...asked),
  raw: (name: string) => loose().raw(name),
  has: (name: string) => loose().has(name),
}) as unknown as Translate;

type Asked = [name: string, ...rest: unknown[]];
type Loose = ((...asked: Asked) => string) & Record<'rich' | 'markup' | 'raw' | 'has', (...asked: Asked) => unknown>;

// What may be asked for is checked where it is: here TypeScript would have to go through all messages and their values at once.
const loose = (): Loose => spoken().translate as unknown as Loose;
