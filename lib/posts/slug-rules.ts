import { slugOf } from '../text/slug';
import { RESERVED_SLUGS, SLUG_MAX_CHARS } from './schema';

/** Whether an address word is one that was made of this title, the first or a later one (`-2`). */
export function isMadeOf(slug: string, title: string): boolean {
  const base = slugOf(title);
  return slug === base || (slug.startsWith(`${base}-`) && /^[2-9]$|^[1-9]\d+$/.test(slug.slice(base.length + 1)));
}

/** The nth word to be tried: `rain`, `rain-2` …, never longer than an address word may be. */
export function nthSlug(base: string, n: number): string {
  const end = n === 1 ? '' : `-${n}`;
  return base.slice(0, SLUG_MAX_CHARS - end.length).toWellFormed() + end;
}

/** Whether a page may not be called so: the blog itself answers there. */
export const isReserved = (kind: 'post' | 'page', slug: string): boolean => kind === 'page' && RESERVED_SLUGS.has(slug);

/** What somebody has typed as an address word, as one; empty: it is to be made of the title. */
export const wishedSlug = (typed: string): string => (typed.trim() === '' ? '' : slugOf(typed));
