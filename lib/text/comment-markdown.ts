import type { Root as HastRoot } from 'hast';
import type { Image, Link, List, Nodes, Parents, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { newlineToBreak } from 'mdast-util-newline-to-break';
import { toHast } from 'mdast-util-to-hast';
import { visit } from 'unist-util-visit';
import { element, text } from './html-tree';
import { webUrl } from './links';
import { absurd, cutForParser, hasTooManyLines } from './markdown-bounds';

// What a comment has no use for stays as it was typed.
const notUsed = [
  'codeIndented', 'headingAtx', 'setextUnderline', 'htmlFlow', 'htmlText', 'definition', 'characterReference',
];

/** A list that begins higher is a year at the start of a sentence. */
const MAX_LIST_START = 99;

const typed = (node: Nodes, source: string): string =>
  source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);

const paragraph = (children: PhrasingContent[]): RootContent => ({ type: 'paragraph', children });

/** `1986. A good year.` alone is a sentence, not the 1986th point. */
function asSentences(list: List, source: string): RootContent[] {
  return list.children.flatMap((item): RootContent[] => {
    const [first, ...rest] = item.children;
    const marker = /^\d+[.)]/.exec(typed(item, source))?.[0] ?? '';
    const lead: PhrasingContent = { type: 'text', value: `${marker} ` };
    if (first?.type === 'paragraph') return [paragraph([lead, ...first.children]), ...rest];
    return [paragraph([lead]), ...item.children];
  });
}

/** A link or picture as a link to a web address, or as typed when it leads nowhere a reader could go. */
function asLink(node: Link | Image, source: string): PhrasingContent {
  const url = /^www\./i.test(node.url) ? `http://${node.url}` : node.url;
  if (!webUrl(url)) return { type: 'text', value: typed(node, source) };
  const children: PhrasingContent[] =
    node.type === 'link' ? node.children : [{ type: 'text', value: node.alt || url }];
  return { type: 'link', url, children };
}

/** What takes the place of a node that a comment does not have, or null when the node stays. */
function replacement(node: Nodes, parent: Parents, source: string): RootContent[] | null {
  if (node.type === 'image' && parent.type === 'link') return [{ type: 'text', value: node.alt || node.url }];
  // Links are read once: what asLink makes has no position.
  if (node.type === 'link' || node.type === 'image') return node.position ? [asLink(node, source)] : null;
  if (node.type === 'thematicBreak') return [paragraph([{ type: 'text', value: typed(node, source) }])];
  if (node.type === 'list' && node.ordered && (node.start ?? 1) > MAX_LIST_START) return asSentences(node, source);
  return null;
}

function readPassages(source: string, off: string[]): HastRoot['children'] {
  const tree = fromMarkdown(source, { extensions: [{ disable: { null: off } }] });
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined) return;
    const instead = replacement(node, parent, source);
    if (!instead) return;
    (parent.children as RootContent[]).splice(index, 1, ...instead);
    return index;
  });
  newlineToBreak(tree);
  const html = toHast(tree);
  return html.type === 'root' ? html.children : [];
}

/** The text as typed: blank lines part paragraphs, a newline is a break. */
function asTyped(source: string): HastRoot['children'] {
  const passages = source.split(/\n(?:[\t ]*\n)+/).filter((passage) => passage.trim() !== '');
  return passages.map((passage) => element('p', {}, passage.split('\n').flatMap((line, at) => (at === 0 ? [text(line)] : [element('br', {}, []), text(line)]))));
}

/**
 * Reads the little Markdown of comments: emphasis, links, quotes, lists, code. A newline is a break; HTML, entities,
 * headings and rules stay as typed; a picture becomes a link to it. Not yet sanitized. Never throws; time is about
 * linear in the length for any input.
 */
export function readMarkdown(source: string): HastRoot {
  if (hasTooManyLines(source)) return { type: 'root', children: asTyped(source) };
  const off = [...notUsed, ...absurd(source)];
  return { type: 'root', children: cutForParser(source).flatMap((piece) => readPassages(piece, off)) };
}
