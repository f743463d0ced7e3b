import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { listPath } from '@/lib/posts/rules';
import { parsePageNumber } from '@/lib/posts/schema';
import { t } from '@/lib/words/t';
import { foundAs } from './found-as';

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

/** How one page of a list is found and shared. `hasFeed`: there is a feed of it. */
export function listMetadata(title: string, base: string, page: number, { description, hasFeed = false }: { description?: string; hasFeed?: boolean } = {}): Promise<Metadata> {
  return foundAs({ title: page === 1 ? title : t('layout.pages.paged', { title, page: String(page) }), description, path: listPath(base, page), feeds: hasFeed ? [{ base, title }] : [] });
}
