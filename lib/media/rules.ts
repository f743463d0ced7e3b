import { FILE_NAME_MAX_CHARACTERS, HUES, type Monogram } from './schema';

/** Where a kept picture stands: its name is the SHA-256 of its bytes. */
export const picturePath = (sha256: string): string => `/pictures/${sha256}.webp`;

/** The SHA-256 in the name of a picture as `picturePath` gives it; null for any other name. */
export const sha256OfName = (name: string): string | null => /^([0-9a-f]{64})\.webp$/.exec(name)?.[1] ?? null;

/** The columns of a person that `shownPicture` asks for. */
export const pictureColumns = { showPicture: true, picture: { select: { sha256: true } } } as const;

type Pictured = { showPicture: boolean; picture: { sha256: string } | null };

/** The path of a person's picture where they let it be shown; null for a guest, and where nobody may know who it is. */
export const shownPicture = (person: Pictured | null): string | null =>
  person?.showPicture && person.picture ? picturePath(person.picture.sha256) : null;

/** What the file at a web address is called, for people: the last part of its path, readable; '' where it has none. */
export function nameOfAddress(address: string): string {
  const last = URL.canParse(address) ? (new URL(address).pathname.split('/').at(-1) ?? '') : '';
  return decoded(last).replace(/[\p{C}/\\]+/gu, ' ').trim().slice(0, FILE_NAME_MAX_CHARACTERS);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const firstGrapheme = (text: string): string => segmenter.segment(text)[Symbol.iterator]().next().value?.segment ?? '';

// A letter or digit that is seen: fillers are letters too, and empty.
const BEGINS_NAME = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{Nd}]|\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
// Two of these stand side by side as initials do; others are too wide, or would join.
const PAIRED = /^[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}\p{sc=Georgian}\p{sc=Hebrew}\p{Nd}]/u;
// Its capitals are for whole words in capitals only.
const WITHOUT_CAPITALS = /^\p{sc=Georgian}/u;
const NAMELESS = '?';
// The longest emoji take ten code points; a letter under a heap of marks would cover its neighbours.
const EMOJI_MAX_CODE_POINTS = 10;
const LETTER_MAX_CODE_POINTS = 4;

function initialOf(word: string): string | null {
  const at = word.search(BEGINS_NAME);
  if (at < 0) return null;
  const grapheme = firstGrapheme(word.slice(at));
  const isLetter = /^[\p{L}\p{Nd}]/u.test(grapheme) && !/\uFE0F/.test(grapheme);
  const shown = [...grapheme].slice(0, isLetter ? LETTER_MAX_CODE_POINTS : EMOJI_MAX_CODE_POINTS).join('');
  return WITHOUT_CAPITALS.test(shown) ? shown : firstGrapheme(shown.toUpperCase());
}

/**
 * What stands in place of a picture: the initials of the first and last word of a name, as its script has them (one
 * where two would not fit), and a hue. The same for the same name, whatever its case and spaces; never empty.
 */
export function monogramOf(name: string): Monogram {
  const words = name.normalize('NFC').trim().split(/\s+/);
  const initials = words.map(initialOf).filter((initial) => initial !== null);
  const [first = firstGrapheme(words[0] ?? '') || NAMELESS, last] = [initials[0], initials.length > 1 ? initials.at(-1) : undefined];
  const letters = last !== undefined && PAIRED.test(first) && PAIRED.test(last) ? first + last : first;
  return { letters, hue: hueOf(words.join(' ').toLowerCase()) };
}

/** FNV-1a over the code points, 32 bits. */
function hueOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  // The lowest bits of FNV-1a are its weakest.
  return (hash >>> 8) % HUES;
}
