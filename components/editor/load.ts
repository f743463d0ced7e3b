import { DOMParser as SchemaParser, DOMSerializer, type Node as DocumentNode, type Schema } from '@tiptap/pm/model';
import { inertBody, isElementNode } from './allow';
import { isBlankText, isBlock, isLoose, settle, tagOf } from './blocks';
import { showSame } from './same';
import { editorSchema } from './schema';

/** The HTML of blocks as they were loaded or last written: nodes never change, so it holds as long as they are there. */
const written = new WeakMap<DocumentNode, string>();

/** What the schema makes of one block of a post, if it shows the same. */
function edited(original: Element, schema: Schema): DocumentNode[] | null {
  const holder = original.ownerDocument.createElement('body');
  holder.append(original.cloneNode(true));
  settle(holder);
  const { content } = SchemaParser.fromSchema(schema).parse(holder, { preserveWhitespace: 'full' });
  const [node, more] = [content.firstChild, content.childCount > 1];
  if (!node || more) return null;
  const [again] = elementsOf(node, schema);
  return again && showSame(original, again) ? [node] : null;
}

/** The blocks of a post in the editor's terms; what it could not write again as it was is a `kept` block. */
export function toBlocks(html: string, schema: Schema): DocumentNode[] {
  const body = inertBody(html);
  const out: DocumentNode[] = [];
  let run: Node[] = [];
  const flush = () => {
    if (run.every(isBlankText)) run = [];
    if (run.length === 0) return;
    const paragraph = body.ownerDocument.createElement('p');
    paragraph.append(...run);
    run = [];
    add(paragraph);
  };
  const add = (element: Element) => {
    const nodes = edited(element, schema) ?? [schema.node('kept', { html: element.outerHTML })];
    const [only] = nodes;
    if (only) written.set(only, element.outerHTML);
    out.push(...nodes);
  };
  for (const node of [...body.childNodes]) {
    if (!isElementNode(node) || isWords(node)) run.push(node);
    else {
      flush();
      add(node);
    }
  }
  flush();
  return out;
}

/** An element of a line, with no block inside. */
const isWords = (node: Element): boolean => /^(?:a|b|strong|i|em|u|s|del|code|sup|sub|small|mark|ins|kbd|samp|var|cite|q|dfn|abbr|span|time|bdi|bdo|br|img|ruby|wbr)$/.test(tagOf(node)) && ![...node.querySelectorAll('*')].some(isBlock);

/**
 * A post's safe HTML as the editor's document. Nothing is lost: a block that the schema would not write again as it was
 * is held whole. Never throws. Needs a DOM.
 */
export function toDocument(html: string, schema: Schema = editorSchema()): DocumentNode {
  const blocks = toBlocks(html, schema);
  return schema.node('doc', null, blocks.length > 0 ? blocks : [schema.node('paragraph')]);
}

function rename(node: Element, tag: string): void {
  const other = node.ownerDocument.createElement(tag);
  for (const { name, value } of node.attributes) if (name !== 'data-tag') other.setAttribute(name, value);
  other.append(...node.childNodes);
  node.replaceWith(other);
}

/** A paragraph that the editor put around the words of an item or box. */
function isBare(paragraph: Element): boolean {
  const { parentElement: parent, previousElementSibling: before, nextElementSibling: after } = paragraph;
  return parent !== null && isLoose(parent) && paragraph.attributes.length === 0 && before?.tagName !== 'P' && after?.tagName !== 'P';
}

/** Takes back what the editor needs in its document and a post does not. */
function finish(root: Element): void {
  for (const pre of root.querySelectorAll('pre[data-bare]')) {
    pre.removeAttribute('data-bare');
    pre.firstElementChild?.replaceWith(...pre.firstElementChild.childNodes);
  }
  for (const figure of root.querySelectorAll('figure')) finishFigure(figure);
  const bare = [...root.querySelectorAll('p')].filter(isBare);
  for (const paragraph of bare) paragraph.replaceWith(...paragraph.childNodes);
  for (const node of [...root.querySelectorAll('[data-tag]')]) rename(node, node.getAttribute('data-tag') ?? 'span');
  for (const node of root.querySelectorAll('[data-loose]')) node.removeAttribute('data-loose');
}

/** A picture that has not come yet is a link to where it lies, or nothing: no post has an address that only this window knows. */
function finishFigure(figure: Element): void {
  const img = figure.querySelector(':scope > img, :scope > a > img');
  const caption = figure.querySelector(':scope > figcaption');
  if (caption?.childNodes.length === 0) caption.remove();
  if (!figure.hasAttribute('data-pending')) return;
  const from = figure.getAttribute('data-from');
  if (!from) return figure.remove();
  const [line, link] = [figure.ownerDocument.createElement('p'), figure.ownerDocument.createElement('a')];
  link.setAttribute('href', from);
  link.textContent = img?.getAttribute('alt')?.trim() || from;
  line.append(link, ...(caption?.hasChildNodes() ? [' ', ...caption.childNodes] : []));
  figure.replaceWith(line);
}

/** One is enough: in it nothing is loaded. */
let inert: Document | null = null;

function elementsOf(node: DocumentNode, schema: Schema): Element[] {
  inert ??= document.implementation.createHTMLDocument('');
  const holder = inert.createElement('body');
  holder.append(DOMSerializer.fromSchema(schema).serializeNode(node, { document: inert }));
  finish(holder);
  return [...holder.children];
}

/** The same document in another's place (a window has a schema of its own): what is known of its blocks holds there, too. */
export function adoptLoaded(doc: DocumentNode, loaded: DocumentNode): void {
  loaded.forEach((node, _offset, i) => {
    const html = written.get(node);
    const same = doc.maybeChild(i);
    if (html !== undefined && same) written.set(same, html);
  });
}

/** One block's HTML; '' for a paragraph that shows nothing. */
function blockHtml(node: DocumentNode): string {
  const known = written.get(node);
  if (known !== undefined) return known;
  const isEmpty = node.type.name === 'paragraph' && node.childCount === 0 && !node.attrs.id;
  const html = isEmpty ? '' : node.type.name === 'kept' ? String(node.attrs.html) : elementsOf(node, node.type.schema).map(({ outerHTML }) => outerHTML).join('\n');
  written.set(node, html);
  return html;
}

/** In WordPress's text a bracket may begin a shortcode; in ours it is a bracket. lib/text reads both. */
const SHORTCODE = /\[(?=[[a-z/])/gi;

/** The document as HTML, a block on each line. What was not touched is written as a browser writes what was loaded; so is what is `kept`. */
export function toHtml(doc: DocumentNode): string {
  const out: string[] = [];
  doc.forEach((node) => void out.push(blockHtml(node)));
  return out.filter(Boolean).join('\n').replace(SHORTCODE, '&#91;');
}
