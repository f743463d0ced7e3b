import type { Element, ElementContent } from 'hast';
import { toString } from 'hast-util-to-string';
import { t } from '../words/t';
import { classesOf, element, isElement, property, text } from './html-tree';
import { PICTURE_WORDS } from './kept-words';
import { hostOf, webUrl } from './links';

const CLASS = 'picture-link';

/** The captioned link that stands for a picture we do not keep. It leads to where the picture is; nothing of it is loaded. */
export function pictureLink(address: URL, alt: string): Element {
  const words = alt.replace(/\s+/g, ' ').trim();
  return element('a', { className: [CLASS], href: address.href, rel: ['nofollow', 'noopener'] }, [
    element('span', {}, [text(words ? t('posts.kept.pictureNamed', { name: words }) : t('posts.kept.picture'))]),
    text(' '),
    element('small', {}, [text(t('posts.kept.pictureAt', { host: hostOf(address) }))]),
  ]);
}

/** Whether the node claims to be such a link; an older form of it showed the picture at a click. */
export const isPictureLink = (node: ElementContent | undefined): boolean =>
  isElement(node, 'a') && (classesOf(node).includes(CLASS) || property(node, 'dataLoad') === 'picture');

/** What a link's words say of the picture. */
function altOf(link: Element): string {
  const [words] = link.children.filter((child) => isElement(child, 'span'));
  return words ? PICTURE_WORDS.exec(toString(words))?.[1]?.trim() ?? '' : toString(link);
}

/** A link that claims to be one of these, made anew from its address and words. One that leads nowhere is an ordinary link. */
export function renewedPictureLink(link: Element): Element {
  const address = webUrl(property(link, 'href'));
  return address ? pictureLink(address, altOf(link)) : element('a', { href: property(link, 'href') }, link.children);
}
