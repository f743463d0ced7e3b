import { printXml, xml } from './xml';

/** An address, whole, and when what stands there was changed last; null: not known. */
export type SitemapEntry = { address: string; changedAt: Date | null };

const XMLNS = 'http://www.sitemaps.org/schemas/sitemap/0.9';

const print = (root: string, each: string, entries: readonly SitemapEntry[]): string =>
  printXml(xml(root, { xmlns: XMLNS }, ...entries.map(({ address, changedAt }) => xml(each, {}, xml('loc', {}, address), changedAt && xml('lastmod', {}, changedAt.toISOString())))));

/** A sitemap (sitemaps.org/protocol.html): at most 50 000 addresses. */
export const printSitemap = (entries: readonly SitemapEntry[]): string => print('urlset', 'url', entries);

/** An index of sitemaps. */
export const printSitemapIndex = (entries: readonly SitemapEntry[]): string => print('sitemapindex', 'sitemap', entries);
