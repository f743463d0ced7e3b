import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toHast } from 'mdast-util-to-hast';
import { absurd, cutForParser, hasTooManyLines } from '../../text/markdown-bounds';

export type Payload = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Payload => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first of these that is text with something in it. */
export function wordsOf(payload: Payload, ...names: string[]): string {
  for (const name of names) {
    const value = payload[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return '';
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

/** Markdown with HTML in it, as Ghost's first editor had it, as HTML that is not safe yet. */
export function markdownHtml(source: string): string {
  if (hasTooManyLines(source)) return `<pre>${escaped(source)}</pre>`;
  const off = absurd(source);
  return cutForParser(source)
    .map((piece) => toHtml(toHast(fromMarkdown(piece, { extensions: [{ disable: { null: off } }] }), { allowDangerousHtml: true }), { allowDangerousHtml: true }))
    .join('\n');
}

const captionHtml = (caption: string): string => (caption ? `<figcaption>${caption}</figcaption>` : '');

function pictureHtml(picture: Payload): string {
  const src = wordsOf(picture, 'src');
  if (!src) return '';
  const img = `<img src="${escaped(src)}" alt="${escaped(wordsOf(picture, 'alt', 'altText'))}">`;
  const href = wordsOf(picture, 'href');
  return href ? `<a href="${escaped(href)}">${img}</a>` : img;
}

function galleryHtml(gallery: Payload): string {
  const images = Array.isArray(gallery.images) ? gallery.images.filter(isObject) : [];
  return `<figure>${images.map(pictureHtml).join('')}${captionHtml(wordsOf(gallery, 'caption'))}</figure>`;
}

function linkHtml(href: string, words: string): string {
  return href ? `<p><a href="${escaped(href)}">${escaped(words || href)}</a></p>` : '';
}

function bookmarkHtml(bookmark: Payload): string {
  const metadata = isObject(bookmark.metadata) ? bookmark.metadata : {};
  return linkHtml(wordsOf(bookmark, 'url'), wordsOf(metadata, 'title') || wordsOf(bookmark, 'title'));
}

function codeHtml(code: Payload): string {
  return `<figure><pre><code>${escaped(wordsOf(code, 'code'))}</code></pre>${captionHtml(wordsOf(code, 'caption'))}</figure>`;
}

const cards: Record<string, (payload: Payload) => string> = {
  image: (card) => `<figure>${pictureHtml(card)}${captionHtml(wordsOf(card, 'caption'))}</figure>`,
  gallery: galleryHtml,
  html: (card) => wordsOf(card, 'html'),
  markdown: (card) => markdownHtml(wordsOf(card, 'markdown')),
  'card-markdown': (card) => markdownHtml(wordsOf(card, 'markdown')),
  code: codeHtml,
  codeblock: codeHtml,
  hr: () => '<hr>',
  horizontalrule: () => '<hr>',
  embed: (card) => `<figure>${wordsOf(card, 'html') || linkHtml(wordsOf(card, 'url'), '')}${captionHtml(wordsOf(card, 'caption'))}</figure>`,
  bookmark: bookmarkHtml,
  callout: (card) => `<blockquote>${wordsOf(card, 'calloutText')}</blockquote>`,
  toggle: (card) => `<details><summary>${wordsOf(card, 'heading')}</summary>${wordsOf(card, 'content')}</details>`,
  button: (card) => linkHtml(wordsOf(card, 'buttonUrl'), wordsOf(card, 'buttonText')),
  video: (card) => `<figure><video src="${escaped(wordsOf(card, 'src'))}" poster="${escaped(wordsOf(card, 'thumbnailSrc', 'customThumbnailSrc'))}" controls></video>${captionHtml(wordsOf(card, 'caption'))}</figure>`,
  audio: (card) => `<figure><audio src="${escaped(wordsOf(card, 'src'))}" controls></audio>${captionHtml(escaped(wordsOf(card, 'title')))}</figure>`,
  file: (card) => linkHtml(wordsOf(card, 'src'), wordsOf(card, 'fileTitle', 'fileName')),
  paywall: () => '',
  'email-only': () => '',
};

/** A card of Ghost's editor as HTML; null for one that has no place in a post here. */
export const cardHtml = (name: string, payload: Payload): string | null => (Object.hasOwn(cards, name) ? (cards[name]?.(payload) ?? null) : null);
