import type { Element, ElementContent, Root } from 'hast';
import { alignmentOf } from './click-to-load';
import { embeddedLine, loneAddress } from './embeds';
import { append, element, isElement, joined, property, text } from './html-tree';
import type { OldSite } from './old-site';
import { isBlock, trimmed } from './paragraphs';
import { inlinePictures, isShownPicture, isStandIn, pictureFigure, pictureFigures } from './pictures';

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
function lineShown(line: ElementContent[], site: OldSite): ElementContent[] {
  const nodes = trimmed(line);
  const figures = pictureFigures(nodes, site);
  if (figures) return figures;
  const shown = joined(inlinePictures(line, site));
  const [only, ...more] = trimmed(shown);
  const address = only?.type === 'text' && more.length === 0 ? loneAddress(only.value) : null;
  return address ? embeddedLine(address, site) : shown;
}

/** Inline nodes cut into lines of words, put together again, and the figures that stood between them. */
function arranged(nodes: ElementContent[], site: OldSite): ElementContent[][] {
  const groups: ElementContent[][] = [[]];
  for (const line of linesOf(nodes)) {
    const shown = lineShown(line, site);
    const last = groups.at(-1) as ElementContent[];
    if (shown.some(isBlock)) groups.push(shown, []);
    else append(last, last.length > 0 ? [element('br', {}, []), ...shown] : shown);
  }
  return groups.map((group) => trimmed(group)).filter((group) => group.length > 0);
}

function arrangeParagraph(node: Element, site: OldSite): ElementContent[] {
  return arranged(node.children, site).flatMap((group) => (group.some(isBlock) ? group : [{ ...node, children: group }]));
}

/** A figure that holds one figure of a picture is that picture's figure. */
function flattened(figure: Element): Element {
  const inner = figure.children.filter((child) => isElement(child, 'figure'));
  const [only] = inner;
  const rest = figure.children.filter((child) => child !== only);
  if (inner.length !== 1 || !only || !rest.every((child) => isElement(child, 'figcaption'))) return figure;
  const [picture, ...captions] = only.children;
  if (!isShownPicture(picture) || !captions.every((child) => isElement(child, 'figcaption'))) return figure;
  const classes = [...new Set([...alignmentOf(figure), ...alignmentOf(only)])];
  const words = [...captions, ...rest].flatMap((caption) => (isElement(caption) ? [caption.children] : []));
  const caption = words.flatMap((children, i) => (i ? [text(' '), ...children] : children));
  return { ...pictureFigure(picture, classes, caption.length > 0 ? [element('figcaption', {}, caption)] : []) };
}

function arrange(node: ElementContent, site: OldSite): ElementContent[] {
  if (!isElement(node) || isStandIn(node)) return [node];
  if (node.tagName === 'pre') return [{ ...node, children: inlinePictures(node.children, site) }];
  if (node.tagName === 'p') return arrangeParagraph(node, site);
  if (node.tagName === 'figure' && node.children.some(isStandIn)) return [node];
  const out: ElementContent[] = [];
  let run: ElementContent[] = [];
  const flush = () => {
    append(out, roomy.has(node.tagName) ? arranged(run, site).flat() : inlinePictures(run, site));
    run = [];
  };
  for (const child of node.children) {
    if (!isBlock(child)) run.push(child);
    else {
      flush();
      append(out, arrange(child, site));
    }
  }
  flush();
  const arrangedNode = { ...node, children: out };
  return [node.tagName === 'figure' ? flattened(arrangedNode) : arrangedNode];
}

/** A picture that has no words of its own below it has those it was uploaded with. */
function captionFigures(parent: Root | Element): void {
  for (const node of parent.children) {
    if (!isElement(node)) continue;
    const [picture, more] = node.tagName === 'figure' ? node.children : [];
    const image = isElement(picture, 'a') && !isStandIn(picture) ? picture.children[0] : picture;
    const caption = isShownPicture(picture) && !more && isElement(image) ? property(image, 'dataCaption') : '';
    if (caption) node.children.push(element('figcaption', {}, [text(caption)]));
    else captionFigures(node);
  }
}

/**
 * Gives every picture its place: one alone on its line or in its figure becomes a figure, one among words a link in
 * the line. An address alone on its line becomes a player or a link. Expects settled paragraphs.
 */
export function arrangeLines(tree: Root, site: OldSite): void {
  tree.children = tree.children.flatMap((node) => (node.type === 'doctype' ? [] : arrange(node, site)));
  captionFigures(tree);
}
