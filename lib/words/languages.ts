import { en, type Words } from './en';
import { es } from './es';
import { speakWith } from './speak';
import { isSpoken } from './t';

/** Every language that the blog speaks: its BCP 47 tag, and its words. */
export const CATALOGUES = { en, es } as const satisfies Record<string, Words>;

export type Language = keyof typeof CATALOGUES;

/** The catalogue for a language that an owner has chosen, `es` for `es-MX`; English for one that the blog does not speak. */
export function catalogueFor(tag: string): Language {
  const [language = ''] = tag.toLowerCase().split('-');
  return language in CATALOGUES ? (language as Language) : 'en';
}

/** In which language words are said where the owner has chosen this one: itself, `es-MX`, or English, by whose rules numbers and plurals are then written, too. */
export const spokenFor = (tag: string): string => (tag.toLowerCase().split('-')[0] === catalogueFor(tag) ? tag : 'en');

/** Speaks the language of the blog, a BCP 47 tag, from now on, in this process. Cheap where it is spoken already. */
export function speak(tag: string): void {
  const spoken = spokenFor(tag);
  if (!isSpoken(spoken)) speakWith(spoken, CATALOGUES[catalogueFor(tag)]);
}
