import { createTranslator } from 'use-intl/core';
import type { Words } from './en';
import { setSpoken, type Translate } from './t';

/** Speaks `language` (a BCP 47 tag, by which numbers are written) with these words. For a browser, which has one catalogue; see languages.ts. */
export function speakWith(language: string, words: Words): void {
  setSpoken({ language, translate: createTranslator({ locale: language, messages: words }) as unknown as Translate });
}
