import { UPLOAD_PATH } from '../lib/media/schema';
import { READS_PATH } from '../lib/reads/schema';
import { OLD_QUERY_NAMES, OLD_QUERY_NAMES_ELSEWHERE, RESERVED_SLUGS } from '../lib/posts/schema';

const isBelow = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);

/** The desk: pages that run in the browser, behind a nonce. Everything else that is HTML is a reader's document. */
export const isDesk = (path: string): boolean => ['/admin', '/account', '/sign-in', '/decide'].some((root) => isBelow(path, root));

// Where a post or page with a password is read, and the box of a post. A post may be called `read`, a category too.
const BELOW_POST = /^\/posts\/[^/]+\/(?:reply|read)(?:\/|$)/;
const BELOW_PAGE = /^\/([^/]+)\/read(?:\/|$)/;
const isReadPage = (path: string): boolean => !RESERVED_SLUGS.has(BELOW_PAGE.exec(path)?.[1] ?? 'posts');

/** Answers that are for one person, or for those who were let in, and are kept nowhere. */
export const isPersonal = (path: string): boolean =>
  isDesk(path) || isBelow(path, '/api') || isBelow(path, '/preview') || isBelow(path, '/subscriptions') || isBelow(path, '/receipts') || path.startsWith('/privacy/') || path === '/signed-in' || path === '/search' ||
  BELOW_POST.test(path) || isReadPage(path) || /^\/comments\/[^/.]+(\/report|\/receipt)?$/.test(path);

/** Next's own files and, in development, its tools. */
export const isNextOwn = (path: string): boolean => isBelow(path, '/_next') || path.startsWith('/__nextjs');

/** Pages shown in place of what Next leaves empty after `notFound()` or an error. They have addresses of their own. */
export const OWN_PAGES = { 404: '/missing', 500: '/broken' } as const;

export const isOwnPage = (path: string): boolean => Object.values<string>(OWN_PAGES).includes(path);

// What is below these is ours, and a query says nothing there.
const OWN_ROOTS = ['/posts', '/categories', '/tags', '/authors', '/archive', '/page', '/comments', '/pictures', '/media', '/enhance', '/privacy', '/feed.xml', '/feed.json', '/sitemap.xml', '/sitemaps', '/robots.txt', '/share.jpg'];

/** What of a query an old blog's address may be asked for: another answer than that of the path alone. */
function oldNamesFor(path: string): readonly string[] {
  if (path === '/' || path === '/index.php') return OLD_QUERY_NAMES;
  return OWN_ROOTS.some((root) => isBelow(path, root)) ? [] : OLD_QUERY_NAMES_ELSEWHERE;
}

/**
 * Whether the answer is the same for everybody who asks for this path, whatever else the query says: `?utm_source=…` and
 * `?replytocom=…` change nothing.
 */
export function isForEveryone(path: string, search: string): boolean {
  if (isPersonal(path) || isNextOwn(path)) return false;
  if (search === '') return true;
  const names = oldNamesFor(path);
  if (names.length === 0) return true;
  const asked = new URLSearchParams(search);
  return !names.some((name) => asked.has(name));
}

/** A path that decodes, written as every address of ours is: of all ways to write it one. */
export const plainPath = (path: string): string => path.split('/').map((segment) => encodeURIComponent(decodeURIComponent(segment).normalize('NFC'))).join('/');

/** Where Next's router finds the data of a page beside it. Our pages are documents, and the desk asks by headers. */
export const isRouterData = (path: string): boolean => /\.rsc$|\.segments(\/|$)/.test(path);

/** What the server answers by itself for owners who move house: pieces of a file, and files. Its body is no form. */
export const isMoving = (path: string): boolean => path.startsWith('/admin/moving/');

/** Where a file comes into the library. Its body is no form, either. */
export const isMediaUpload = (path: string): boolean => path === UPLOAD_PATH;

/** Where a reader's browser tells that a post is read. */
export const isToldRead = (path: string): boolean => path.startsWith(`${READS_PATH}/`);
