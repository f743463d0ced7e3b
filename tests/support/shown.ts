import type { Element, Nodes } from 'hast';
import { toString } from 'hast-util-to-string';
import { elementsIn, isElement, property, readHtml } from '../../lib/text/html-tree';
import { textOf } from '../../lib/text/plain';

/** What a reader meets in a text, each list in its order. */
export type Shown = {
  /** All words on one line. */
  text: string;
  /** `address: words`, of links that show something. */
  links: string[];
  /** `address: words that stand for it`, of pictures, sounds and films. */
  pictures: string[];
  /** `h2: words`. */
  headings: string[];
  /** What an address can lead to. */
  ids: string[];
  /** Of preformatted text every space and line. */
  lines: string[];
  /** By what makes words look otherwise, all letters that it does so to: into how many pieces they are cut shows nowhere. */
  marks: Record<string, string>;
  /** Quotes in a line, for each has signs of its own. */
  quotes: string[];
  /** The blocks, by what they are and what stands in them: `ul(li(p()))`. */
  blocks: string;
};

const MARKS = ['strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'mark', 'sub', 'sup', 'code', 'kbd', 'samp', 'var', 'small', 'abbr', 'cite'];
const BLOCKS = ['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'pre', 'figure', 'figcaption', 'table', 'caption', 'tr', 'th', 'td', 'hr', 'br', 'details', 'summary', 'img', 'video', 'audio'];

/** Reads off a text's HTML what it shows, so that two can be compared whatever their markup is. */
export function shownOf(html: string): Shown {
  const tree = readHtml(html);
  const shown: Shown = { text: textOf(tree), links: [], pictures: [], headings: [], ids: [], lines: [], marks: {}, quotes: [], blocks: '' };
  const walk = (node: Nodes): void => {
    if (!('children' in node)) return;
    const isBlock = isElement(node, ...BLOCKS);
    if (isBlock && textOf(node) !== '') dropBreakAtEnd(node);
    if (isElement(node)) note(shown, node);
    if (isBlock) shown.blocks += `${node.tagName}(`;
    node.children.forEach(walk);
    if (isBlock) shown.blocks += ')';
  };
  walk(tree);
  return shown;
}

/** A break behind the last words of a block shows nowhere. */
function dropBreakAtEnd(node: Element): void {
  for (let at = node; ;) {
    const last = at.children.findLastIndex((child) => child.type === 'element' || (child.type === 'text' && child.value.trim() !== ''));
    const child = at.children[last];
    if (!isElement(child)) return;
    if (child.tagName === 'br') return void at.children.splice(last, 1);
    at = child;
  }
}

function note(shown: Shown, node: Element): void {
  const { tagName } = node;
  const words = textOf(node);
  if (property(node, 'id')) shown.ids.push(property(node, 'id'));
  if (tagName === 'a' && (words !== '' || elementsIn(node, 'img').length > 0)) shown.links.push(`${property(node, 'href')}: ${words}`);
  if (['img', 'video', 'audio'].includes(tagName)) shown.pictures.push(`${property(node, 'src')}: ${property(node, 'alt')}`);
  if (/^h[2-6]$/.test(tagName)) shown.headings.push(`${tagName}: ${words}`);
  if (tagName === 'pre') shown.lines.push(toString(node));
  if (tagName === 'q') shown.quotes.push(words);
  if (MARKS.includes(tagName) && words !== '') shown.marks[tagName] = (shown.marks[tagName] ?? '') + words.replace(/\s/g, '');
}
