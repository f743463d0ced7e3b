import { SOURCE_MAX_CHARACTERS } from './schema';

// What WordPress.com and Jetpack's picture service are asked for in the query: the same picture in another size.
const SIZES = new Set(['w', 'h', 'crop', 'resize', 'fit', 'lb', 'ulb', 'zoom', 'quality', 'strip', 'ssl', 'allow_lossy']);
const FILES_HOST = /^[\w-]+\.files\.wordpress\.com$/;
const BLOG_HOST = /^([\w-]+)\.wordpress\.com$/;
/** Jetpack's picture service: the address of the picture follows as its path. */
const PHOTON_HOST = /^i[0-3]\.wp\.com$/;
const UPLOADS = /\/(?:wp-content\/(?:uploads|blogs\.dir)|files\/\d{4})\//;
const PICTURE = /\.(?:jpe?g|png|gif|webp|avif)$/i;
const SIZED = /-(\d{1,5})x(\d{1,5})(?=\.\w{3,4}$)/;
const SCALED = /-scaled(?=\.\w{3,4}$)/;
/** WordPress makes `-scaled` of what is longer than this on a side (`big_image_size_threshold`). */
const SCALED_SIDE_PX = 2_560;

type Parts = { protocol: string; host: string; path: string; search: string };

/** One way to write a path; null for what no file has. Never normalised: é has two spellings, and a server may have both. */
function pathOf(pathname: string): string | null {
  try {
    const path = pathname.split('/').map((segment) => encodeURIComponent(decodeURIComponent(segment))).join('/');
    return path.includes('%00') ? null : path;
  } catch {
    return pathname;
  }
}

function partsOf(address: string): Parts | null {
  const trimmed = address.trim();
  const whole = trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  if (whole.length > SOURCE_MAX_CHARACTERS || !/^https?:\/\//i.test(whole) || !URL.canParse(whole)) return null;
  const { protocol, host, pathname, search, username, password } = new URL(whole);
  const path = pathOf(pathname);
  return path === null || username !== '' || password !== '' ? null : { protocol, host, path, search };
}

const isUpload = ({ host, path }: Parts): boolean => FILES_HOST.test(host) || UPLOADS.test(path);

/** Without what asks for another size: only where that is known to be meant. */
function withoutSizes(parts: Parts): Parts {
  const isServed = PHOTON_HOST.test(parts.host) || (PICTURE.test(parts.path) && isUpload(parts));
  if (!isServed || parts.search === '') return parts;
  const left = parts.search.slice(1).split('&').filter((pair) => !SIZES.has(pair.split('=', 1)[0] ?? ''));
  return { ...parts, search: left.length > 0 ? `?${left.join('&')}` : '' };
}

/** The picture that Jetpack's service was to show; itself for all else. */
function withoutPhoton(parts: Parts): Parts {
  if (!PHOTON_HOST.test(parts.host)) return parts;
  const [, host = '', ...rest] = parts.path.split('/');
  const protocol = new URLSearchParams(parts.search).has('ssl') ? 'https:' : 'http:';
  const behind = /^[\w-]+(\.[\w-]+)+$/.test(host) && rest.length > 0 && !PHOTON_HOST.test(host) ? partsOf(`${protocol}//${host}/${rest.join('/')}`) : null;
  // What it was asked for besides sizes (a filter, say) makes another picture of it.
  return behind && withoutSizes(parts).search === '' ? behind : parts;
}

/** A blog at WordPress.com has its files at two hosts. */
function withFilesHost(parts: Parts): Parts {
  const [, blog] = BLOG_HOST.exec(parts.host) ?? [];
  const [, file] = /^\/wp-content\/uploads(\/.+)$/.exec(parts.path) ?? [];
  return blog && file ? { ...parts, host: `${blog}.files.wordpress.com`, path: file } : parts;
}

const fullSize = (parts: Parts): Parts => withoutSizes(withFilesHost(withoutPhoton(parts)));

/**
 * The key of MediaSource: host, path and query of the picture in full size, without scheme and fragment. What WordPress.com
 * is asked for in other sizes (`?w=`, `?resize=`, i0.wp.com/HOST/…) has one key. `-300x200` stays: it may be part of a
 * name, and two pictures never share a key; `candidates` knows of it. Null where nothing can be asked: no web address,
 * one with a password, a longer one than is kept.
 */
export function sourceAddress(address: string): string | null {
  const parts = partsOf(address);
  if (!parts) return null;
  const { host, path, search } = fullSize(parts);
  const key = `${host}${path}${search}`;
  return key.length > SOURCE_MAX_CHARACTERS ? null : key;
}

const written = ({ protocol, host, path, search }: Parts): string => `${protocol}//${host}${path}${search}`;

/** The file of which WordPress made this size, by its name; null where the name says nothing. */
function madeFrom(parts: Parts): Parts | null {
  const suffix = SIZED.test(parts.path) ? SIZED : SCALED;
  const path = parts.path.replace(suffix, '');
  return path !== parts.path && !/\/\.\w+$/.test(path) && PICTURE.test(path) && isUpload(parts) ? { ...parts, path, search: '' } : null;
}

/** What to ask for the file at an address, in this order: the full size first, the address as it was written last. None: nothing can be asked. */
export function candidates(address: string): string[] {
  const parts = partsOf(address);
  if (!parts) return [];
  const full = fullSize(parts);
  const original = madeFrom(full);
  // Behind the picture service the old site may be gone: it still has a copy.
  const copy = PHOTON_HOST.test(parts.host) ? [{ ...withoutSizes(parts), search: /[?&]ssl=/.test(parts.search) ? '?ssl=1' : withoutSizes(parts).search }] : [];
  return [...new Set([...(original ? [original] : []), full, ...copy, parts].map(written))].filter((candidate) => candidate.length <= SOURCE_MAX_CHARACTERS);
}

export type Fit = 'same' | 'perhaps' | 'other';

/**
 * Whether the picture found at a candidate is the one that an address names, of which WordPress made another size:
 * `perhaps`, where it may have been cut (a thumbnail) or its name only reads like a size, so that the address as written
 * is better; `other`, where it is too small to have been the original.
 */
export function fits(address: string, candidate: string, { width, height }: { width: number | null; height: number | null }): Fit {
  const [asked, found] = [partsOf(address), partsOf(candidate)];
  if (!asked || !found || sourceAddress(address) === sourceAddress(candidate)) return 'same';
  if (width === null || height === null) return 'other';
  const { path } = fullSize(asked);
  const [, w, h] = SIZED.exec(path) ?? [];
  if (w === undefined || h === undefined) return Math.max(width, height) > SCALED_SIDE_PX ? 'same' : 'other';
  const [toWidth, toHeight] = [Number(w), Number(h)];
  if (width < toWidth || height < toHeight) return 'other';
  // As WordPress rounds: within a pixel.
  const isWhole = Math.abs((height * toWidth) / width - toHeight) <= 1 || Math.abs((width * toHeight) / height - toWidth) <= 1;
  return isWhole ? 'same' : 'perhaps';
}
