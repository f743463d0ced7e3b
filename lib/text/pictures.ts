import type { Element, ElementContent } from 'hast';
import { alignmentOf, isClickToLoad, pictureFigure, pictureLink } from './click-to-load';
import { classesOf, element, isBlank, isElement, property, text } from './html-tree';
import { hostOf, isRelative, parseUrl, webUrl } from './links';

// Where lazy loaders of WordPress's themes and plugins keep the real address.
const beforeSrc = ['dataSrc', 'dataLazySrc', 'dataOriginal'];
const afterSrc = ['dataOrigFile', 'dataLargeFile', 'dataMediumFile'];
const sets = ['srcSet', 'dataSrcSet', 'dataSrcset', 'dataLazySrcSet', 'dataLazySrcset'];
const standIn = /\/(?:blank|spacer|pixel|placeholder|1x1|transparent)\.(?:gif|png|svg)$/i;
const pictureFile = /\.(?:jpe?g|png|gif|webp|avif|bmp|svg|tiff?)$/i;

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

/** Where the picture of an `<img>` really is, looked for where lazy loaders hide it too; empty when nowhere. */
export function pictureAddress(img: Element): string {
  const read = (names: string[]) => names.map((name) => property(img, name));
  return [...read(beforeSrc), property(img, 'src'), ...read(sets).map(largestOf), ...read(afterSrc)].find(canBeShown)?.trim() ?? '';
}

/** The path of a picture kept by this blog, or null. Only such a picture is ever loaded by a page itself. */
function ownPath(address: string): string | null {
  const url = parseUrl(address);
  if (!url || !isRelative(address) || !url.pathname.startsWith('/media/')) return null;
  return url.pathname + url.search;
}

function ownPicture(img: Element, path: string): Element {
  const size = (name: string) => (/^\d{1,5}$/.test(property(img, name)) ? { [name]: property(img, name) } : {});
  const properties = { src: path, alt: property(img, 'alt'), ...size('width'), ...size('height'), loading: 'lazy' };
  return element('img', properties, []);
}

const isCounter = (img: Element): boolean => /^[01](?:px)?$/.test(property(img, 'width')) && /^[01](?:px)?$/.test(property(img, 'height'));
const isSmiley = (img: Element): boolean => classesOf(img).some((name) => /^(?:emoji|wp-smiley)$/.test(name));

export type Note = (unusable: string) => void;

/**
 * What is shown for an `<img>`: the picture itself if we keep it, else a link that shows it; words for a smiley.
 * `around` is the address of the link it stands in. `loads` says whether it shows by itself and may keep that link.
 */
function shownFor(img: Element, around: string, note: Note): { nodes: ElementContent[]; loads: boolean } {
  const alt = property(img, 'alt');
  const words = (value: string) => ({ nodes: value.trim() ? [text(value)] : [], loads: true });
  if (isSmiley(img)) return words(alt || property(img, 'title'));
  if (isCounter(img)) return words('');
  const address = pictureAddress(img);
  const own = ownPath(address);
  if (own !== null) return { nodes: [ownPicture(img, own)], loads: true };
  const url = webUrl(address);
  if (!url) {
    note('a picture without a usable address');
    return words(alt);
  }
  const larger = webUrl(around);
  if (larger && pictureFile.test(larger.pathname)) return { nodes: [pictureLink(larger, alt)], loads: false };
  const isElsewhere = larger && !/attachment_id=|[?&]attachment|\/attachment\//.test(larger.search + larger.pathname);
  const link = isElsewhere ? [text(' '), element('a', { href: around }, [text(hostOf(larger))])] : [];
  return { nodes: [pictureLink(url, alt), ...link], loads: false };
}

/** All pictures of inline nodes as what is shown for them; a link around one is undone unless words stand in it. */
function withPictures(nodes: ElementContent[], around: string, note: Note): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== 'element' || isClickToLoad(node)) return [node];
    if (node.tagName === 'img') return shownFor(node, around, note).nodes;
    if (node.tagName !== 'a') return [{ ...node, children: withPictures(node.children, around, note) }];
    const isAttachment = property(node, 'rel').includes('attachment');
    const href = isAttachment && !pictureFile.test(parseUrl(property(node, 'href'))?.pathname ?? '') ? '' : property(node, 'href');
    const children = withPictures(node.children, href, note);
    const { inside, outside } = withoutLinks(children);
    if (inside.every(isBlank) && outside.length > 0) return outside;
    return [{ ...node, children: inside }, ...outside.filter(isClickToLoad).flatMap((link) => [text(' '), link])];
  });
}

/** Parts what may stand in a link from the links that have come to stand in it. */
function withoutLinks(nodes: ElementContent[]): { inside: ElementContent[]; outside: ElementContent[] } {
  const inside: ElementContent[] = [];
  const outside: ElementContent[] = [];
  for (const node of nodes) {
    if (isElement(node, 'a')) outside.push(node);
    else if (isElement(node)) {
      const parts = withoutLinks(node.children);
      if (!parts.inside.every(isBlank) || node.children.length === 0) inside.push({ ...node, children: parts.inside });
      outside.push(...parts.outside);
    } else inside.push(node);
  }
  return { inside, outside };
}

/** Whether inline nodes show nothing but pictures (whatever links and emphasis stand around them). */
function isOnlyPictures(nodes: ElementContent[]): boolean {
  const seen = nodes.filter((node) => !isBlank(node) && !isElement(node, 'br'));
  return seen.length > 0 && seen.every((node) => isElement(node) && (node.tagName === 'img' || isOnlyPictures(node.children)));
}

/** Figures for a line of inline nodes that shows nothing but pictures; null when it shows anything else. */
export function pictureFigures(line: ElementContent[], classes: string[], note: Note): ElementContent[] | null {
  if (!isOnlyPictures(line)) return null;
  const shown = withPictures(line, '', note).filter((node) => !isBlank(node));
  if (!shown.some(isClickToLoad)) return null;
  const figures: Element[] = [];
  for (const node of shown) {
    const last = figures.at(-1);
    if (isClickToLoad(node) || !last) figures.push(pictureFigure(node as Element, classes));
    else last.children.push(element('figcaption', {}, [node]));
  }
  return figures.every(({ children: [first] }) => first && isClickToLoad(first)) ? figures : null;
}

/** Inline nodes with what is shown for each picture among them. */
export const inlinePictures = (nodes: ElementContent[], note: Note): ElementContent[] => withPictures(nodes, '', note);

/** The classes that an `<img>` alone on its line, or a link around it, gives to its figure. */
export function alignmentWithin(nodes: ElementContent[]): string[] {
  return nodes.flatMap((node) => (isElement(node) ? [...alignmentOf(node), ...alignmentWithin(node.children)] : []));
}
