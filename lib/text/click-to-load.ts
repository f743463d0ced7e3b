import type { Element, ElementContent } from 'hast';
import { classesOf, element, isElement, property, text } from './html-tree';
import { hostOf, webUrl } from './links';
import { type Player, playerOf } from './players';

// The markup that components/posts/click-to-load.enhance.ts brings to life. Without script each is a link.

const REL = ['nofollow', 'noopener'];
const alignments = /^align(?:left|right|center|wide|full|none)$/;

/** The classes of a figure that say where it stands. */
export const alignmentOf = (node: Element): string[] => classesOf(node).filter((name) => alignments.test(name));

/** A link that shows the picture in its place when clicked; stands in a figure or in a line of text. */
export function pictureLink(address: URL, alt: string): Element {
  const words = alt.replace(/\s+/g, ' ').trim();
  return element('a', { className: ['load-picture'], dataLoad: 'picture', href: address.href, rel: REL }, [
    element('span', {}, [text(words ? `Show picture: ${words}` : 'Show picture')]),
    text(' '),
    element('small', {}, [text(`from ${hostOf(address)}`)]),
  ]);
}

/** The figure of a picture that is kept elsewhere. */
export function pictureFigure(link: Element, classes: string[], more: ElementContent[] = []): Element {
  return element('figure', { className: ['remote-picture', ...classes] }, [link, ...more]);
}

function videoLink({ service, watch, player }: Player, words: ElementContent[]): Element {
  const properties = { className: ['load-video'], dataLoad: 'video', dataPlayer: player, href: watch, rel: REL };
  return element('a', properties, words.length > 0 ? words : [element('span', {}, [text(`Play video on ${service}`)])]);
}

/** The figure of a video that is played after a click. `title` names it where the old markup did. */
export function videoFigure(player: Player, title: string, classes: string[], more: ElementContent[] = []): Element {
  const words = title.trim() ? [element('span', {}, [text(`Play video on ${player.service}: ${title.trim()}`)])] : [];
  return element('figure', { className: ['video', ...classes] }, [videoLink(player, words), ...more]);
}

/** Whether the link is one of these; nothing is known yet of what it would load. */
export const isClickToLoad = (node: ElementContent): node is Element & { tagName: 'a' } =>
  isElement(node, 'a') && property(node, 'dataLoad') !== '';

/**
 * A link that claims to be one of these, made anew from its address: whoever wrote it, a click can load nothing but
 * a web picture or the player of that very video. One that leads nowhere becomes an ordinary link.
 */
export function renewed(node: Element): Element {
  const href = property(node, 'href');
  const address = webUrl(href);
  const player = playerOf(href);
  const isPlayer = property(node, 'dataLoad') === 'video' && player?.player === property(node, 'dataPlayer');
  if (isPlayer && player) return videoLink(player, node.children);
  const isPicture = property(node, 'dataLoad') === 'picture' && address;
  if (!isPicture) return element('a', { href }, node.children);
  return { ...pictureLink(address, ''), children: node.children };
}
