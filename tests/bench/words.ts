import { SAMPLE_POSTS } from '../../prisma/sample-posts';

const FIRST = ['Ada', 'Bruno', 'Carla', 'Deniz', 'Edda', 'Farid', 'Grete', 'Hannes', 'Ines', 'Jonas', 'Kamala', 'Levin', 'Mina', 'Noor', 'Oskar', 'Paula', 'Quentin', 'Ruth', 'Selma', 'Tomasz'];
const LAST = ['Albers', 'Brandt', 'Costa', 'Demir', 'Engel', 'Fuchs', 'Gruber', 'Holm', 'Ivanov', 'Jansen', 'Keller', 'Lind', 'Marin', 'Novak', 'Olsen', 'Petrov', 'Rossi', 'Silva', 'Toth', 'Weber'];

// The words of the sample blog, each as often as it stands there: a text of them is as long, and as hard to compress, as what people write.
const WORDS = SAMPLE_POSTS.flatMap(({ html, comments = [] }) => [html, ...comments.map(({ text }) => text)])
  .join(' ').replace(/<[^>]*>|https?:\S+/g, ' ').match(/[\p{L}’]+[.,]?/gu) ?? [];

/** The different words of the sample blog, without their signs, the most common first. */
export const commonWords: readonly string[] = [...counted(WORDS.map((word) => word.replace(/[.,]$/, '').toLowerCase()))]
  .sort(([one, often], [other, oftener]) => oftener - often || (one < other ? -1 : 1)).map(([word]) => word);

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Numbers from 0 up to 1, the same for the same seed in every run (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)]!;

/** So many words of the sample blog in any order. */
export const prose = (words: number, random: () => number): string => Array.from({ length: words }, () => pick(WORDS, random)).join(' ');

/** A first and a last name. */
export const personName = (random: () => number): string => `${pick(FIRST, random)} ${pick(LAST, random)}`;
