import { cache } from 'react';
import { keepUntilNextPublication, listMenuPages } from '@/lib/posts/queries';
import { postPath } from '@/lib/posts/rules';
import { findSite } from '@/lib/site/queries';

const HEADER_LINKS_MAX = 4;

/** The moment of this request, the same for everything that renders in it. */
export const requestTime = cache((): Date => new Date());

/** The site's settings, read once in a request. */
export const site = cache(findSite);

/** The header's links, read once in a request. Every page has them, and so is kept until the next post comes out at most. */
export const menu = cache(async () => {
  const [pages] = await Promise.all([listMenuPages(HEADER_LINKS_MAX, requestTime()), keepUntilNextPublication(requestTime())]);
  return pages.map((page) => ({ href: postPath({ kind: 'page', slug: page.slug }), title: page.title }));
});
