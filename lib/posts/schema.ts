export const SLUG_MAX_CHARS = 200;
/** Beyond it an address of a list is not looked up at all. */
export const PAGE_NUMBER_MAX = 100_000;

/** First path segments that belong to the blog itself: no page may take one as its slug. `privacy` may be taken. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  'account', 'admin', 'api', 'archive', 'author', 'authors', 'broken', 'categories', 'category', 'comments', 'enhance',
  'favicon.ico', 'feed', 'feed.json', 'feed.xml', 'healthz', 'media', 'metrics', 'missing', 'page', 'posts', 'readyz',
  'robots.txt', 'search', 'sign-in', 'sitemap.xml', 'speculation-rules.json', 'tag', 'tags', '_next',
]);

/** A percent-encoded part of an address, or null where it does not decode. */
export function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/**
 * The one form in which an old address is kept (`Redirect.path`) and looked up: begins with a slash, segments decoded
 * once, NFC, no empty segment, so no last slash, no NUL (PostgreSQL takes none). An undecodable segment stays as written.
 */
export function canonicalPath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  return `/${segments.map((segment) => decoded(segment) ?? segment).join('/')}`.replaceAll('\0', '').normalize('NFC');
}
