/** Places that readers know by name, by their host without `www.`. */
const KNOWN: Record<string, string> = {
  'bsky.app': 'Bluesky', 'facebook.com': 'Facebook', 'github.com': 'GitHub', 'goodreads.com': 'Goodreads', 'instagram.com': 'Instagram', 'ko-fi.com': 'Ko-fi', 'linkedin.com': 'LinkedIn',
  'medium.com': 'Medium', 'patreon.com': 'Patreon', 'pinterest.com': 'Pinterest', 'reddit.com': 'Reddit', 'snapchat.com': 'Snapchat', 'soundcloud.com': 'SoundCloud', 'open.spotify.com': 'Spotify', 'steadyhq.com': 'Steady',
  'substack.com': 'Substack', 't.me': 'Telegram', 'telegram.me': 'Telegram', 'threads.net': 'Threads', 'threads.com': 'Threads', 'tiktok.com': 'TikTok', 'tumblr.com': 'Tumblr', 'twitch.tv': 'Twitch', 'twitter.com': 'Twitter (X)',
  'vimeo.com': 'Vimeo', 'wa.me': 'WhatsApp', 'whatsapp.com': 'WhatsApp', 'x.com': 'Twitter (X)', 'youtube.com': 'YouTube',
};

export type SocialLink = { href: string; name: string };

// A regional or mobile host is still that place: `de.linkedin.com`.
const knownName = (host: string): string | undefined => KNOWN[host] ?? KNOWN[host.split('.').slice(-2).join('.')];

function partsOf(href: string): { place: string; whole: string } {
  if (!URL.canParse(href)) return { place: href, whole: href };
  const url = new URL(href);
  const host = url.hostname.replace(/^www\./, '');
  const [first = ''] = url.pathname.split('/').filter(Boolean);
  // `https://mastodon.social/@ines`: on whatever host, that is how the Fediverse names people.
  if (/^@[\w.-]+$/.test(first) && knownName(host) === undefined) return { place: `${first}@${host}`, whole: `${first}@${host}` };
  const path = url.pathname.replace(/\/$/, '');
  return { place: knownName(host) ?? host, whole: knownName(host) ? `${knownName(host)}: ${path.slice(1) || host}` : `${host}${path}` };
}

/** Links to where the author is found elsewhere, each by a name of its own: the place alone, or more of the address where two are at one place. */
export function socialLinks(addresses: string[]): SocialLink[] {
  const parts = addresses.map((href) => ({ href, ...partsOf(href) }));
  const isAlone = (place: string) => parts.filter((one) => one.place === place).length === 1;
  return parts.map(({ href, place, whole }) => ({ href, name: isAlone(place) ? place : whole }));
}
