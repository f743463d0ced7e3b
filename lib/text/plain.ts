import type { Nodes } from 'hast';
import { cleanText } from './clean';
import { isElement, readHtml } from './html-tree';

/** Elements whose content nobody reads. */
export const unseen: ReadonlySet<string> = new Set(['script', 'style', 'template', 'title', 'textarea', 'select', 'head', 'noscript', 'iframe', 'object']);
const inline = new Set([
  'a', 'abbr', 'acronym', 'b', 'bdi', 'bdo', 'big', 'cite', 'code', 'del', 'dfn', 'em', 'font', 'i', 'ins', 'kbd',
  'mark', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'time', 'tt', 'u',
  'var', 'wbr',
]);

/** Whether an element stands within a line. */
export const isInline = (tagName: string): boolean => inline.has(tagName);

/** The text of a tree on one line, a space between blocks; only nodes that `isWords`, each text through `read`. */
export function textOf(tree: Nodes, isWords = (_: Nodes): boolean => true, read = (value: string): string => value): string {
  const parts: string[] = [];
  const walk = (node: Nodes): void => {
    if (node.type === 'text') parts.push(read(node.value));
    if (!('children' in node) || !isWords(node) || (isElement(node) && unseen.has(node.tagName))) return;
    const edge = isElement(node) && !inline.has(node.tagName) ? ' ' : '';
    parts.push(edge);
    node.children.forEach(walk);
    parts.push(edge);
  };
  walk(tree);
  return parts.join('').replace(/[\s\u00a0]+/g, ' ').trim();
}

/**
 * What a reader would read of any HTML, as plain text on one line: entities as characters, a space between blocks,
 * scripts and styles left out. The result is text, not HTML: escape it before it goes into a page. Never throws.
 */
export const plainText = (html: string): string => textOf(readHtml(cleanText(html)));

/** The beginning of a text, of at most so many characters, with a sign where something is left out. */
export function beginningOf(text: string, max: number): string {
  const characters = [...text];
  return characters.length > max ? `${characters.slice(0, max).join('').trimEnd()}…` : text;
}
