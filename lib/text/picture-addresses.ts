import type { Element } from 'hast';
import { classesOf, property } from './html-tree';
import { parseUrl } from './links';
import type { Attachment, OldSite } from './old-site';
import { wholeAddress } from './own-media';

// Where lazy loaders of WordPress's themes and plugins keep the real address.
const full = ['dataOrigFile', 'dataFullUrl'];
const lazy = ['dataSrc', 'dataLazySrc', 'dataOriginal', 'dataLargeFile'];
const sets = ['srcSet', 'dataSrcSet', 'dataSrcset', 'dataLazySrcSet', 'dataLazySrcset'];
const standIn = /\/(?:blank|spacer|pixel|placeholder|1x1|transparent)\.(?:gif|png|svg)$/i;
const pictureFile = /\.(?:jpe?g|jpe|png|gif|webp|avif|bmp|svg|tiff?|heic)$/i;

/** Whether the address is one of a picture file, by its name. */
export const isPictureFile = (address: string): boolean => pictureFile.test(parseUrl(address)?.pathname ?? '');

/** The address with the greatest width or density in a `srcset`. */
function largestOf(srcSet: string): string {
  const candidates = srcSet.split(/,\s+/).map((candidate) => candidate.trim().split(/\s+/));
  const sized = candidates.map(([url = '', size = '1x']) => ({ url, size: Number.parseFloat(size) || 0 }));
  return sized.sort((a, b) => b.size - a.size)[0]?.url ?? '';
}

function canBeShown(address: string): boolean {
  const url = parseUrl(address);
  return url !== null && address.trim() !== '' && /^https?:$/.test(url.protocol) && !standIn.test(url.pathname);
}

/** What the old site said of the picture when it was uploaded. */
export function attachmentOf(img: Element, { attachments }: Pick<OldSite, 'attachments'>): Attachment | null {
  const named = classesOf(img).map((name) => /^wp-image-(\d+)$/.exec(name)?.[1]).find(Boolean);
  const number = named ?? (property(img, 'dataAttachmentId') || property(img, 'dataId'));
  return attachments.get(number) ?? null;
}

/**
 * Where the picture of an `<img>` really is: whole addresses, the best first, each once. `around` is the address of the
 * link that it stands in: often the full size.
 */
export function pictureAddresses(img: Element, around: string, site: Pick<OldSite, 'attachments' | 'base'>): string[] {
  const read = (names: string[]) => names.map((name) => property(img, name));
  const written = [
    isPictureFile(around) ? around : '', attachmentOf(img, site)?.url ?? '', ...read(full), ...read(sets).map(largestOf), ...read(lazy),
    property(img, 'src'), property(img, 'dataMediumFile'),
  ];
  return [...new Set(written.filter(canBeShown).flatMap((address) => wholeAddress(address, site) ?? []))];
}

/** Where the picture of an `<img>` is, when nothing is known but its own attributes; empty when nowhere. */
export const pictureAddress = (img: Element): string => pictureAddresses(img, '', { attachments: new Map(), base: null })[0] ?? '';
