import { parseUrl } from './links';

/** A video of another site that can be played here after a click. */
export type Player = {
  service: 'YouTube' | 'Vimeo';
  /** The page that shows it there. */
  watch: string;
  /** The document for a frame, from the service's host that sets no cookie where there is one. */
  player: string;
  /** Where its preview picture may be had, the largest first: a picture, or Vimeo's answer that names one. */
  previews: string[];
};

const videoId = /^[\w-]{5,20}$/;
const listId = /^[\w-]{2,64}$/;

/** Seconds of `90`, `90s`, `1m30s` or `1h2m3s`; 0 for anything else. */
function secondsOf(time: string): number {
  const found = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(time);
  if (!found) return 0;
  const [, hours = '0', minutes = '0', seconds = '0'] = found;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return total < 360_000 ? total : 0;
}

function youtubePlayer(url: URL, host: string): Player | null {
  const [first = '', second = ''] = url.pathname.split('/').filter(Boolean);
  const inPath = /^(?:embed|v|e|shorts|live|video)$/.test(first);
  const asked = host === 'youtu.be' ? first : inPath ? second : first === 'watch' ? (url.searchParams.get('v') ?? '') : '';
  const list = url.searchParams.get('list') ?? '';
  const id = videoId.test(asked) && asked !== 'videoseries' ? asked : '';
  const hasList = listId.test(list) && (id !== '' || first === 'playlist' || second === 'videoseries');
  if (!id && !hasList) return null;
  const hashTime = /^#t=(.+)$/.exec(url.hash)?.[1];
  const start = secondsOf(url.searchParams.get('start') ?? url.searchParams.get('t') ?? hashTime ?? '');
  const query = new URLSearchParams({ ...(start ? { start: `${start}` } : {}), ...(hasList ? { list } : {}) });
  const watchQuery = new URLSearchParams({
    ...(id ? { v: id } : {}), ...(hasList ? { list } : {}), ...(start ? { t: `${start}s` } : {}),
  });
  return {
    service: 'YouTube',
    watch: `https://www.youtube.com/${id ? 'watch' : 'playlist'}?${watchQuery}`,
    player: `https://www.youtube-nocookie.com/embed/${id || 'videoseries'}${query.size ? `?${query}` : ''}`,
    previews: id ? ['maxresdefault', 'hqdefault'].map((size) => `https://i.ytimg.com/vi/${id}/${size}.jpg`) : [],
  };
}

function vimeoPlayer(url: URL): Player | null {
  const found = /^\/(?:video\/|channels\/[\w-]+\/|groups\/[\w-]+\/videos?\/|album\/\d+\/video\/|showcase\/\d+\/video\/)?(\d{4,15})(?:\/([\da-f]{6,20}))?\/?$/.exec(url.pathname);
  if (!found) return null;
  const [, id, pathKey] = found;
  const key = pathKey ?? url.searchParams.get('h') ?? '';
  const hasKey = /^[\da-f]{6,20}$/.test(key);
  const watch = `https://vimeo.com/${id}${hasKey ? `/${key}` : ''}`;
  return {
    service: 'Vimeo',
    watch,
    player: `https://player.vimeo.com/video/${id}${hasKey ? `?h=${key}` : ''}`,
    previews: [`https://vimeo.com/api/oembed.json?url=${encodeURIComponent(watch)}`],
  };
}

/** The player for an address of YouTube (with start time and list) or Vimeo, in any form these sites have used; else null. */
export function playerOf(address: string): Player | null {
  const url = parseUrl(address.replace(/&(?:amp|#0?38);/g, '&'));
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const host = url.hostname.replace(/^(?:www|m|music|gdata)\./, '');
  if (host === 'youtube.com' || host === 'youtu.be' || host === 'youtube-nocookie.com') return youtubePlayer(url, host);
  return host === 'vimeo.com' || host === 'player.vimeo.com' ? vimeoPlayer(url) : null;
}
