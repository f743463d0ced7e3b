import type { Element, ElementContent } from 'hast';
import { toString } from 'hast-util-to-string';
import { t } from '../words/t';
import { classesOf, element, isElement, property, text } from './html-tree';
import { VIDEO_BEGINNING } from './kept-words';
import type { OldSite } from './old-site';
import { ownImage, writtenImage } from './own-image';
import { keptHere } from './own-media';
import { type Player, playerOf } from './players';

// The markup that components/posts/click-to-load.enhance.ts brings to life. Without script each is a link.

const alignments = /^align(?:left|right|center|wide|full|none)$/;

/** The classes of a figure that say where it stands. */
export const alignmentOf = (node: Element): string[] => classesOf(node).filter((name) => alignments.test(name));

function videoLink({ service, watch, player }: Player, title: string, preview: Element | null): Element {
  const properties = { className: ['load-video'], dataLoad: 'video', dataPlayer: player, href: watch, rel: ['nofollow', 'noopener'] };
  const name = title.replace(/\s+/g, ' ').trim();
  const words = name ? t('posts.kept.playVideoNamed', { service, name }) : t('posts.kept.playVideo', { service });
  return element('a', properties, [...(preview ? [preview] : []), element('span', {}, [text(words)])]);
}

/** The figure of a video that is played after a click; its preview picture stands in it if we keep one. `title` names it where the old markup did. */
export function videoFigure(player: Player, title: string, classes: string[], site: OldSite, more: ElementContent[] = []): Element {
  site.want({ kind: 'preview', addresses: player.previews, alt: '' });
  const own = keptHere(player.previews, ['image'], site);
  const link = videoLink(player, title, own && ownImage({ ...own, alt: '' }));
  return element('figure', { className: ['video', ...classes] }, [link, ...more]);
}

/** Whether the node claims to be the link of a video; nothing is known yet of what it would load. */
export const isVideoLink = (node: ElementContent | undefined): boolean =>
  isElement(node, 'a') && property(node, 'dataLoad') === 'video';

/**
 * A link that claims to be one of these, made anew from its address: whoever wrote it, a click can load nothing but
 * the player of that very video. Any other becomes an ordinary link.
 */
export function renewedVideoLink(link: Element): Element {
  const href = property(link, 'href');
  const player = playerOf(href);
  if (player?.player !== property(link, 'dataPlayer') || !player) return element('a', { href }, link.children);
  const preview = link.children.find((child) => isElement(child, 'img'));
  const title = toString(link).trim().replace(VIDEO_BEGINNING, '');
  return videoLink(player, title, isElement(preview) ? writtenImage(preview, '') : null);
}
