import type { Element, ElementContent, Root } from 'hast';
import { toString } from 'hast-util-to-string';
import { alignmentOf, isClickToLoad, renewed, videoFigure } from './click-to-load';
import { classesOf, element, isElement, property, text } from './html-tree';
import { hostOf, parseUrl, webUrl } from './links';
import type { Note } from './pictures';
import { playerOf } from './players';

const LONE_ADDRESS = /^\s*(https?:\/\/[^\s<>"]+)\s*$/i;

/** The web address that a text consists of, or null. */
export const loneAddress = (value: string): string | null => LONE_ADDRESS.exec(value)?.[1] ?? null;

/** A player for the address, or a link to it for every service but YouTube and Vimeo. */
function playerOrLink(address: string, title: string, classes: string[], caption: ElementContent[]): ElementContent[] {
  const player = playerOf(address);
  if (player) return [videoFigure(player, title, classes, caption)];
  const url = webUrl(address);
  if (!url) return caption.length > 0 ? [element('figure', {}, caption)] : [];
  const link = element('p', {}, [element('a', { href: url.href }, [text(title.trim() || hostOf(url))])]);
  return [link, ...caption.filter((node) => isElement(node)).map((node) => element('p', {}, node.children))];
}

/** What takes the place of an address alone on its line. */
export function embeddedLine(address: string): ElementContent[] {
  return playerOf(address) ? playerOrLink(address, '', [], []) : [element('a', { href: address }, [text(address)])];
}

/** All elements of a name inside a node, in order. */
function within(node: Element, ...names: string[]): Element[] {
  return node.children.flatMap((child) =>
    isElement(child) ? [...(names.includes(child.tagName) ? [child] : []), ...within(child, ...names)] : [],
  );
}

function embedFigure(node: Element): ElementContent[] | null {
  if (!classesOf(node).some((name) => name.startsWith('wp-block-embed'))) return null;
  const captions = within(node, 'figcaption');
  const words = node.children.filter((child) => !isElement(child, 'figcaption')).map((child) => toString(child)).join('');
  const [frame] = within(node, 'iframe');
  const [link] = within(node, 'a');
  const address = loneAddress(words) ?? (frame ? frameAddress(frame) : link && !isClickToLoad(link) ? property(link, 'href') : '');
  if (!address || (within(node, 'blockquote', 'p').length > 0 && !loneAddress(words))) return null;
  return playerOrLink(address, frame ? property(frame, 'title') : '', alignmentOf(node), captions);
}

const frameAddress = (frame: Element): string =>
  [property(frame, 'dataSrc'), property(frame, 'dataLazySrc'), property(frame, 'src')].find((src) => webUrl(src)) ?? '';

function frame(node: Element, note: Note): ElementContent[] {
  const address = frameAddress(node);
  if (!address) note('an embedded page without a web address');
  return playerOrLink(address, property(node, 'title'), [], []);
}

/** Flash players of old: the address stands in `data`, in a parameter or in an `embed` inside. */
function object(node: Element, note: Note): ElementContent[] {
  const params = within(node, 'param').filter((param) => /^(?:movie|src)$/i.test(property(param, 'name')));
  const addresses = [
    property(node, 'data'), property(node, 'src'), ...params.map((param) => property(param, 'value')),
    ...within(node, 'embed', 'iframe').map((embed) => property(embed, 'src')),
  ];
  const address = addresses.find((each) => playerOf(each) ?? flashVimeo(each));
  if (address) return playerOrLink(flashVimeo(address) ?? address, property(node, 'title'), [], []);
  const host = addresses.map((each) => webUrl(each)).find(Boolean);
  note(`an embedded object${host ? ` of ${hostOf(host)}` : ''}`);
  return node.children.filter((child) => !isElement(child, 'param', 'embed', 'iframe'));
}

/** The address behind Vimeo's Flash player. */
function flashVimeo(address: string): string | null {
  const url = parseUrl(address);
  const id = url?.searchParams.get('clip_id') ?? '';
  return url && /(?:^|\.)vimeo\.com$/.test(url.hostname) && /^\d+$/.test(id) ? `https://vimeo.com/${id}` : null;
}

/** Sound and film files become links: nothing is fetched before someone wants it. */
function mediaFile(node: Element): ElementContent[] {
  const sources = [node, ...within(node, 'source')].map((each) => property(each, 'src'));
  const address = sources.find((src) => src && /^https?:$/.test(parseUrl(src)?.protocol ?? ''));
  if (!address) return within(node, 'a');
  const file = parseUrl(address)?.pathname.split('/').at(-1) ?? '';
  const kind = node.tagName === 'audio' ? 'Audio' : 'Video';
  return [element('p', {}, [element('a', { href: address }, [text(`${kind}: ${decoded(file)}`)])])];
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function replacement(node: Element, note: Note): ElementContent[] | null {
  if (isClickToLoad(node)) return [renewed(node)];
  if (node.tagName === 'figure') return embedFigure(node);
  if (node.tagName === 'iframe') return frame(node, note);
  if (node.tagName === 'object' || node.tagName === 'embed') return object(node, note);
  return node.tagName === 'audio' || node.tagName === 'video' ? mediaFile(node) : null;
}

/**
 * Replaces everything that would play or show a page of another site by a click-to-load figure (YouTube, Vimeo) or by
 * a link. Click-to-load links that are there already are made anew, so that none can load what it should not.
 */
export function replaceEmbeds(parent: Root | Element, note: Note): void {
  parent.children = (parent.children as Element['children']).flatMap((node): ElementContent[] => {
    if (!isElement(node)) return [node];
    const instead = replacement(node, note);
    if (instead) {
      const holder = element('div', {}, instead);
      if (node.tagName === 'object') replaceEmbeds(holder, note);
      return holder.children;
    }
    replaceEmbeds(node, note);
    return [node];
  });
}
