import type { Element, ElementContent, Root, RootContent } from 'hast';
import { append, element, isBlank, isElement, joined, text } from './html-tree';

type Node = RootContent | ElementContent;

const blocks = new Set([
  'address', 'article', 'aside', 'audio', 'blockquote', 'center', 'details', 'dd', 'div', 'dl', 'dt', 'fieldset', 'figcaption',
  'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'ol', 'p', 'pre',
  'script', 'section', 'style', 'summary', 'table', 'ul', 'caption', 'colgroup', 'tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'video',
]);
/** Text directly in these always stands in paragraphs. */
const proseHolders = new Set(['blockquote']);
/** Text directly in these does so only when a blank line parts it. */
const looseHolders = new Set(['div', 'section', 'aside', 'article', 'li', 'td', 'th', 'dd', 'details', 'figcaption', 'center']);
/** White space between the children of these means nothing. */
const structural = new Set(['ul', 'ol', 'dl', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup', 'figure']);

/** Whether a node stands on its own lines: a block, or an inline element around one. */
export function isBlock(node: Node): boolean {
  if (!isElement(node)) return false;
  return blocks.has(node.tagName) || node.children.some(isBlock);
}

// A run of white space is tried from its beginning only, or a long one would cost the square of its length.
const BLANK_LINE = /(?<![\t ])[\t ]*\n[\t ]*\n\s*/;
const NEWLINE = /(?<![\t ])[\t ]*\n[\t ]*/;
const END_SPACE = /(?<![\t\n\f\r ])[\t\n\f\r ]+$/;

/** Cuts inline nodes at blank lines; an element that goes on over one is closed and opened again. */
function cutAtBlankLines(nodes: ElementContent[]): ElementContent[][] {
  const pieces: ElementContent[][] = [[]];
  for (const node of nodes) {
    const parts = cutNode(node);
    parts.forEach((part, i) => {
      if (i > 0) pieces.push([]);
      append(pieces.at(-1)!, part);
    });
  }
  return pieces;
}

function cutNode(node: ElementContent): ElementContent[][] {
  if (node.type === 'text') return node.value.split(BLANK_LINE).map((part) => (part ? [text(part)] : []));
  if (node.type !== 'element') return [[node]];
  const inner = cutAtBlankLines(node.children);
  if (inner.length === 1) return [[node]];
  return inner.map((children) => (children.every(isBlank) ? [] : [{ ...node, children }]));
}

const isBreak = (node: ElementContent | undefined): boolean => isElement(node, 'br');

/** Takes white space and breaks off both ends of a line of nodes. */
export function trimmed(nodes: ElementContent[]): ElementContent[] {
  const empty = (node: ElementContent | undefined) => node && (isBlank(node) || isBreak(node));
  let from = 0;
  let to = nodes.length;
  while (from < to && empty(nodes[from])) from++;
  while (to > from && empty(nodes[to - 1])) to--;
  return nodes.slice(from, to).map((node, i, all) => {
    if (node.type !== 'text') return node;
    const start = i === 0 ? node.value.replace(/^[\t\n\f\r ]+/, '') : node.value;
    return text(i === all.length - 1 ? start.replace(END_SPACE, '') : start);
  });
}

/** Makes breaks of the newlines in inline nodes; one beside a `<br>` is that break's own. */
function withBreaks(nodes: ElementContent[]): ElementContent[] {
  return nodes.flatMap((node, i): ElementContent[] => {
    if (node.type === 'element') return [{ ...node, children: withBreaks(node.children) }];
    if (node.type !== 'text' || !node.value.includes('\n')) return [node];
    let value = node.value;
    if (isBreak(nodes[i - 1])) value = value.trimStart();
    if (isBreak(nodes[i + 1])) value = value.trimEnd();
    return value
      .split(NEWLINE)
      .flatMap((line, at) => [...(at ? [element('br', {}, [])] : []), ...(line ? [text(line)] : [])]);
  });
}

/** `typed`: blank lines and newlines are what the writer meant, as in WordPress's classic editor. */
export type Newlines = 'typed' | 'plain';

function paragraphsOf(nodes: ElementContent[], newlines: Newlines, wrap: 'always' | 'if-parted'): ElementContent[] {
  const pieces = (newlines === 'typed' ? cutAtBlankLines(nodes) : [nodes])
    .map((piece) => trimmed(piece))
    .filter((piece) => piece.length > 0)
    .map((piece) => (newlines === 'typed' ? withBreaks(piece) : piece));
  if (wrap === 'if-parted' && pieces.length < 2) return pieces.flat();
  return pieces.map((piece) => element('p', {}, piece));
}

/** Gathers the runs of inline nodes between blocks and puts what `make` says in their place. */
function betweenBlocks(nodes: Node[], make: (run: ElementContent[]) => Node[], block: (node: Node) => Node[]): Node[] {
  const out: Node[] = [];
  let run: ElementContent[] = [];
  const flush = () => {
    if (run.length > 0) append(out, make(run));
    run = [];
  };
  for (const node of nodes) {
    if (isBlock(node) || node.type === 'doctype') {
      flush();
      append(out, block(node));
    } else if (node.type !== 'comment') run.push(node);
  }
  flush();
  return out;
}

/** A paragraph in paragraphs: cut at blank lines, and around any block that stands inside it. */
function settleParagraph(node: Element, newlines: Newlines): Node[] {
  return betweenBlocks(
    node.children,
    (run) => paragraphsOf(run, newlines, 'always').map((piece) => ({ ...piece, properties: node.properties })),
    (block) => settle(block, newlines),
  );
}

function settle(node: Node, newlines: Newlines): Node[] {
  if (!isElement(node)) return [node];
  if (node.tagName === 'pre') return [{ ...node, children: codeLines(node.children) }];
  if (node.tagName === 'p') return settleParagraph(node, newlines);
  const { tagName } = node;
  const inner = (run: ElementContent[]): Node[] => {
    if (structural.has(tagName)) return trimmed(run);
    if (proseHolders.has(tagName)) return paragraphsOf(run, newlines, 'always');
    if (looseHolders.has(tagName)) return paragraphsOf(run, newlines, 'if-parted');
    return newlines === 'typed' ? withBreaks(trimmed(run)) : trimmed(run);
  };
  const children = betweenBlocks(node.children, inner, (block) => settle(block, newlines));
  return [{ ...node, children: children as ElementContent[] }];
}

/**
 * Puts the text of a tree into paragraphs as WordPress shows it: a blank line parts paragraphs and a newline is a
 * break (`typed`), or only the tags say so (`plain`). Blocks stay whole, `pre` loses no more than its first newlines, no
 * paragraph holds a block, none is empty. Comments are left out. Done twice it changes nothing more.
 */
export function settleParagraphs(nodes: RootContent[], newlines: Newlines): RootContent[] {
  const wrap = (run: ElementContent[]): Node[] => paragraphsOf(run, newlines, 'always');
  return betweenBlocks(nodes, wrap, (block) => settle(block, newlines)) as RootContent[];
}

/** Makes one space of each newline left in a tree outside of `pre`: it means no more than that. */
export function flattenNewlines(tree: Root | Element): void {
  for (const node of tree.children) {
    if (node.type === 'text') node.value = node.value.replace(/(?<![\t ])[\t ]*\n\s*/g, ' ');
    else if (isElement(node) && node.tagName !== 'pre') flattenNewlines(node);
  }
}

/** The blocks of a tree with a newline between them, for whoever reads the source. */
export function onOwnLines(nodes: RootContent[]): RootContent[] {
  return nodes.flatMap((node, i) => (i === 0 ? [node] : [{ type: 'text', value: '\n' } as const, node]));
}

/** The content of a `pre` without newlines at its beginning: the first would be the parser's. */
export function codeLines(nodes: ElementContent[]): ElementContent[] {
  const [first, ...rest] = joined(nodes);
  if (first?.type !== 'text') return first ? [first, ...rest] : [];
  const value = first.value.replace(/^\n+/, '');
  return value ? [text(value), ...rest] : rest;
}

/** In `pre` only lines of text have a place. */
export function onlyInline(nodes: ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (!isElement(node)) return [node];
    const children = onlyInline(node.children);
    return isBlock({ ...node, children: [] }) ? children : [{ ...node, children }];
  });
}
