import type { Element, ElementContent } from 'hast';
import { t } from '../words/t';
import { alignmentOf, isVideoLink } from './click-to-load';
import { append, classesOf, element, isBlank, isElement, property, text } from './html-tree';
import { hostOf, webUrl } from './links';
import type { OldSite } from './old-site';
import { ownImage, sizeWritten, writtenImage } from './own-image';
import { keptHere, wholeAddress } from './own-media';
import { attachmentOf, isPictureFile, pictureAddresses } from './picture-addresses';
import { isPictureLink, pictureLink } from './picture-link';

const isCounter = (img: Element): boolean =>
  (/^[01](?:px)?$/.test(property(img, 'width')) && /^[01](?:px)?$/.test(property(img, 'height'))) ||
  /^(?:(?:pixel|stats)\.(?:wp|wordpress)\.com|feeds\.(?:wordpress|feedburner)\.com)$/.test(webUrl(property(img, 'src'))?.hostname ?? '');
const isSmiley = (img: Element): boolean =>
  classesOf(img).some((name) => /^(?:emoji|wp-smiley)$/.test(name)) || /\/wp-includes\/images\/smilies\//.test(property(img, 'src'));
const isAttachmentPage = (url: URL): boolean => /attachment_id=|[?&]attachment|\/attachment\//.test(url.search + url.pathname);

/** Whether the node stands for a picture or a video, and is as it should be. */
export const isStandIn = (node: ElementContent | undefined): boolean => isPictureLink(node) || isVideoLink(node);

const isOwnImage = (node: ElementContent | undefined): boolean => isElement(node, 'img') && writtenImage(node, '') !== null;

/** Whether the node is what a figure shows: a picture of ours, in a link or not, or the link that stands for one elsewhere. */
export function isShownPicture(node: ElementContent | undefined): node is Element {
  if (!isElement(node, 'a')) return isOwnImage(node);
  return isPictureLink(node) || (node.children.length === 1 && isOwnImage(node.children[0]));
}

/** In a line of words a picture has the size the writer gave it, if it really is larger; elsewhere its own. */
function shownSize(img: Element, own: { width: number | null; height: number | null }, inLine: boolean) {
  const { width } = sizeWritten(img);
  if (!own.width || !own.height) return own.width || own.height ? own : sizeWritten(img);
  if (!inLine || !width || width >= own.width) return own;
  return { width, height: Math.max(1, Math.round((own.height * width) / own.width)) };
}

type Place = { around: string; inLine: boolean };

/** What is shown for an `<img>`: the picture itself if we keep it, else a link to it; words for a smiley. */
function shownFor(img: Element, { around, inLine }: Place, site: OldSite): ElementContent[] {
  const attachment = attachmentOf(img, site);
  const alt = property(img, 'alt') || (attachment?.alt ?? '');
  const words = (value: string) => (value.trim() ? [text(value)] : []);
  if (isSmiley(img)) return words(alt || property(img, 'title'));
  if (isCounter(img)) return [];
  const written = writtenImage(img, alt);
  if (written) return [written];
  const addresses = pictureAddresses(img, around, site);
  const [best] = addresses;
  if (best === undefined) {
    site.note(t('posts.unusable.picture'));
    return words(alt);
  }
  site.want({ kind: 'picture', addresses, alt });
  const own = keptHere(addresses, ['image'], site);
  const shown = own ? ownImage({ ...own, alt, ...shownSize(img, own, inLine) }) : pictureLink(new URL(best), alt);
  // Left behind for the figure, if it becomes one that has no caption; nothing safe has such a property.
  if (attachment?.caption) shown.properties.dataCaption = attachment.caption;
  return own ? [shown] : [shown, ...linkBeside(around)];
}

/** Where the link around a picture led, if that is another page; a picture-link cannot stand in it. */
function linkBeside(around: string): ElementContent[] {
  const url = webUrl(around);
  if (!url || isPictureFile(around) || isAttachmentPage(url)) return [];
  return [text(' '), element('a', { href: around }, [text(hostOf(url))])];
}

/** All pictures of inline nodes as what is shown for them; a link around one elsewhere is undone unless words stand in it. */
function withPictures(nodes: ElementContent[], place: Place, site: OldSite): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== 'element' || isStandIn(node)) return [node];
    if (node.tagName === 'img') return shownFor(node, place, site);
    if (node.tagName !== 'a') return [{ ...node, children: withPictures(node.children, place, site) }];
    const isAttachment = property(node, 'rel').includes('attachment') && !isPictureFile(property(node, 'href'));
    const around = isAttachment ? '' : property(node, 'href');
    const { inside, outside } = withoutLinks(withPictures(node.children, { ...place, around }, site));
    if (inside.every(isBlank) && outside.length > 0) return outside;
    return [...linkAround(node, inside, isAttachment, site), ...outside.filter(isStandIn).flatMap((link) => [text(' '), link])];
  });
}

