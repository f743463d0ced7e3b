/** Nothing that a lost purge left wrong lives longer. */
const MAX_AGE_SECONDS = 3_600;
// Fastly takes 16 KB of keys, Cloudflare too, but a proxy on the way often no more than 8 KB in a line.
const TAGS_MAX_BYTES = 4_096;

/** Carried by a page that shows more posts than it can name; purged with every `post:ID`. */
export const MANY_POSTS = 'many-posts';

/** How many seconds a CDN may keep an answer: an hour at most, and not beyond `until`, in milliseconds since 1970 or Infinity. 0: not at all. */
export const cdnMaxAge = (until: number, now: number): number => Math.min(MAX_AGE_SECONDS, Math.max(0, Math.floor((until - now) / 1_000)));

/**
 * The headers by which a CDN keeps an answer for `maxAgeSeconds` and finds it again by its tags, for 200 and 304 alike.
 * Browsers do not heed them. None when it may not be kept: to be given only to what is the same for everybody and was
 * still right when sent, for a purge that has already passed does not come back for it.
 * Sources: RFC 9213 (CDN-Cache-Control); Fastly's Surrogate-Control and Surrogate-Key, divided by spaces; Cloudflare's Cache-Tag, by commas.
 */
export function cdnHeaders(tags: Iterable<string>, maxAgeSeconds: number): Record<string, string> {
  const seconds = Math.min(MAX_AGE_SECONDS, Math.floor(maxAgeSeconds));
  if (!(seconds > 0)) return {};
  const named = shortened([...new Set(['site', ...tags])]);
  return {
    'CDN-Cache-Control': `public, max-age=${seconds}`,
    'Surrogate-Control': `max-age=${seconds}`,
    'Surrogate-Key': named.join(' '),
    'Cache-Tag': named.join(','),
  };
}

function shortened(tags: string[]): string[] {
  const isShort = tags.join(' ').length <= TAGS_MAX_BYTES;
  return isShort ? tags : [...tags.filter((tag) => !tag.startsWith('post:')), MANY_POSTS];
}
