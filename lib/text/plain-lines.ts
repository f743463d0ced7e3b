import type { Element, Nodes } from 'hast';
import { cleanText } from './clean';
import { isElement, property, readHtml } from './html-tree';
import { isInline, unseen } from './plain';

const squeezed = (text: string): string => text.replace(/[\s\u00a0]+/g, ' ').trim();
const fileName = (address: string): string => address.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';

/** What stands in a line for what is no text. */
function standIn(node: Element): string | null {
  switch (node.tagName) {
    case 'img': return `[picture: ${property(node, 'alt') || fileName(property(node, 'src'))}]`;
    case 'iframe': case 'video': case 'audio': return `[${node.tagName === 'audio' ? 'sound' : 'video'}: ${property(node, 'src') || property(node, 'title')}]`;
    case 'hr': return '[a line across]';
    default: return null;
  }
}

/**
 * What a reader would read of any HTML, as lines of plain text: one for each paragraph, heading, point of a list or row, with
 * a word in brackets for a picture. Line breaks inside a paragraph begin a line, too. Never throws; the result is text, not HTML.
 */
export function plainLines(html: string): string[] {
  const lines: string[] = [];
  let line = '';
  const end = (): void => {
    const words = squeezed(line);
    if (words !== '') lines.push(words);
    line = '';
  };
  const walk = (node: Nodes): void => {
    if (node.type === 'text') line += node.value;
    if (!('children' in node)) return;
    const stands = isElement(node) ? standIn(node) : null;
    if (stands !== null) return void (line += ` ${stands} `);
    if (isElement(node) && unseen.has(node.tagName)) return;
    const isEdge = isElement(node) && !isInline(node.tagName);
    if (isEdge) end();
    node.children.forEach(walk);
    if (isEdge) end();
  };
  walk(readHtml(cleanText(html)));
  end();
  return lines;
}
