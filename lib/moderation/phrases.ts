import { needlesOf } from './needles';

const IS_ASCII = /^[\0-\x7f]*$/;

/**
 * The letters that matter to a word rule: case, width and accents folded, and what nobody sees (soft hyphens, joiners)
 * left out. Upper case first: so `ß` is `ss`, and the dotless `ı` and the final `ς` are like the others.
 */
export const folded = (text: string): string =>
  IS_ASCII.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(/[\p{Mark}\p{Default_Ignorable_Code_Point}]/gu, '').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFC');

/** As a list is compared with a text: folded, and all white space between two words is one space. */
const comparable = (text: string): string => folded(text).replace(/\s+/g, ' ');

/** A list of phrases, made ready to be looked for. */
export type Phrases = {
  /** The first phrase of the list that stands in one of these texts, as the owner wrote it, without quotation marks; or null. */
  find: (texts: readonly string[]) => string | null;
};

/** Straight, English, and German or Polish quotation marks. */
const QUOTED = /^["“„«]([^"“”„«»]*)["”“»]$/u;

type Phrase = { words: string; isWhole: boolean };

function phraseOf(line: string): Phrase {
  const quoted = QUOTED.exec(line.trim());
  return quoted ? { words: (quoted[1] ?? '').trim(), isWhole: true } : { words: line.trim(), isWhole: false };
}

const LETTER_AT_END = /[\p{Letter}\p{Number}]$/u;
const LETTER_AT_START = /^[\p{Letter}\p{Number}]/u;

/** No letter or number touches what stands from `start` to `end`. Two units: a letter may be a surrogate pair. */
const isAlone = (text: string, start: number, end: number): boolean =>
  !LETTER_AT_END.test(text.slice(Math.max(0, start - 2), start)) && !LETTER_AT_START.test(text.slice(end, end + 2));

/** Of what is looked for: which line asks for it anywhere, and which as whole words; the first of each, or the number of lines. */
type Asked = { anywhere: number; whole: number };

function askedFor(lines: readonly string[]): Map<string, Asked> {
  const asked = new Map<string, Asked>();
  lines.forEach((line, at) => {
    const { words, isWhole } = phraseOf(line);
    const needle = comparable(words).trim();
    const before = asked.get(needle) ?? { anywhere: lines.length, whole: lines.length };
    if (needle !== '') asked.set(needle, isWhole ? { ...before, whole: Math.min(before.whole, at) } : { ...before, anywhere: Math.min(before.anywhere, at) });
  });
  return asked;
}

/**
 * Makes a list of phrases ready to be looked for, folded, wherever their letters stand; one in quotation marks only as
 * whole words: no letter or number beside it. A blank line is no phrase. 60 000 are looked for in a small part of a
 * millisecond (docs/decisions/0024).
 */
export function phrasesOf(lines: readonly string[]): Phrases {
  const asked = askedFor(lines);
  const needles = needlesOf([...asked.keys()]);
  const anywhere = Uint32Array.from(asked.values(), (one) => one.anywhere);
  const whole = Uint32Array.from(asked.values(), (one) => one.whole);
  const find = (texts: readonly string[]): string | null => {
    let first = lines.length;
    for (const text of texts.map(comparable)) {
      needles.eachIn(text, (needle, start, end) => {
        first = Math.min(first, anywhere[needle] ?? first);
        const line = whole[needle] ?? first;
        if (line < first && isAlone(text, start, end)) first = line;
      });
    }
    const line = lines[first];
    return line === undefined ? null : phraseOf(line).words;
  };
  return { find };
}
