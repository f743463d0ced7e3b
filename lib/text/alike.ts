import unhomoglyph from 'unhomoglyph';

// Inherited marks are the accents of Latin, Greek and Cyrillic; the vowels of Indic scripts are marks too, and matter.
const UNSEEN = /[\p{Script=Inherited}\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Other}\u2800]/gu;

const withoutCase = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKD').replace(UNSEEN, '');

/** Letters and digits; where there are none, the signs count. */
const letters = (text: string): string => text.replace(/[^\p{Letter}\p{Mark}\p{Number}]/gu, '') || text;

/**
 * A name as it is read, to be compared and never shown. Case, width, accents, blanks, punctuation and what cannot be seen
 * are folded away; where nothing but signs is left, the signs count. Empty for a name in which nothing can be seen.
 */
export const lookOf = (name: string): string => letters(withoutCase(name.normalize('NFKD').replace(UNSEEN, '')));

/** The same with letters of other scripts taken for what they look like, once as capitals and once as small letters. */
function shapesOf(name: string): string[] {
  const look = lookOf(name);
  return [look.toUpperCase(), look].map((written) => withoutCase(unhomoglyph(written)));
}

/**
 * Whether two names look alike: nobody may be called so beside the other. Source of what looks alike across scripts:
 * Unicode UTS 39, confusables. Limit: a name that mixes such capitals with such small letters may pass, and so may what
 * only resembles (“rn” and “m” do not pass, “Ruth A.” beside “Ruth” does).
 */
export function areAlike(one: string, other: string): boolean {
  if (lookOf(one) === lookOf(other)) return true;
  const [capitals, small] = shapesOf(one);
  const [otherCapitals, otherSmall] = shapesOf(other);
  return capitals === otherCapitals || small === otherSmall;
}
