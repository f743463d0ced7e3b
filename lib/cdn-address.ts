/** Who keeps copies of pages in front of the blog, and how it is told to forget some. Holds secrets: never to be logged. */
export type Cdn =
  | { kind: 'fastly'; token: string; serviceId: string }
  | { kind: 'cloudflare'; token: string; zoneId: string }
  | { kind: 'varnish'; hosts: string[] }
  | { kind: 'hook'; url: string; authorization: string | null };

const FASTLY = /^fastly:\/\/([\w.~-]+)@(\w+)\/?$/;
const CLOUDFLARE = /^cloudflare:\/\/([\w.~-]+)@([0-9a-fA-F]{32})\/?$/;
const VARNISH = /^varnish:\/\/([^/@?#\s]+)\/?$/;

/** Setting CDN as what it says; null when it is none of the four kinds. */
export function readCdn(value: string): Cdn | null {
  const [, fastlyToken, serviceId] = FASTLY.exec(value) ?? [];
  if (fastlyToken && serviceId) return { kind: 'fastly', token: fastlyToken, serviceId };
  const [, cloudflareToken, zoneId] = CLOUDFLARE.exec(value) ?? [];
  if (cloudflareToken && zoneId) return { kind: 'cloudflare', token: cloudflareToken, zoneId };
  const [, hosts] = VARNISH.exec(value) ?? [];
  if (hosts) return readHosts(hosts.split(','));
  return readHook(value);
}

function readHosts(hosts: string[]): Cdn | null {
  const isHost = (host: string) => URL.canParse(`http://${host}`) && new URL(`http://${host}`).hostname !== '';
  return hosts.every((host) => host !== '' && isHost(host)) ? { kind: 'varnish', hosts } : null;
}

function readHook(value: string): Cdn | null {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return null;
  const url = new URL(value);
  const { username, password } = url;
  // `fetch` takes no address with a password in it.
  Object.assign(url, { username: '', password: '', hash: '' });
  const authorization = username || password ? `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}` : null;
  return { kind: 'hook', url: url.href, authorization };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
