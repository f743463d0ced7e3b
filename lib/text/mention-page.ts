import type { Element, ElementContent, Properties } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { mf2 } from 'microformats-parser';
import { classesOf, isElement, property, readHtml } from './html-tree';
import { comparable, findEntryAround, readLinksOf } from './page-links';
import { plainText } from './plain';

/** How a page says that it speaks of another. */
export type Way = 'mention' | 'reply' | 'like' | 'repost';

/** What a page says of itself, in plain text on one line each; empty where it does not say. */
export type MentionPage = { way: Way; author: string; text: string };

const WAYS = { 'in-reply-to': 'reply', 'like-of': 'like', 'repost-of': 'repost' } as const satisfies Record<string, Way>;

// What is read of an entry. All else is taken out before it is parsed: the parser's work grows with the square of some of it
// (a thousand classes, nested entries), and a stranger has written it.
const CLASSES = new Set([
  'h-entry', 'h-card', 'h-cite', 'p-name', 'p-summary', 'p-author', 'p-content', 'e-content', 'u-url', 'u-uid', 'u-in-reply-to', 'p-in-reply-to', 'u-like-of', 'p-like-of', 'u-repost-of', 'p-repost-of',
]);
const ATTRIBUTES = ['href', 'title', 'value', 'alt'];
const MAX_CHARACTERS = 40_000;
const MAX_ELEMENTS = 600;
const MAX_DEPTH = 30;
const MAX_ATTRIBUTE_CHARACTERS = 2_000;

const isEntry = (node: Element): boolean => classesOf(node).includes('h-entry');

/** A copy of an entry that says what is read of it and no more, bounded. */
function bare(entry: Element): Element {
  let [characters, elements] = [MAX_CHARACTERS, MAX_ELEMENTS];
  const copy = (node: Element, depth: number): Element => {
    const className = classesOf(node).filter((name) => CLASSES.has(name));
    const properties: Properties = className.length > 0 ? { className } : {};
    for (const name of ATTRIBUTES) {
      const value = property(node, name);
      if (value !== '' && value.length <= MAX_ATTRIBUTE_CHARACTERS && value.length < characters) {
        properties[name] = value;
        characters -= value.length;
      }
    }
    return { type: 'element', tagName: node.tagName, properties, children: node.children.flatMap((child) => inside(child, depth + 1)) };
  };
  const inside = (node: ElementContent, depth: number): ElementContent[] => {
    if (node.type === 'text') {
      const value = node.value.slice(0, Math.max(0, characters));
      characters -= value.length;
      return [{ type: 'text', value }];
    }
    if (!isElement(node) || depth > MAX_DEPTH || elements <= 0 || characters <= 0) return [];
    elements -= 1;
    return [copy(node, depth)];
  };
  return copy(entry, 0);
}

type Item = ReturnType<typeof mf2>['items'][number];
type Said = Item['properties'][string][number] | undefined;

/** A property in plain words. */
function wordsOf(said: Said): string {
  if (said === undefined) return '';
  if (typeof said === 'string') return said.replace(/\s+/g, ' ').trim();
  if ('html' in said) return plainText(said.html);
  return 'properties' in said ? wordsOf(said.properties.name?.[0]) || wordsOf(said.value) : '';
}

/** Where a property leads: itself, or the address of the card or citation that it is. */
function addressesOf(said: Said): string[] {
  if (said === undefined) return [];
  if (typeof said === 'string') return [said];
  const own = 'value' in said && typeof said.value === 'string' ? [said.value] : [];
  return 'properties' in said ? [...own, ...(said.properties.url ?? []).flatMap(addressesOf)] : own;
}

function wayOf({ properties }: Item, targets: ReadonlySet<string>): Way {
  const leads = (name: string) => (properties[name] ?? []).some((said) => addressesOf(said).some((address) => targets.has(comparable(address) ?? '')));
  const name = (Object.keys(WAYS) as (keyof typeof WAYS)[]).find(leads);
  return name ? WAYS[name] : 'mention';
}

/** The entry, as microformats say it; null where they say nothing. */
function entryOf(element: Element, base: URL): Item | null {
  try {
    const { items } = mf2(toHtml(bare(element)), { baseUrl: base.href });
    return items.find(({ type }) => type?.includes('h-entry')) ?? null;
  } catch {
    return null;
  }
}

/** The page's title, which the tree does not have. */
function titleOf(html: string): string {
  const [, title = ''] = /<title(?:\s[^>]{0,200})?>([^<]{0,1000})/i.exec(html) ?? [];
  return plainText(title);
}

/**
 * What an HTML page at `own` says of the link that it has to one of `targets` (as `comparable` writes them): who writes, what,
 * and how, by the microformats of the entry around it (https://microformats.org/wiki/h-entry), else its title. Null: it has none.
 * All of it is a stranger's words, in plain text. Never throws; bounded in time whatever the page is.
 */
export function readMentionPage(html: string, own: URL, targets: ReadonlySet<string>): MentionPage | null {
  const { base, isLinked } = readLinksOf(html, own, targets);
  if (!isLinked) return null;
  const around = findEntryAround(readHtml(html), isEntry, targets, base);
  const entry = around && entryOf(around, base);
  if (!entry) return { way: 'mention', author: '', text: titleOf(html) };
  const { properties } = entry;
  const text = [properties.summary, properties.content, properties.name].map((said) => wordsOf(said?.[0])).find((words) => words !== '');
  return { way: wayOf(entry, targets), author: wordsOf(properties.author?.[0]), text: text ?? titleOf(html) };
}
