import { cache } from 'react';
import { listMenu } from '@/lib/posts/menu';
import { keepUntilNextPublication } from '@/lib/posts/queries';
import { findSiteLook } from '@/lib/site/identity';
import { findSite } from '@/lib/site/queries';

/** So many pages the header has while the owner has set no links of its own. */
const HEADER_PAGES_MAX = 4;

/** The moment of this request, the same for everything that renders in it. */
export const requestTime = cache((): Date => new Date());

/** The site's settings, read once in a request. */
export const site = cache(findSite);

/** How the blog looks, read once in a request. */
export const look = cache(findSiteLook);

/** The header's links, read once in a request. Every page has them, and so is kept until the next post comes out at most. */
export const menu = cache(async () => {
  const links = look().then(({ menu: own }) => listMenu(own, HEADER_PAGES_MAX, requestTime()));
  const [shown] = await Promise.all([links, keepUntilNextPublication(requestTime())]);
  return shown;
});
