import type { Element, ElementContent } from 'hast';
import { toString } from 'hast-util-to-string';
import { t } from '../words/t';
import { alignmentOf } from './click-to-load';
import { element, elementsIn, isElement, property, text } from './html-tree';
import { parseUrl } from './links';
import type { OldSite } from './old-site';
import { sizeWritten } from './own-image';
import { keptHere, keptMediaPath, type OwnMedia, wholeAddress } from './own-media';

const sound = /\.(?:mp3|m4a|ogg|oga|opus|wav|flac|aac|wma)$/i;
const film = /\.(?:mp4|m4v|mov|webm|ogv|avi|wmv|flv|mpe?g|3gp)$/i;
const document = /\.(?:pdf|docx?|xlsx?|pptx?|ppsx?|od[tspg]|rtf|txt|csv|epub|mobi|key|pages|numbers|zip|gpx|kml|ics)$/i;

/** What a browser would play from the address, by its name; null for anything else. */
export function playedAs(address: string): 'audio' | 'video' | null {
  const path = parseUrl(address)?.pathname ?? '';
  return sound.test(path) ? 'audio' : film.test(path) ? 'video' : null;
}

/** Whether the address is one of a document, by its name. */
export const isDocument = (address: string): boolean => document.test(parseUrl(address)?.pathname ?? '');

/** The name of the file at an address, as a person would write it. */
export function fileName(address: string): string {
  const file = parseUrl(address)?.pathname.split('/').filter(Boolean).at(-1) ?? '';
  try {
    return decodeURIComponent(file);
  } catch {
    return file;
  }
}

type Played = { tagName: 'audio' | 'video'; addresses: string[]; poster: string; width: number | null; height: number | null };

function playedBy(node: Element & { tagName: 'audio' | 'video' }): Played {
  const sources = [node, ...elementsIn(node, 'source')].map((each) => property(each, 'src'));
  return { tagName: node.tagName, addresses: sources, poster: property(node, 'poster'), ...sizeWritten(node) };
}

type Shown = { tagName: 'audio' | 'video'; path: string; poster: string | null; width: number | null; height: number | null };

/** The player of a file of ours. Nothing of it is loaded before someone presses its button. */
function ownPlayer({ tagName, path, poster, width, height }: Shown): Element {
  const size = tagName === 'video' ? { ...(width && { width }), ...(height && { height }) } : {};
  return element(tagName, { controls: true, preload: 'none', src: path, ...(tagName === 'video' && poster ? { poster } : {}), ...size }, []);
}

function ownPoster(address: string, site: OldSite): string | null {
  const whole = wholeAddress(address, site);
  if (whole) site.want({ kind: 'picture', addresses: [whole], alt: '' });
  return keptMediaPath(address) ?? (whole === null ? null : (keptHere([whole], ['image'], site)?.path ?? null));
}

/** Our file behind a player; the old addresses are wanted. */
function ownFile(addresses: string[], site: OldSite): Pick<OwnMedia, 'path' | 'width' | 'height'> | null {
  const whole = [...new Set(addresses.flatMap((address) => wholeAddress(address, site) ?? []))];
  if (whole.length > 0) site.want({ kind: 'file', addresses: whole, alt: '' });
  const path = addresses.map(keptMediaPath).find(Boolean);
  return path ? { path, width: null, height: null } : keptHere(whole, ['audio', 'video'], site);
}

/** A sound or film: its player when the file is ours, with a link for browsers that cannot play it; else a link to it. */
function shownFile({ addresses, ...played }: Played, site: OldSite): { player: Element | null; link: Element } | null {
  const own = ownFile(addresses, site);
  const poster = ownPoster(played.poster, site);
  const [address] = addresses.filter((each) => wholeAddress(each, site) ?? keptMediaPath(each));
  if (!address) return null;
  const name = keptMediaPath(address) ? '' : fileName(address);
  const link = element('a', { href: own?.path ?? wholeAddress(address, site) ?? address }, [text(name ? t(`posts.kept.${played.tagName}Named`, { name }) : t(`posts.kept.${played.tagName}`))]);
  if (!own) return { player: null, link };
  const size = own.width && own.height ? { width: own.width, height: own.height } : { width: played.width, height: played.height };
  return { player: ownPlayer({ ...played, path: own.path, poster, ...size }), link };
}

function fileFigure(played: Played, classes: string[], captions: Element[], site: OldSite): ElementContent[] | null {
  const shown = shownFile(played, site);
  if (!shown) return null;
  if (!shown.player) return [element('p', {}, [shown.link]), ...captions.map((caption) => element('p', {}, caption.children))];
  const words = captions.flatMap((caption) => [...caption.children, text(' ')]);
  const hasLink = captions.some((caption) => elementsIn(caption, 'a').some((link) => property(link, 'href') === property(shown.link, 'href')));
  const caption = element('figcaption', {}, hasLink ? words.slice(0, -1) : [...words, shown.link]);
  return [element('figure', { className: [played.tagName === 'audio' ? 'audio' : 'film', ...classes] }, [shown.player, caption])];
}

/** What takes the place of an address that a browser would play. */
export function playedAddress(address: string, classes: string[], captions: Element[], site: OldSite): ElementContent[] | null {
  const tagName = playedAs(address);
  return tagName && fileFigure({ tagName, addresses: [address], poster: '', width: null, height: null }, classes, captions, site);
}

/** What takes the place of `<audio>` or `<video>`. */
export const playedElement = (node: Element & { tagName: 'audio' | 'video' }, site: OldSite): ElementContent[] =>
  fileFigure(playedBy(node), [], [], site) ?? unplayable(node, site);

function unplayable(node: Element, site: OldSite): ElementContent[] {
  site.note(t(node.tagName === 'audio' ? 'posts.unusable.recording' : 'posts.unusable.film'));
  return elementsIn(node, 'a');
}

/** What takes the place of a figure of a sound or film; null for any other figure. */
export function playedFigure(figure: Element, site: OldSite): ElementContent[] | null {
  const [player, ...more] = figure.children.filter((child) => isElement(child) || toString(child).trim() !== '');
  if (!isElement(player, 'audio', 'video') || !more.every((child) => isElement(child, 'figcaption'))) return null;
  const captions = more.filter((child) => isElement(child));
  return fileFigure(playedBy(player), alignmentOf(figure), captions, site);
}
