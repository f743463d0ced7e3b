import type { Element, ElementContent, Root, RootContent } from 'hast';
import { classesOf, isBlank, isElement, joined } from './html-tree';
import { codeLines, flattenNewlines, onlyInline, onOwnLines, settleParagraphs } from './paragraphs';

const needContent = new Set([
  'a', 'abbr', 'b', 'bdi', 'bdo', 'blockquote', 'caption', 'cite', 'code', 'del', 'dfn', 'div', 'dl', 'em', 'figcaption', 'figure', 'h2', 'h3',
  'h4', 'h5', 'h6', 'i', 'ins', 'kbd', 'mark', 'ol', 'p', 'q', 'ruby', 's', 'samp', 'section', 'aside', 'small', 'span', 'strong', 'sub', 'sup',
  'time', 'u', 'ul', 'var', 'pre', 'details',
]);

const holdsLink = (node: Element): boolean =>
  node.children.some((child) => isElement(child) && (child.tagName === 'a' || holdsLink(child)));

/** One that says nothing of what is in it. */
const isBareSpan = (node: Element): boolean => node.tagName === 'span' && Object.keys(node.properties).length === 0;

const asCode = (node: Element): Element => ({ ...node, children: codeLines(onlyInline(node.children).flatMap(kept)) });

const heading: string[] = ['h2', 'h3', 'h4', 'h5', 'h6'];
/** A heading inside of a heading would end it. */
const withoutHeadings = (nodes: ElementContent[]): ElementContent[] =>
  nodes.flatMap((node): ElementContent[] => {
    if (!isElement(node)) return [node];
    const children = withoutHeadings(node.children);
    return heading.includes(node.tagName) ? children : [{ ...node, children }];
  });

/** An element as it may stay: not at all when it shows nothing, without a link around links. */
function kept(node: ElementContent): ElementContent[] {
  if (!isElement(node)) return [node];
  if (classesOf(node).length === 0) delete node.properties.className;
  if (isElement(node, 'img', 'audio', 'video')) return node.properties.src ? [node] : [];
  if (node.tagName === 'pre') return [asCode(node)].filter(({ children }) => children.length > 0);
  node.children = joined(node.children.flatMap(kept));
  if (heading.includes(node.tagName)) node.children = joined(withoutHeadings(node.children));
  const isEmpty = node.children.every(isBlank) && needContent.has(node.tagName);
  if (isEmpty && !node.properties.id) return node.children;
  if (isBareSpan(node) && node.children.every((child) => isBlank(child) || isElement(child, 'br'))) return node.children;
  if (node.tagName === 'a' && holdsLink(node)) return node.children;
  return [node];
}

/** Headings step down one level at a time below the title, whatever levels the old theme made them look good in (WCAG 1.3.1). */
function orderHeadings(nodes: (ElementContent | RootContent)[], above: { was: number; is: number }[]): void {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    if (heading.includes(node.tagName)) {
      const was = Number(node.tagName[1]);
      while (above.length > 0 && above.at(-1)!.was >= was) above.pop();
      const is = (above.at(-1)?.is ?? 1) + 1;
      above.push({ was, is });
      node.tagName = `h${is}`;
    }
    orderHeadings(node.children, above);
  }
}

/**
 * The sanitized tree of a post in the order in which it is kept: nothing empty, every line in its paragraph, no level of
 * headings left out, blocks on lines of their own.
 */
export function finished(tree: Root): Root {
  flattenNewlines(tree);
  const full = joined((tree.children as ElementContent[]).flatMap(kept));
  const settled = (settleParagraphs(full, 'plain') as ElementContent[]).flatMap(kept);
  orderHeadings(settled, []);
  return { type: 'root', children: onOwnLines(settled as RootContent[]) };
}
