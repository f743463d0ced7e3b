import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { listPath } from '@/lib/posts/rules';
import { parsePageNumber } from '@/lib/posts/schema';
import { t } from '@/lib/words/t';
import { type Found, foundAs } from './found-as';
import { site } from './once';

/**
 * The page of a list that the rest of its address asks for: nothing is page 1, `page/N` page N.
 * `page/1` is sent to the list itself; anything else is not found.
 */
export function listPageOf(base: string, rest: string[] | undefined): number {
  if (rest === undefined) return 1;
  const page = rest.length === 2 && rest[0] === 'page' ? parsePageNumber(rest[1]!) : null;
  if (page === null) notFound();
  if (page === 1) permanentRedirect(base);
  return page;
}

type Listed = { about: Found['about']; description?: string; hasFeed?: boolean };

/** How one page of a list is found and shared; what describes the list describes its first page. `hasFeed`: there is a feed of it. */
export async function listMetadata(title: string, base: string, page: number, { about, description, hasFeed = false }: Listed): Promise<Metadata> {
  const list = { about, path: listPath(base, page), feeds: hasFeed ? [{ base, title }] : [] };
  if (page === 1) return foundAs({ ...list, title, description });
  const paged = (words: string) => t('layout.pages.paged', { title: words, page: String(page) });
  return foundAs({ ...list, title: paged(title), description: paged(t(`layout.about.${about}`, { title, blog: (await site()).title })) });
}
