import { t } from '../../words/t';
import { cardHtml, escaped, isObject, markdownHtml, wordsOf, type Payload } from './ghost-cards';

/** Told of what has no place in a post here. */
export type Unusable = (what: string) => void;

// Deeper than any list a person nests.
const MAX_DEPTH = 60;

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const numberAt = (value: unknown): number => (typeof value === 'number' ? value : 0);

const TAGS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'aside', 'ul', 'ol', 'pre', 'a', 'b', 'strong', 'i', 'em', 's', 'u', 'sub', 'sup', 'code', 'del', 'strike', 'mark']);
const tagOr = (name: unknown, other: string): string => (typeof name === 'string' && TAGS.has(name.toLowerCase()) ? name.toLowerCase() : other);
const around = (tag: string, inner: string, href = ''): string => `<${tag}${href ? ` href="${escaped(href)}"` : ''}>${inner}</${tag}>`;

function cardOr(name: string, payload: Payload, unusable: Unusable): string {
  const html = cardHtml(name, payload);
  if (html === null) unusable(t('transfer.things.card', { name }));
  return html ?? '';
}

// --- mobiledoc: sections of markers, which say what they open and how many they close.

type Markup = { tag: string; href: string };

function markupOf(value: unknown): Markup {
  const [tag, attributes] = list(value);
  const pairs = list(attributes);
  const href = pairs.findIndex((name, index) => index % 2 === 0 && name === 'href');
  const address = href < 0 ? '' : pairs[href + 1];
  return { tag: tagOr(tag, 'span'), href: typeof address === 'string' ? address : '' };
}

function markersHtml(markers: unknown[], markups: Markup[], atoms: unknown[]): string {
  const open: string[] = [];
  let html = '';
  for (const marker of markers) {
    const [type, opens, closes, value] = list(marker);
    for (const index of list(opens)) {
      const { tag, href } = markups[numberAt(index)] ?? { tag: 'span', href: '' };
      if (open.length >= MAX_DEPTH) break;
      open.push(tag);
      html += href ? `<${tag} href="${escaped(href)}">` : `<${tag}>`;
    }
    if (numberAt(type) === 0) html += escaped(typeof value === 'string' ? value : '');
    else html += list(atoms[numberAt(value)])[0] === 'soft-return' ? '<br>' : '';
    for (let left = Math.min(numberAt(closes), open.length); left > 0; left--) html += `</${open.pop()}>`;
  }
  return html + open.reverse().map((tag) => `</${tag}>`).join('');
}

/** Ghost's content before version 5, as HTML. */
function mobiledocHtml(doc: Payload, unusable: Unusable): string {
  const markups = list(doc.markups).map(markupOf);
  const atoms = list(doc.atoms);
  const cards = list(doc.cards);
  const markers = (value: unknown) => markersHtml(list(value), markups, atoms);
  return list(doc.sections).map((section) => {
    const [type, first, second] = list(section);
    if (type === 1) return around(tagOr(first, 'p'), markers(second));
    if (type === 2) return typeof first === 'string' ? `<figure><img src="${escaped(first)}" alt=""></figure>` : '';
    if (type === 3) return around(tagOr(first, 'ul'), list(second).map((item) => around('li', markers(item))).join(''));
    const [name, payload] = list(cards[numberAt(first)]);
    return type === 10 && typeof name === 'string' ? cardOr(name, isObject(payload) ? payload : {}, unusable) : '';
  }).join('\n');
}

// --- lexical: a tree of nodes.

const FORMATS: [number, string][] = [[1, 'strong'], [2, 'em'], [4, 's'], [8, 'u'], [16, 'code'], [32, 'sub'], [64, 'sup']];
const CONTAINERS: Record<string, (node: Payload) => string> = {
  paragraph: () => 'p',
  heading: (node) => tagOr(node.tag, 'h2'),
  'extended-heading': (node) => tagOr(node.tag, 'h2'),
  quote: () => 'blockquote',
  'extended-quote': () => 'blockquote',
  aside: () => 'blockquote',
  list: (node) => (node.listType === 'number' ? 'ol' : 'ul'),
  listitem: () => 'li',
};

function lexicalNode(node: unknown, depth: number, unusable: Unusable): string {
  if (!isObject(node) || depth > MAX_DEPTH) return '';
  const type = wordsOf(node, 'type');
  if (type === 'text' || type === 'extended-text') {
    const format = numberAt(node.format);
    return FORMATS.reduce((html, [bit, tag]) => (format & bit ? around(tag, html) : html), escaped(typeof node.text === 'string' ? node.text : ''));
  }
  if (type === 'linebreak') return '<br>';
  const children = list(node.children);
  const inner = () => children.map((child) => lexicalNode(child, depth + 1, unusable)).join('');
  if (type === 'link' || type === 'autolink') return around('a', inner(), wordsOf(node, 'url'));
  const container = Object.hasOwn(CONTAINERS, type) ? CONTAINERS[type] : undefined;
  if (container) return around(container(node), inner());
  return children.length > 0 ? inner() : cardOr(type || t('transfer.names.unnamed'), node, unusable);
}

/** Ghost's content since version 5, as HTML. */
function lexicalHtml(doc: Payload, unusable: Unusable): string {
  const root = isObject(doc.root) ? doc.root : {};
  return list(root.children).map((node) => lexicalNode(node, 0, unusable)).join('\n');
}

/** The object that a JSON text says; null for anything else. */
export function parsed(text: string): Payload | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export type GhostSource = { html: string; lexical: string; mobiledoc: string; markdown: string };

/**
 * What a post of Ghost says, as HTML that is not safe yet: what Ghost had made of it, or else made of its source, in
 * whichever of Ghost's three forms that is. '' where there is none. Never throws.
 */
export function ghostHtml({ html, lexical, mobiledoc, markdown }: GhostSource, unusable: Unusable): string {
  if (html.trim() !== '') return html;
  const tree = parsed(lexical);
  if (tree) return lexicalHtml(tree, unusable);
  const doc = parsed(mobiledoc);
  if (doc) return mobiledocHtml(doc, unusable);
  if (lexical || mobiledoc) unusable(t('transfer.things.unreadableText'));
  return markdown.trim() === '' ? '' : markdownHtml(markdown);
}
