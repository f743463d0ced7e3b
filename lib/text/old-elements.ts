import type { Element, ElementContent, Root } from 'hast';
import { t } from '../words/t';
import { append, classesOf, element, isElement, joined, property } from './html-tree';
import { postSchema } from './allowed';
import { isToggle, meantByBlock, meantClasses, withFormulas } from './block-elements';
import { isBlock } from './paragraphs';
import type { OldSite } from './old-site';

// Elements of older HTML, and the present ones that mean the same.
const renamed = new Map(Object.entries({
  h1: 'h2', strike: 's', tt: 'code', acronym: 'abbr', dir: 'ul', menu: 'ul', listing: 'pre', article: 'section', main: 'section',
  header: 'div', footer: 'div', nav: 'div', address: 'p',
}));
const known = new Set(postSchema.tagNames);
const dropped = new Set([
  'style', 'link', 'meta', 'base', 'title', 'template', 'textarea', 'select', 'button', 'input', 'datalist', 'noembed', 'noframes',
  'xmp', 'canvas', 'map', 'source', 'track', 'param', 'frameset', 'frame', 'applet', 'script', 'dialog', 'progress', 'meter',
]);
const noted = new Map(Object.entries({ script: 'script', style: 'styleSheet', form: 'formElement', applet: 'applet', canvas: 'drawing' } as const));

/** The class that says what `align`, `<center>` or an inline style said. */
function alignmentClass(node: Element): string[] {
  const style = property(node, 'style');
  const asked = node.tagName === 'center' ? 'center' : (/text-align:\s*(left|right|center)/i.exec(style)?.[1] ?? property(node, 'align'));
  if (!/^(?:left|right|center)$/i.test(asked)) return [];
  const isBox = ['img', 'table', 'figure'].includes(node.tagName);
  return [`${isBox ? 'align' : 'has-text-align-'}${asked.toLowerCase()}`];
}

/** A lazy loader's picture and the same once more for readers without script: one is enough. */
const repeatsPicture = (node: Element, before: Element['children'][number] | undefined): boolean =>
  node.tagName === 'noscript' && isElement(before, 'img') && node.children.some((child) => isElement(child, 'img'));

/** In a ruby's paragraph a reading would end the paragraph: only a line of words has readings. */
const isRubyOfBlocks = (node: Element): boolean => node.tagName === 'ruby' && node.children.some(isBlock);

function modern(node: Element, site: OldSite): ElementContent[] {
  const reason = noted.get(node.tagName);
  if (reason) site.note(t(`posts.unusable.${reason}`));
  if (isToggle(node)) return node.children.filter((child) => !isElement(child) || property(child, 'ariaHidden') !== 'true');
  if (dropped.has(node.tagName)) return [];
  const align = alignmentClass(node);
  modernize(node, site);
  align.push(...meantClasses(node));
  if (align.length > 0) node.properties.className = [...new Set([...classesOf(node), ...align])];
  if (classesOf(node).includes('wp-caption') && node.tagName === 'div') node.tagName = 'figure';
  if (classesOf(node).includes('wp-caption-text')) node.tagName = 'figcaption';
  if (node.tagName === 'center') node.tagName = 'div';
  if (node.tagName === 'a' && !property(node, 'id') && property(node, 'name')) node.properties.id = property(node, 'name');
  node.tagName = renamed.get(node.tagName) ?? node.tagName;
  return known.has(node.tagName) && !isRubyOfBlocks(node) ? [meantByBlock(node)] : node.children;
}

/** Says with today's elements what older ones said, and leaves out what has no place in a post, noting what a reader may miss. */
export function modernize(parent: Root | Element, site: OldSite): void {
  const children: Element['children'] = [];
  for (const node of parent.children as Element['children']) {
    if (node.type === 'text' && !isElement(parent as Element, 'pre', 'code', 'samp', 'kbd')) append(children, withFormulas(node.value));
    else if (node.type === 'comment' && node.value.trim() === 'nextpage') children.push(element('hr', {}, []));
    else if (!isElement(node)) children.push(node);
    else if (!repeatsPicture(node, children.at(-1))) append(children, modern(node, site));
  }
  parent.children = joined(children as ElementContent[]);
}

/** A figure's caption stands in it as a direct child; one elsewhere is text. */
export function settleCaptions(parent: Root | Element): void {
  for (const node of parent.children) {
    if (!isElement(node)) continue;
    if (node.tagName === 'figcaption' && !isElement(parent as Element, 'figure')) node.tagName = 'p';
    settleCaptions(node);
  }
}

