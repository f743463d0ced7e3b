import type { OldSite } from './old-site';
import { isRelative, parseUrl, webUrl } from './links';

/** A file that this blog keeps. `path` is its address here; the size of pictures and films in pixels where it is known. */
export type OwnMedia = { path: string; kind: 'image' | 'video' | 'audio' | 'file'; width: number | null; height: number | null };

/** What a post would show if it could be had: whole addresses in the order in which they are to be tried (full size first). */
export type Wanted = { kind: 'picture' | 'preview' | 'file'; addresses: string[]; alt: string };

/** The addresses of kept files. Nothing else is ever loaded by a page itself. */
export const OWN_PATH = /^\/media\/\w[\w.-]*$/;

/** The path of a file kept by this blog, or null. */
export function keptMediaPath(address: string): string | null {
  const url = parseUrl(address);
  return url && isRelative(address) && OWN_PATH.test(url.pathname) && !url.search ? url.pathname : null;
}

/** The address as it is asked for: whole, and a relative one from where the post once stood; null if that cannot be. */
export function wholeAddress(address: string, { base }: Pick<OldSite, 'base'>): string | null {
  const whole = webUrl(address);
  if (whole || !base || address.trim() === '' || !isRelative(address) || keptMediaPath(address) !== null) return whole?.href ?? null;
  return webUrl(URL.canParse(address.trim(), base) ? new URL(address.trim(), base).href : '')?.href ?? null;
}

/** The first of the addresses that is kept here, as one of these kinds. */
export function keptHere(addresses: string[], kinds: OwnMedia['kind'][], { media }: Pick<OldSite, 'media'>): OwnMedia | null {
  for (const address of addresses) {
    const own = media(address);
    if (own && kinds.includes(own.kind) && OWN_PATH.test(own.path)) return own;
  }
  return null;
}

/** Of one picture; beyond them a further address is not tried. */
const MAX_ADDRESSES = 12;

/** Gathers what a post wants, each once and in order; a file known by a further address brings that along. */
export class WantedList {
  readonly list: Wanted[] = [];
  private readonly known = new Map<string, Wanted>();

  add({ kind, addresses, alt }: Wanted): void {
    const [first] = addresses;
    if (first === undefined) return;
    let wanted = this.known.get(first);
    if (!wanted) this.list.push((wanted = { kind, addresses: [], alt }));
    else wanted.alt ||= alt;
    for (const address of addresses) {
      if (wanted.addresses.length < MAX_ADDRESSES && !wanted.addresses.includes(address)) wanted.addresses.push(address);
      if (!this.known.has(address)) this.known.set(address, wanted);
    }
  }
}
