import type { Element, ElementContent } from 'hast';
import { toString } from 'hast-util-to-string';
import { classesOf, element, elementsIn, isBlank, isElement, property, text } from './html-tree';

// What the elements of WordPress's blocks and galleries mean by their classes.

const isGallery = (name: string): boolean => /^(?:wp-block-gallery|wp-block-jetpack-(?:tiled-gallery|slideshow)|tiled-gallery|gallery)$/.test(name);
const renamed = new Map([['wp-block-verse', 'verse'], ['wp-block-footnotes', 'footnotes']]);

/** The classes that stay, in our words. */
export function meantClasses(node: Element): string[] {
  return classesOf(node).flatMap((name) => {
    const columns = /^gallery-(columns-[1-9])$/.exec(name)?.[1];
    return isGallery(name) ? ['gallery'] : (renamed.get(name) ?? columns ?? []);
  });
}

/** A cover's picture is a background; so is that of an old media and text block. */
function backgroundOf(node: Element): Element[] {
  const isPicture = classesOf(node).some((name) => /^wp-block-(?:cover(?:-image|__image-background)?|media-text__media)$/.test(name));
  const address = isPicture ? /background-image:\s*url\(\s*["']?([^"')]{1,2000})["']?\s*\)/i.exec(property(node, 'style'))?.[1] : undefined;
  if (!address || elementsIn(node, 'img').some((img) => property(img, 'src') === address)) return [];
  return [element('img', { src: address, alt: property(node, 'ariaLabel'), className: classesOf(node).filter((name) => /^wp-image-\d+$/.test(name)) }, [])];
}

/** Whether every word in a gallery is a caption: then what stands around its pictures is only there for their arrangement. */
const showsOnlyPictures = (node: Element): boolean =>
  node.children.every((child) => {
    if (!isElement(child)) return isBlank(child);
    return isElement(child, 'figcaption', 'img', 'dd') || (toString(child).trim() === '' && child.tagName !== 'table') || showsOnlyPictures(child);
  });

/** The figures of a gallery out of the lists and boxes that held them. */
function unwrapped(nodes: ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (isElement(node, 'br')) return [];
    if (isElement(node, 'ul', 'ol', 'li', 'div', 'dt')) return unwrapped(node.children);
    if (isElement(node, 'dl', 'figure')) return [{ ...node, tagName: 'figure', children: unwrapped(node.children) }];
    return [isElement(node, 'dd') ? { ...node, tagName: 'figcaption' } : node];
  });
}

/** Arrows and the like of a slideshow: links that lead nowhere. */
const isArrow = (node: ElementContent): boolean => isElement(node, 'a') && classesOf(node).some((name) => /^swiper-|^wp-block-jetpack-slideshow_/.test(name));

/** The button in a heading that opens what is below it: here that is always open. */
export const isToggle = (node: Element): boolean => node.tagName === 'button' && classesOf(node).includes('wp-block-accordion-heading__toggle');

const isDownload = (node: ElementContent): boolean => isElement(node, 'a') && classesOf(node).includes('wp-block-file__button');

/** A file's button leads where its name does: one link is enough. */
function withoutDownloads(nodes: ElementContent[]): ElementContent[] {
  if (!nodes.some(isDownload)) return nodes;
  const named = new Set(nodes.flatMap((node) => (isElement(node, 'a') && !isDownload(node) ? [property(node, 'href')] : [])));
  return nodes.filter((node) => !isDownload(node) || !isElement(node) || !named.has(property(node, 'href')));
}

/** An element of a block as what it means: a cover with its picture, a gallery of figures, a file with one link. */
export function meantByBlock(node: Element): Element {
  const children = [...backgroundOf(node), ...withoutDownloads(node.children)];
  if (!classesOf(node).some(isGallery) || elementsIn(node, 'img').length === 0) return { ...node, children };
  const pictures = children.filter((child) => !isArrow(child));
  const shown = { ...node, children: pictures };
  return showsOnlyPictures(shown) ? { ...shown, tagName: 'figure', children: unwrapped(pictures) } : shown;
}

const FORMULA = /\$latex[\s=]([^$]{1,2000})\$/;

/** A text with WordPress.com's formulas (`$latex …$`) as code; nobody draws them here. */
export function withFormulas(value: string): ElementContent[] {
  if (!value.includes('$latex')) return [text(value)];
  return value.split(FORMULA).flatMap((part, i): ElementContent[] => {
    if (i % 2 === 0) return part ? [text(part)] : [];
    return [element('code', { className: ['language-latex'] }, [text(part.trim().replace(/\s+/g, ' '))])];
  });
}
