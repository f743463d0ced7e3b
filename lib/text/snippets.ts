/** A piece of a text; `isHit`: it was asked for. */
export type Part = { text: string; isHit: boolean };

const WORDS_AROUND = 14;
const SNIPPET_WORDS = 34;
/** A word and one of the query are near enough to be asked about when they begin alike. */
const ALIKE_LETTERS = 2;

// Not Intl.Segmenter: each of its segments holds a copy of the whole text.
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

/** The letters of a word as they are compared: small, without accents. */
const folded = (word: string): string => word.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '');

/** The words of a tsquery that are to stand there, without those that are not: `'cup' & !'tea'` means `cup`. Source: PostgreSQL, tsquery as text. */
export function lexemesOf(query: string): string[] {
  const found = query.matchAll(/(!?)\s*'((?:[^'\\]|''|\\.)*)'/g);
  return [...found].flatMap(([, not, lexeme = '']) => (not ? [] : lexeme.replaceAll("''", "'").replace(/\\(.)/g, '$1')));
}

/** Of all words of these texts, small, those that may be forms of one of these. */
export function tokensLike(lexemes: readonly string[], texts: readonly string[]): string[] {
  const beginnings = new Set(lexemes.map((lexeme) => folded(lexeme).slice(0, ALIKE_LETTERS)));
  const tokens = new Set<string>();
  for (const text of texts) for (const [word] of text.matchAll(WORD)) if (beginnings.has(folded(word).slice(0, ALIKE_LETTERS))) tokens.add(word.toLowerCase());
  return [...tokens];
}

/** A text in parts, the words that were asked for apart. */
export function partsOf(text: string, isHit: (word: string) => boolean): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const add = (piece: string, hit: boolean) => { if (piece) parts.push({ text: piece, isHit: hit }); };
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!isHit(word)) continue;
    add(text.slice(at, index), false);
    add(word, true);
    at = index + word.length;
  }
  add(text.slice(at), false);
  return parts;
}

/** The piece of a text in which most of what was asked for stands, with signs where something is left out; null where none of it does. */
export function snippetOf(text: string, isHit: (word: string) => boolean): Part[] | null {
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, index }));
  const hits = words.flatMap(({ word }, index) => (isHit(word) ? [{ index, word: folded(word) }] : []));
  if (hits.length === 0) return null;
  const variety = (from: number) => new Set(hits.filter(({ index }) => index >= from && index < from + SNIPPET_WORDS - WORDS_AROUND).map(({ word }) => word)).size;
  // Where several pieces are as good, the first.
  const best = hits.slice(0, 200).reduce((chosen, { index }) => (variety(index) > variety(chosen) ? index : chosen), hits[0]!.index);
  const first = Math.max(0, Math.min(best - WORDS_AROUND / 2, words.length - SNIPPET_WORDS));
  const end = Math.min(words.length, first + SNIPPET_WORDS);
  const [from, to] = [first === 0 ? 0 : words[first]!.index, end === words.length ? text.length : words[end]!.index];
  const parts = partsOf(text.slice(from, to).trim(), isHit);
  return [...(from > 0 ? [{ text: '… ', isHit: false }] : []), ...parts, ...(to < text.length ? [{ text: ' …', isHit: false }] : [])];
}
