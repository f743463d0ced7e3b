/** What every link written by a reader carries. */
export const READER_REL = ['nofollow', 'ugc', 'noopener'];

// A base that no address can have, to tell relative addresses from whole ones.
const NOWHERE = 'https://relative.invalid';

/** The address as a browser would read it, or null if it could not; a relative one stands on a host nobody has. */
export function parseUrl(address: string): URL | null {
  try {
    return new URL(address.trim(), NOWHERE);
  } catch {
    return null;
  }
}

/** The address if it is a whole one of the web (http or https), else null. `//host/path` counts as https. */
export function webUrl(address: string): URL | null {
  const url = parseUrl(address);
  return url && /^https?:$/.test(url.protocol) && url.origin !== NOWHERE ? url : null;
}

/** Whether the address stays on the page's own host: a path, a query or a fragment. */
export function isRelative(address: string): boolean {
  return parseUrl(address)?.origin === NOWHERE;
}

/** The host as a reader knows it: `www.` left out. */
export const hostOf = (url: URL): string => url.hostname.replace(/^www\./, '');
