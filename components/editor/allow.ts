import { postSchema } from '@/lib/text/allowed';
import { keptMediaPath } from '@/lib/text/own-media';

// The browser's side of lib/text: the same list, for HTML that has not been to the server yet.

const ATTRIBUTES = new Map(Object.entries({
  className: 'class', colSpan: 'colspan', rowSpan: 'rowspan', dateTime: 'datetime', ariaLabel: 'aria-label', dataLoad: 'data-load', dataPlayer: 'data-player',
}));
const TAGS = new Set(postSchema.tagNames);
const GONE = new Set([...(postSchema.strip ?? []), 'link', 'meta', 'base', 'noscript', 'input', 'param', 'source', 'track', 'embed', 'frame']);

type Values = ReadonlyArray<string | number | boolean | null | undefined | RegExp>;

/** What an attribute of a tag may say; null: nothing, empty: anything. */
function valuesFor(tag: string, attribute: string): Values | null {
  for (const list of [postSchema.attributes?.[tag], postSchema.attributes?.['*']]) {
    for (const entry of list ?? []) {
      const [name, ...values] = typeof entry === 'string' ? [entry] : entry;
      if ((ATTRIBUTES.get(name) ?? name) === attribute) return values;
    }
  }
  return null;
}

const fits = (value: string, values: Values): boolean => values.length === 0 || values.some((one) => (one instanceof RegExp ? one.test(value) : String(one) === value));

/** Whether a link of a post may lead there: the web, mail, telephone, or a place of this blog. */
export function mayLeadTo(address: string): boolean {
  const plain = address.replace(/[\u0000-\u0020\u007f-\u00a0\u2028\u2029]/g, '');
  return plain !== '' && (/^(?:https?|mailto|tel):/i.test(plain) || !/^[a-z][a-z\d+.-]*:/i.test(plain));
}

function keepAttribute(node: Element, name: string, value: string): string | null {
  const tag = node.tagName.toLowerCase();
  const values = valuesFor(tag, name);
  if (values === null) return null;
  if (name === 'class' || name === 'rel') return value.split(/\s+/).filter((word) => word && fits(word, values)).join(' ') || null;
  if (name === 'href') return mayLeadTo(value) ? value : null;
  if (name === 'src' || name === 'poster') return keptMediaPath(value) === null ? null : value;
  return fits(value, values) ? value : null;
}

/**
 * Leaves of a tree what a post may hold, as lib/text would: no other elements (their words stay), attributes or addresses.
 * Changes the tree; of one that lib/text has made it changes nothing.
 */
export function allowOnly(root: Element | DocumentFragment): void {
  for (const node of [...root.childNodes]) {
    if (node.nodeType === 3) continue;
    if (!isElementNode(node) || GONE.has(node.tagName.toLowerCase())) {
      node.remove();
      continue;
    }
    allowOnly(node);
    if (!TAGS.has(node.tagName.toLowerCase())) {
      node.replaceWith(...node.childNodes);
      continue;
    }
    for (const { name, value } of [...node.attributes]) {
      const kept = keepAttribute(node, name, value);
      if (kept === null) node.removeAttribute(name);
      else if (kept !== value) node.setAttribute(name, kept);
    }
  }
}

/** Of whichever document it is. */
export const isElementNode = (node: Node | null | undefined): node is HTMLElement => node?.nodeType === 1;

/** HTML as a tree in a document of its own: nothing in it runs or is loaded. */
export const inertBody = (html: string): HTMLElement => new DOMParser().parseFromString(`<!doctype html><body>${html}`, 'text/html').body;
