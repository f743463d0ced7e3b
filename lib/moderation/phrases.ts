/** The letters that matter to a word rule: case, width and accents folded. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{Mark}/gu, '').toLowerCase();

/** A list of phrases, made ready to be looked for. */
export type Phrases = {
  /** The first phrase of the list that stands in one of these texts, as the owner wrote it, without quotation marks; or null. */
  find: (texts: readonly string[]) => string | null;
};

/**
 * Makes a list of phrases ready to be looked for, folded, wherever their letters stand; one in quotation marks only as
 * whole words. A blank line is no phrase.
 */
export function phrasesOf(lines: readonly string[]): Phrases {
  const phrases = lines.map((line) => line.trim()).filter((line) => line !== '');
  return { find: (texts) => {
    const places = texts.map(folded);
    return phrases.find((phrase) => places.some((place) => place.includes(folded(phrase)))) ?? null;
  } };
}
