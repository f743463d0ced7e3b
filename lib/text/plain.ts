import { toString } from 'hast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import { cleanText } from './clean';
import { readHtml } from './html-tree';

const unseen = new Set(['script', 'style', 'template', 'title', 'textarea', 'select', 'head', 'noscript', 'iframe']);
const inline = new Set([
  'a', 'abbr', 'acronym', 'b', 'bdi', 'bdo', 'big', 'cite', 'code', 'del', 'dfn', 'em', 'font', 'i', 'ins', 'kbd',
  'mark', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'time', 'tt', 'u',
  'var', 'wbr',
]);

/**
 * What a reader would read of any HTML, as plain text on one line: entities as characters, a space between blocks,
 * scripts and styles left out. The result is text, not HTML: escape it before it goes into a page. Never throws.
 */
export function plainText(html: string): string {
  const tree = readHtml(cleanText(html));
  visit(tree, (node, index, parent) => {
    if (node.type !== 'element' || index === undefined || !parent) return;
    if (unseen.has(node.tagName)) {
      parent.children.splice(index, 1);
      return [SKIP, index];
    }
    if (!inline.has(node.tagName)) node.children = [space(), ...node.children, space()];
  });
  return toString(tree).replace(/[\s\u00a0]+/g, ' ').trim();
}

const space = () => ({ type: 'text' as const, value: ' ' });

/**
 * The beginning of the text, at most `maxChars` UTF-16 units, cut at a word's end where there is one and then marked
 * by `…` (counted). Never cuts inside a character.
 */
export function excerptOf(html: string, maxChars: number): string {
  const text = plainText(html);
  if (text.length <= maxChars) return text;
  const cut = cleanText(text.slice(0, Math.max(0, maxChars - 1)));
  const lastSpace = cut.lastIndexOf(' ');
  const whole = text[cut.length] === ' ' ? cut : cut.slice(0, lastSpace > 0 ? lastSpace : undefined);
  return whole.replace(/[\s,;:–—-]+$/, '') + '…';
}