/** The link that has stayed around something: one to the full size or to the page of a picture of ours leads to our file. */
function linkAround(link: Element, inside: ElementContent[], isAttachment: boolean, site: OldSite): ElementContent[] {
  const [picture] = picturesIn(inside);
  const href = property(link, 'href');
  const url = picture ? webUrl(wholeAddress(href, site) ?? '') : null;
  if (!picture || !url) return [{ ...link, children: inside }];
  const leads = (to: string): ElementContent[] => [{ ...link, properties: { ...link.properties, href: to }, children: inside }];
  if (isAttachment || isAttachmentPage(url)) return leads(property(picture, 'src'));
  if (!isPictureFile(href)) return [{ ...link, children: inside }];
  const own = keptHere([url.href], ['image', 'file'], site);
  if (own) return leads(own.path);
  return isOnlyPictures(inside) ? inside : [{ ...link, children: inside }];
}

const picturesIn = (nodes: ElementContent[]): Element[] =>
  nodes.flatMap((node) => (!isElement(node) ? [] : node.tagName === 'img' ? [node] : picturesIn(node.children)));

/** Parts what may stand in a link from the links that have come to stand in it. */
function withoutLinks(nodes: ElementContent[]): { inside: ElementContent[]; outside: ElementContent[] } {
  const inside: ElementContent[] = [];
  const outside: ElementContent[] = [];
  for (const node of nodes) {
    if (isElement(node, 'a')) outside.push(node);
    else if (isElement(node)) {
      const parts = withoutLinks(node.children);
      if (!parts.inside.every(isBlank) || node.children.length === 0) inside.push({ ...node, children: parts.inside });
      append(outside, parts.outside);
    } else inside.push(node);
  }
  return { inside, outside };
}

/** Whether a node shows nothing at all: white space, a break, a box for decoration. */
const isEmpty = (node: ElementContent): boolean =>
  isBlank(node) || isElement(node, 'br') || (isElement(node) && !isElement(node, 'img', 'a') && node.children.every(isEmpty));

/** Whether inline nodes show nothing but pictures (whatever links and emphasis stand around them). */
function isOnlyPictures(nodes: ElementContent[]): boolean {
  const seen = nodes.filter((node) => !isEmpty(node));
  return seen.length > 0 && seen.every((node) => isElement(node) && !isStandIn(node) && (node.tagName === 'img' || isOnlyPictures(node.children)));
}

/** Each picture by itself, in its link where it has one, without the emphasis around it. */
function apart(nodes: ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (isEmpty(node)) return [];
    if (!isElement(node) || node.tagName === 'img' || isStandIn(node)) return [node];
    if (node.tagName !== 'a') return apart(node.children);
    const pictures = picturesIn(node.children);
    return pictures.length > 0 ? pictures.map((picture) => ({ ...node, children: [picture] })) : [node];
  });
}

/** The figure of a picture. */
export function pictureFigure(picture: Element, classes: string[], more: ElementContent[] = []): Element {
  const className = [...(isPictureLink(picture) ? ['remote-picture'] : []), ...classes];
  return element('figure', { className }, [picture, ...more]);
}

/** Figures for a line of inline nodes that shows nothing but pictures; null when it shows anything else. */
export function pictureFigures(line: ElementContent[], site: OldSite): ElementContent[] | null {
  if (!isOnlyPictures(line)) return null;
  const classes = alignmentWithin(line);
  const figures: Element[] = [];
  for (const node of apart(withPictures(line, { around: '', inLine: false }, site))) {
    const last = figures.at(-1);
    if (isShownPicture(node)) figures.push(pictureFigure(node, classes));
    else if (!last) return null;
    else last.children.push(element('figcaption', {}, [node]));
  }
  return figures.length > 0 ? figures : null;
}

/** Inline nodes with what is shown for each picture among them. */
export const inlinePictures = (nodes: ElementContent[], site: OldSite): ElementContent[] => withPictures(nodes, { around: '', inLine: true }, site);

/** The classes that an `<img>` alone on its line, or a link around it, gives to its figure. */
function alignmentWithin(nodes: ElementContent[]): string[] {
  return nodes.flatMap((node) => (isElement(node) ? [...alignmentOf(node), ...alignmentWithin(node.children)] : []));
}
