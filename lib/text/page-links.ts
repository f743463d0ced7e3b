import type { Element, Root } from 'hast';
import { Parser } from 'htmlparser2';
import { unread } from './bounded-html';
import { Closers, endOfComment, tagAt } from './html-tags';
import { property } from './html-tree';

/** Where an element names an address. */
const ADDRESSES = ['href', 'src', 'cite', 'data', 'poster'];
const SEVERAL = 'srcset';

/** An address as it is compared: whole, without its fragment; null where it is none of the web. */
export function comparable(address: string, base?: URL): string | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  url.hash = '';
  return /^https?:$/.test(url.protocol) ? url.href : null;
}

const firstOf = (candidate: string): string => candidate.trim().split(/\s/, 1)[0] ?? '';

type Named = (attribute: string) => string;

function leadsTo(named: Named, targets: ReadonlySet<string>, base: URL): boolean {
  const addresses = [...ADDRESSES.map(named), ...named(SEVERAL).split(',').map(firstOf)];
  return addresses.some((address) => address !== '' && targets.has(comparable(address.trim(), base) ?? ''));
}

/** The opening tags of a page that may name an address, as they stand there; not those inside of comments, scripts and the like. */
function* tagsOf(html: string): Generator<string> {
  const closers = new Closers(html);
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const tag = tagAt(html, at);
    if (tag && tag.end < 0) return;
    if (!tag || tag.closes) {
      at = tag?.end ?? endOfComment(html, at) ?? at + 1;
      continue;
    }
    const text = html.slice(at, tag.end);
    if (/href|src|cite|data|poster/i.test(text)) yield text;
    const closer = unread.has(tag.name) ? closers.find(`</${tag.name}`, tag.end) : tag.end;
    if (closer < 0) return;
    at = closer;
  }
}

/**
 * Whether an HTML page at `own` leads to one of these addresses (as `comparable` writes them), and the address on which its
 * relative ones stand: its own, or that of its first `<base>`. A comment of its source, a script or words that look like a
 * link are none. About linear in time: of each tag alone, for a parser that knows what is open is slow where nothing is closed.
 */
export function readLinksOf(html: string, own: URL, targets: ReadonlySet<string>): { base: URL; isLinked: boolean } {
  let base: URL | null = null;
  let isLinked = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      const { href = '' } = attributes;
      if (name === 'base' && base === null && comparable(href, own) !== null) base = new URL(href, own);
      else isLinked ||= leadsTo((attribute) => attributes[attribute] ?? '', targets, base ?? own);
    },
  });
  for (const tag of tagsOf(html)) {
    parser.reset();
    parser.end(tag);
  }
  return { base: base ?? own, isLinked };
}

/** The innermost entry of a page (an element of this class) around the first link to one of these addresses; null where it stands in none. */
export function findEntryAround(tree: Root, isEntry: (node: Element) => boolean, targets: ReadonlySet<string>, base: URL): Element | null {
  let found: Element | null = null;
  const walk = (nodes: readonly { type: string }[], entry: Element | null): boolean =>
    nodes.some((node) => {
      if (node.type !== 'element') return false;
      const element = node as Element;
      const around = isEntry(element) ? element : entry;
      if (!leadsTo((name) => property(element, name === SEVERAL ? 'srcSet' : name), targets, base)) return walk(element.children, around);
      found = around;
      return true;
    });
  walk(tree.children, null);
  return found;
}

/** Whether a JSON document has a value that is one of these addresses. What is no JSON has none. */
export function jsonNames(document: string, targets: ReadonlySet<string>): boolean {
  const open: unknown[] = [];
  try {
    open.push(JSON.parse(document));
  } catch {
    return false;
  }
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string' && targets.has(comparable(value) ?? '')) return true;
    if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) open.push(one);
  }
  return false;
}

const ADDRESS_IN_TEXT = /https?:\/\/[^\s<>"'`\\|^{}]+/gi;

/** Whether a plain text names one of these addresses; a point or bracket behind it is the sentence's. */
export function textNames(text: string, targets: ReadonlySet<string>): boolean {
  return [...text.matchAll(ADDRESS_IN_TEXT)].some(([address]) => [address, address.replace(/[.,;:!?)\]]+$/, '')].some((one) => targets.has(comparable(one) ?? '')));
}
