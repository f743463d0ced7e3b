import type { Element } from 'hast';
import { parseUrl } from './links';
import { property } from './html-tree';

// Where lazy loaders of WordPress themes and plugins keep the real address, best first.
const lazySources = ['dataSrc', 'dataLazySrc', 'dataOriginal', 'dataOrigFile', 'dataLargeFile', 'dataMediumFile'];
const lazySets = ['srcSet', 'dataSrcset', 'dataLazySrcset'];

/** The address with the greatest width or density in a `srcset`. */
function largestOf(srcSet: string): string {
  const candidates = srcSet
    .split(/,\s+/)
    .map((candidate) => candidate.trim().split(/\s+/))
    .map(([url = '', size = '1x']) => ({ url, size: Number.parseFloat(size) || 0 }));
  return candidates.sort((a, b) => b.size - a.size)[0]?.url ?? '';
}

const canBeShown = (address: string): boolean => {
  const url = parseUrl(address);
  return address.trim() !== '' && /^https?:$/.test(url?.protocol ?? '') && !/\/(?:blank|spacer|pixel|placeholder|1x1)\.(?:gif|png|svg)$/i.test(url?.pathname ?? '');
};

/** Where the picture of an `<img>` really is, looked for where lazy loaders hide it too; empty when nowhere. */
export function pictureAddress(img: Element): string {
  const lazy = lazySources.slice(0, 3).map((name) => property(img, name));
  const rest = lazySources.slice(3).map((name) => property(img, name));
  const sets = lazySets.map((name) => largestOf(property(img, name)));
  return [...lazy, property(img, 'src'), ...sets, ...rest].find(canBeShown) ?? '';
}
