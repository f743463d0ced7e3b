import slugify from '@sindresorhus/slugify';
import { cleanText } from './clean';

/** Longest slug, in UTF-16 units, as in WordPress's `post_name` column. */
export const SLUG_MAX_CHARS = 200;

const latin: Array<[string, string]> = [
  ['ß', 'ss'], ['ẞ', 'SS'], ['æ', 'ae'], ['Æ', 'AE'], ['œ', 'oe'], ['Œ', 'OE'], ['ø', 'o'], ['Ø', 'O'],
  ['ł', 'l'], ['Ł', 'L'], ['đ', 'd'], ['Đ', 'D'], ['ð', 'd'], ['Ð', 'D'], ['þ', 'th'], ['Þ', 'TH'], ['ı', 'i'],
];

/** Takes the marks off Latin letters (é → e) and leaves those of every other script, where they are part of the letter. */
const withoutLatinAccents = (value: string): string =>
  value.normalize('NFD').replace(/(\p{Script=Latin})\p{Mn}+/gu, '$1').normalize('NFC');

/** Cuts at a word's end where one is near, never inside a character. */
function shortened(slug: string): string {
  if (slug.length <= SLUG_MAX_CHARS) return slug;
  const cut = cleanText(slug.slice(0, SLUG_MAX_CHARS));
  const lastWord = cut.lastIndexOf('-');
  return cut.slice(0, lastWord > SLUG_MAX_CHARS / 2 ? lastWord : undefined);
}

/**
 * The address word of a title: lower case, words joined by `-`, Latin letters without accents, other scripts kept as
 * they are (a browser shows them; WordPress keeps them too, percent-encoded). 1 to 200 characters; a title without
 * any letter or digit gives `untitled`. Idempotent.
 */
export function slugOf(title: string): string {
  // Marks that belong to a letter (Devanagari, Thai, Arabic) are no letters to slugify: each is preserved by name.
  const text = withoutLatinAccents(cleanText(title).normalize('NFKC'));
  const marks = [...new Set(text.match(/\p{M}/gu))];
  const slug = slugify(text.replace(/['’‘ʼ]/g, ''), {
    transliterate: false,
    decamelize: false,
    customReplacements: latin,
    preserveCharacters: marks,
  });
  return shortened(slug) || 'untitled';
}
