/**
 * A name as the eye takes it, to be compared and never shown: two names with the same look are alike. Case, width, accents,
 * blanks, punctuation and what cannot be seen are folded away; where nothing but signs is left, the signs count. Empty for
 * a name in which nothing can be seen.
 * Limit: letters of one script that look like another's (Cyrillic “а”, Latin “a”) stay different.
 */
export function lookOf(name: string): string {
  // Inherited marks are the accents of Latin, Greek and Cyrillic; the vowels of Indic scripts are marks too, and matter.
  const seen = name.normalize('NFKD').replace(/[\p{Script=Inherited}\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Other}\u2800]/gu, '');
  // By way of capitals: the sharp s folds too. Which sigma comes out hangs on what follows.
  const folded = seen.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKD').replace(/\p{Script=Inherited}/gu, '');
  return folded.replace(/[^\p{Letter}\p{Mark}\p{Number}]/gu, '') || folded;
}

/** Whether two names look alike: nobody may be called so beside the other. */
export const areAlike = (one: string, other: string): boolean => lookOf(one) === lookOf(other);
