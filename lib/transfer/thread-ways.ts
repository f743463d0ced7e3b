import type { ImportedThread } from './form';
import { blogSource, pathOfLink } from './rules';

/** One way to find the post that comments stand under: an address it has or had here, or the number it had on a WordPress blog. */
export type ThreadWay = { path: string | null; number: string | null; source: string | null };

// What is added to a post's address for one view of it.
const VIEW = /\/(?:comment-page-\d+|amp|index\.html?|page\/\d+|\d{1,3})$/;

function numberOf(url: URL): string | null {
  const number = url.searchParams.get('p') ?? url.searchParams.get('page_id') ?? '';
  return /^\d{1,18}$/.test(number) ? number.replace(/^0+(?=\d)/, '') : null;
}

function waysOfAddress(address: string): ThreadWay[] {
  const base = address.startsWith('/') ? 'https://relative.invalid' : undefined;
  if (!URL.canParse(address, base)) return [];
  const url = new URL(address, base);
  const number = numberOf(url);
  const path = pathOfLink(address);
  const paths = path === null ? [] : VIEW.test(path) ? [path, path.replace(VIEW, '')] : [path];
  return [
    ...paths.filter(Boolean).map((way) => ({ path: way, number: null, source: null })),
    ...(number === null ? [] : [{ path: null, number, source: blogSource(new URL(url.pathname, url).href) }]),
  ];
}

/** The ways to the post of a thread, the surest first. None where its addresses say nothing (a front page, no address). */
export const waysOf = (thread: ImportedThread): ThreadWay[] => [...waysOfAddress(thread.address.trim()), ...waysOfAddress(thread.otherAddress.trim())];
