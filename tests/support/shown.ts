import type { Nodes } from 'hast';
import { toString } from 'hast-util-to-string';
import { readHtml, isElement, property } from '../../lib/text/html-tree';
import { textOf } from '../../lib/text/plain';

/** What a reader meets in a text, each list in its order. */
export type Shown = {
  /** All words on one line. */
  text: string;
  /** `address: words`, of links. */
  links: string[];
  /** `address: words that stand for it`, of pictures, sounds and films. */
  pictures: string[];
  /** `h2: words`. */
  headings: string[];
  /** What an address can lead to. */
  ids: string[];
  /** Of preformatted text every space and line. */
  lines: string[];
  /** `strong: words`, of whatever makes words look otherwise. */
  marks: string[];
  /** The blocks, by what they are and what stands in them: `ul(li(p)li(p))`. */
  blocks: string;
};

const MARKS = ['strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'mark', 'sub', 'sup', 'code', 'kbd', 'small', 'abbr', 'q', 'cite'];
const BLOCKS = ['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'pre', 'figure', 'figcaption', 'table', 'caption', 'tr', 'th', 'td', 'hr', 'br', 'details', 'summary', 'img', 'video', 'audio'];

/** Reads off a text's HTML what it shows, so that two can be compared whatever their markup is. */
export function shownOf(html: string): Shown {
  const tree = readHtml(html);
  const shown: Shown = { text: textOf(tree), links: [], pictures: [], headings: [], ids: [], lines: [], marks: [], blocks: '' };
  const walk = (node: Nodes): void => {
    if (!('children' in node)) return;
    const name = isElement(node) ? node.tagName : '';
    const isBlock = BLOCKS.includes(name);
    if (isBlock) shown.blocks += `${name}(`;
    if (isElement(node)) note(shown, node, textOf(node));
    node.children.forEach(walk);
    if (isBlock) shown.blocks += ')';
  };
  walk(tree);
  return shown;
}

function note(shown: Shown, node: Nodes, words: string): void {
  if (!isElement(node)) return;
  const { tagName } = node;
  if (property(node, 'id')) shown.ids.push(property(node, 'id'));
  if (tagName === 'a') shown.links.push(`${property(node, 'href')}: ${words}`);
  if (isElement(node, 'img', 'video', 'audio')) shown.pictures.push(`${property(node, 'src')}: ${property(node, 'alt')}`);
  if (/^h[2-6]$/.test(tagName)) shown.headings.push(`${tagName}: ${words}`);
  if (tagName === 'pre') shown.lines.push(toString(node));
  if (MARKS.includes(tagName) && words !== '') shown.marks.push(`${tagName}: ${words}`);
}
