import type { Element, ElementContent, Root } from 'hast';
import { alignmentOf, isClickToLoad, pictureFigure } from './click-to-load';
import { embeddedLine, loneAddress } from './embeds';
import { classesOf, element, isElement, joined } from './html-tree';
import { isBlock, trimmed } from './paragraphs';
import { alignmentWithin, inlinePictures, type Note, pictureFigures } from './pictures';

/** In these a line of its own may become a figure; everywhere else pictures stay in the line. */
const roomy = new Set(['div', 'section', 'aside', 'li', 'td', 'dd', 'blockquote', 'details', 'figure', 'p']);

function linesOf(nodes: ElementContent[]): ElementContent[][] {
  const lines: ElementContent[][] = [[]];
  for (const node of nodes) {
    if (isElement(node, 'br')) lines.push([]);
    else lines.at(-1)?.push(node);
  }
  return lines;
}

/** What a line becomes: figures when it is pictures and nothing else, a player or link when an address, else its words. */
function lineShown(line: ElementContent[], note: Note): ElementContent[] {
  const nodes = trimmed(line);
  const figures = pictureFigures(nodes, alignmentWithin(nodes), note);
  if (figures) return figures;
  const shown = joined(inlinePictures(line, note));
  const [only, ...more] = trimmed(shown);
  const address = only?.type === 'text' && more.length === 0 ? loneAddress(only.value) : null;
  return address ? embeddedLine(address) : shown;
}

/** Inline nodes cut into lines of words, put together again, and the figures that stood between them. */
function arranged(nodes: ElementContent[], note: Note): ElementContent[][] {
  const groups: ElementContent[][] = [[]];
  for (const line of linesOf(nodes)) {
    const shown = lineShown(line, note);
    const last = groups.at(-1) as ElementContent[];
    if (shown.some(isBlock)) groups.push(shown, []);
    else last.push(...(last.length > 0 ? [element('br', {}, [])] : []), ...shown);
  }
  return groups.map((group) => trimmed(group)).filter((group) => group.length > 0);
}

function arrangeParagraph(node: Element, note: Note): ElementContent[] {
  return arranged(node.children, note).flatMap((group) => (group.some(isBlock) ? group : [{ ...node, children: group }]));
}

/** A figure that holds one remote picture is that picture's figure. */
function flattened(figure: Element): Element {
  const inner = figure.children.filter((child) => isElement(child, 'figure'));
  const [only] = inner;
  const isPicture = only && classesOf(only).includes('remote-picture');
  const rest = figure.children.filter((child) => child !== only);
  if (inner.length !== 1 || !isPicture || !rest.every((child) => isElement(child, 'figcaption'))) return figure;
  const [link, ...captions] = only.children;
  if (!link || !isElement(link)) return figure;
  const classes = [...new Set([...alignmentOf(figure), ...alignmentOf(only)])];
  const words = [...captions, ...rest].flatMap((caption) => (isElement(caption) ? [caption.children] : []));
  const caption = words.flatMap((children, i) => (i ? [{ type: 'text' as const, value: ' ' }, ...children] : children));
  return { ...pictureFigure(link, classes, caption.length > 0 ? [element('figcaption', {}, caption)] : []) };
}

function arrange(node: ElementContent, note: Note): ElementContent[] {
  if (!isElement(node) || isClickToLoad(node)) return [node];
  if (node.tagName === 'pre') return [{ ...node, children: inlinePictures(node.children, note) }];
  if (node.tagName === 'p') return arrangeParagraph(node, note);
  if (node.tagName === 'figure' && node.children.some(isClickToLoad)) return [node];
  const out: ElementContent[] = [];
  let run: ElementContent[] = [];
  const flush = () => {
    out.push(...(roomy.has(node.tagName) ? arranged(run, note).flat() : inlinePictures(run, note)));
    run = [];
  };
  for (const child of node.children) {
    if (!isBlock(child)) run.push(child);
    else {
      flush();
      out.push(...arrange(child, note));
    }
  }
  flush();
  const arrangedNode = { ...node, children: out };
  return [node.tagName === 'figure' ? flattened(arrangedNode) : arrangedNode];
}

/**
 * Gives every picture its place: one alone on its line or in its figure becomes a figure, one among words a link in
 * the line. An address alone on its line becomes a player or a link. Expects settled paragraphs.
 */
export function arrangeLines(tree: Root, note: Note): void {
  tree.children = tree.children.flatMap((node) => (node.type === 'doctype' ? [] : arrange(node, note)));
}
