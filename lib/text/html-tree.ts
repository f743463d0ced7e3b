import type { Element, ElementContent, Nodes, Properties, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { boundedHtml } from './bounded-html';
import { type SafeHtml, storedHtml } from './safe-html';

// A carriage return that a reference names would be printed as it is, and a browser reads a newline then.
const CARRIAGE_RETURN = /&#(?:0*13(?!\d)|x0*d(?![\da-f]));?\n?/gi;

/**
 * Reads a piece of HTML as a browser would inside `<body>`, nested a few hundred deep at most. Never throws.
 * Not safe: to be sanitized before it is printed.
 */
export function readHtml(html: string): Root {
  // Without `<body>` the parser would take table cells outside of a table.
  return fromHtml(`<body>${boundedHtml(html.replace(CARRIAGE_RETURN, '&#10;'))}`, { fragment: true });
}

/** Writes a tree that has just been through a sanitizer, and is to be called with nothing else. */
export function printHtml(tree: Nodes): SafeHtml {
  return storedHtml(toHtml(tree, { characterReferences: { useNamedReferences: true } }));
}

/** A new element. */
export function element(tagName: string, properties: Properties, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

/** A new text. */
export const text = (value: string): ElementContent => ({ type: 'text', value });

/** Whether the node is an element, of one of the given names if any are given. */
export function isElement<Name extends string = string>(
  node: Nodes | undefined,
  ...names: Name[]
): node is Element & { tagName: Name } {
  return node?.type === 'element' && (names.length === 0 || (names as string[]).includes(node.tagName));
}

/** Whether the node shows nothing: white space, or a comment. */
export const isBlank = (node: Nodes): boolean =>
  node.type === 'comment' || (node.type === 'text' && !/[^\t\n\f\r ]/.test(node.value));

/** An element's classes. */
export function classesOf(node: Element): string[] {
  const value = node.properties.className;
  return Array.isArray(value) ? value.map(String) : [];
}

/** All elements of these names inside a node, in order. */
export function elementsIn(node: Element, ...names: string[]): Element[] {
  return node.children.flatMap((child) =>
    isElement(child) ? [...(names.includes(child.tagName) ? [child] : []), ...elementsIn(child, ...names)] : [],
  );
}

/** A property as text; empty when absent. */
export function property(node: Element, name: string): string {
  const value = node.properties[name];
  return Array.isArray(value) ? value.join(' ') : value === undefined || value === null ? '' : String(value);
}

/** The nodes with neighbouring texts joined, as a browser would read them. */
export function joined(nodes: ElementContent[]): ElementContent[] {
  const out: ElementContent[] = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if (node.type === 'text' && last?.type === 'text') out[out.length - 1] = text(last.value + node.value);
    else out.push(node);
  }
  return out;
}

/** Adds nodes to the end of a list. Not by spreading: a text may have a hundred thousand, and the stack has no room for so many arguments. */
export function append<Node>(to: Node[], nodes: readonly Node[]): void {
  for (const node of nodes) to.push(node);
}
