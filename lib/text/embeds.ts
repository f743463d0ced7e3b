import type { Element, ElementContent, Root } from 'hast';
import { toString } from 'hast-util-to-string';
import { t } from '../words/t';
import { alignmentOf, isVideoLink, renewedVideoLink, videoFigure } from './click-to-load';
import { classesOf, element, elementsIn, isElement, property, text } from './html-tree';
import { hostOf, parseUrl, webUrl } from './links';
import { fileName, isDocument, playedAddress, playedAs, playedElement, playedFigure } from './media-files';
import type { OldSite } from './old-site';
import { isPictureLink, renewedPictureLink } from './picture-link';
import { isStandIn } from './pictures';
import { playerOf } from './players';

const LONE_ADDRESS = /^\s*(https?:\/\/[^\s<>"]+)\s*$/i;

/** The web address that a text consists of, or null. */
export const loneAddress = (value: string): string | null => LONE_ADDRESS.exec(value)?.[1] ?? null;

type Embed = { address: string; title?: string; classes?: string[]; caption?: Element[] };

/** A player for the address, or a link to it for every service but YouTube and Vimeo. */
function playerOrLink({ address, title = '', classes = [], caption = [] }: Embed, site: OldSite): ElementContent[] {
  const player = playerOf(address);
  if (player) return [videoFigure(player, title, classes, site, caption)];
  const file = playedAddress(address, classes, caption, site);
  if (file) return file;
  const url = webUrl(address);
  if (!url) return caption.length > 0 ? [element('figure', {}, caption)] : [];
  const link = element('p', {}, [element('a', { href: url.href }, [text(title.trim() || (isDocument(address) ? fileName(address) : hostOf(url)))])]);
  return [link, ...caption.map((node) => element('p', {}, node.children))];
}

/** What takes the place of an address alone on its line. */
export function embeddedLine(address: string, site: OldSite): ElementContent[] {
  return playerOf(address) || playedAs(address) ? playerOrLink({ address }, site) : [element('a', { href: address }, [text(address)])];
}

function embedFigure(node: Element, site: OldSite): ElementContent[] | null {
  if (!classesOf(node).some((name) => name.startsWith('wp-block-embed'))) return null;
  const captions = elementsIn(node, 'figcaption');
  const words = node.children.filter((child) => !isElement(child, 'figcaption')).map((child) => toString(child)).join('');
  const [frame] = elementsIn(node, 'iframe');
  const [link] = elementsIn(node, 'a');
  const address = loneAddress(words) ?? (frame ? frameAddress(frame) : link && !isStandIn(link) ? property(link, 'href') : '');
  if (!address || (elementsIn(node, 'blockquote', 'p').length > 0 && !loneAddress(words))) return null;
  return playerOrLink({ address, title: frame && property(frame, 'title'), classes: alignmentOf(node), caption: captions }, site);
}

const frameAddress = (frame: Element): string =>
  [property(frame, 'dataSrc'), property(frame, 'dataLazySrc'), property(frame, 'src')].find((src) => webUrl(src)) ?? '';

function frame(node: Element, site: OldSite): ElementContent[] {
  const address = frameAddress(node);
  if (!address) site.note(t('posts.unusable.embeddedPage'));
  return playerOrLink({ address, title: property(node, 'title') }, site);
}

/** Flash players of old, and documents shown in the page: the address stands in `data`, in a parameter or in an `embed` inside. */
function object(node: Element, site: OldSite): ElementContent[] {
  if (classesOf(node).includes('wp-block-file__embed')) return []; // its link stands beside it
  const params = elementsIn(node, 'param').filter((param) => /^(?:movie|src)$/i.test(property(param, 'name')));
  const addresses = [
    property(node, 'data'), property(node, 'src'), ...params.map((param) => property(param, 'value')),
    ...elementsIn(node, 'embed', 'iframe').map((embed) => property(embed, 'src')),
  ];
  const address = addresses.find((each) => playerOf(each) ?? flashVimeo(each));
  if (address) return playerOrLink({ address: flashVimeo(address) ?? address, title: property(node, 'title') }, site);
  const file = addresses.find((each) => isDocument(each) || playedAs(each));
  if (file) return playerOrLink({ address: file, title: property(node, 'title') }, site);
  const host = addresses.map((each) => webUrl(each)).find(Boolean);
  site.note(host ? t('posts.unusable.objectOf', { host: hostOf(host) }) : t('posts.unusable.object'));
  return node.children.filter((child) => !isElement(child, 'param', 'embed', 'iframe'));
}

/** The address behind Vimeo's Flash player. */
function flashVimeo(address: string): string | null {
  const url = parseUrl(address);
  const id = url?.searchParams.get('clip_id') ?? '';
  return url && /(?:^|\.)vimeo\.com$/.test(url.hostname) && /^\d+$/.test(id) ? `https://vimeo.com/${id}` : null;
}

function replacement(node: Element, site: OldSite): ElementContent[] | null {
  if (isVideoLink(node)) return [renewedVideoLink(node)];
  if (isPictureLink(node)) return [renewedPictureLink(node)];
  if (node.tagName === 'figure') return embedFigure(node, site) ?? playedFigure(node, site);
  if (node.tagName === 'iframe') return frame(node, site);
  if (node.tagName === 'object' || node.tagName === 'embed') return object(node, site);
  return isElement(node, 'audio', 'video') ? playedElement(node, site) : null;
}

/**
 * Replaces everything that would play or show a page of another site by a click-to-load figure (YouTube, Vimeo) or by
 * a link. Click-to-load links that are there already are made anew, so that none can load what it should not.
 */
export function replaceEmbeds(parent: Root | Element, site: OldSite): void {
  parent.children = (parent.children as Element['children']).flatMap((node): ElementContent[] => {
    if (!isElement(node)) return [node];
    const instead = replacement(node, site);
    if (instead) {
      const holder = element('div', {}, instead);
      if (node.tagName === 'object') replaceEmbeds(holder, site);
      return holder.children;
    }
    replaceEmbeds(node, site);
    return [node];
  });
}
