import { keptMediaPath } from '@/lib/text/own-media';
import { allowOnly, inertBody, isElementNode, mayLeadTo } from './allow';
import { isBlankText, isBlock, runsOf, tagOf } from './blocks';
import { type Hold, settlePictures } from './paste-pictures';
import { stylesAsTags } from './paste-styles';
import { joinedLists, wordLists } from './paste-word';

const NOISE = 'script, style, meta, link, title, head, template, noscript, svg, button, input, select, textarea, form > label, object, embed, canvas, audio:not([src]), o\\:p:empty, [aria-hidden="true"]:not(img)';

/** What does not say itself what it is: elements of Word's own, comments of WordPress and of Internet Explorer. */
function dropNoise(root: Element): void {
  for (const node of root.querySelectorAll(NOISE)) node.remove();
  const walker = root.ownerDocument.createTreeWalker(root, 128);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.parentNode?.removeChild(comment);
  for (const node of [...root.querySelectorAll('*')]) if (node.tagName.includes(':')) node.replaceWith(...node.childNodes);
  for (const node of root.querySelectorAll('br.Apple-interchange-newline')) node.remove();
  for (const node of root.querySelectorAll('p.MsoTitle')) rename(node, 'h2');
  for (const node of root.querySelectorAll('p.MsoQuote, p.MsoIntenseQuote')) {
    const quote = node.ownerDocument.createElement('blockquote');
    node.replaceWith(quote);
    quote.append(node);
  }
}

function rename(node: Element, tag: string): void {
  const other = node.ownerDocument.createElement(tag);
  other.append(...node.childNodes);
  node.replaceWith(other);
}

/** Boxes say nothing: their words stand in paragraphs, their blocks by themselves. */
function unwrapBoxes(root: Element): void {
  for (const box of [...root.querySelectorAll('div, fieldset, form, summary, dd, dt, details, dl')].reverse()) {
    if ([...box.childNodes].some((node) => isBlock(node) || (isElementNode(node) && node.querySelector('p, div, ul, ol, figure, table, blockquote, pre')))) box.replaceWith(...box.childNodes);
    else rename(box, 'p');
  }
}

/** Lists as HTML has them: a list in a list stands in an item; an item's only paragraph is its words. */
function settleLists(root: Element): void {
  for (const list of root.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    const before = list.previousElementSibling;
    if (before && tagOf(before) === 'li') before.append(list);
    else {
      const item = list.ownerDocument.createElement('li');
      list.replaceWith(item);
      item.append(list);
    }
  }
  for (const item of root.querySelectorAll('li')) {
    const paragraphs = [...item.children].filter((child) => tagOf(child) === 'p');
    if (paragraphs.length === 1) paragraphs[0]?.replaceWith(...paragraphs[0].childNodes);
  }
}

/** Two breaks in a row part paragraphs; a paragraph that shows nothing goes. */
function settleLines(root: Element): void {
  for (const paragraph of [...root.querySelectorAll('p')]) {
    const lines: Node[][] = [[]];
    const nodes = [...paragraph.childNodes].filter((node, i, all) => !(isBlankText(node) && (tagOf(all[i - 1] ?? node) === 'br' || tagOf(all[i + 1] ?? node) === 'br')));
    nodes.forEach((node, i) => {
      const [isBreak, wasBreak] = [tagOf(node) === 'br', tagOf(nodes[i - 1] ?? paragraph) === 'br'];
      if (isBreak && wasBreak && lines.at(-1)!.length > 0) lines.push([]);
      if (!(isBreak && wasBreak)) lines.at(-1)!.push(node);
    });
    for (const line of lines) {
      while (tagOf(line[0] ?? paragraph) === 'br') line.shift();
      while (tagOf(line.at(-1) ?? paragraph) === 'br') line.pop();
      const made = paragraph.ownerDocument.createElement('p');
      if (paragraph.className) made.className = paragraph.className;
      made.append(...line);
      if ((made.textContent ?? '').replace(/\u00a0/g, ' ').trim() !== '' || made.querySelector('img, figure')) paragraph.before(made);
    }
    paragraph.remove();
  }
}

/** Classes and ids of another page mean nothing here, or something else. */
function dropNames(root: Element): void {
  for (const node of root.querySelectorAll('*')) {
    node.removeAttribute('id');
    const kept = [...node.classList].filter((name) => /^(?:has-text-align-(?:center|right)|language-[\w+#-]+)$/.test(name) || (tagOf(node) === 'figure' && /^align(?:left|right|center|wide|full)$/.test(name)));
    if (kept.length > 0) node.className = kept.join(' ');
    else node.removeAttribute('class');
    if (tagOf(node) !== 'ol') for (const name of ['type', 'value']) node.removeAttribute(name);
    for (const name of ['lang', 'dir', 'rel', 'title']) node.removeAttribute(name);
  }
  for (const link of root.querySelectorAll('a')) {
    const address = link.getAttribute('href') ?? '';
    if (!mayLeadTo(address) || !/^(?:https?|mailto|tel):/i.test(address) || link.textContent?.trim() === '') link.replaceWith(...link.childNodes);
  }
  for (const span of [...root.querySelectorAll('span')].reverse()) span.replaceWith(...span.childNodes);
}

/** The marks of pictures on their way are ours: no page may name one. */
function dropForged(root: Element): void {
  for (const name of ['data-pending', 'data-from', 'data-kept', 'data-pm-slice']) for (const node of root.querySelectorAll(`[${name}]`)) node.removeAttribute(name);
}

function settleTop(root: Element): void {
  for (const part of runsOf(root)) {
    if ('block' in part) continue;
    const paragraph = root.ownerDocument.createElement('p');
    root.insertBefore(paragraph, part.run[0] ?? null);
    paragraph.append(...part.run);
  }
}

const isHere = (img: Element): boolean => keptMediaPath(img.getAttribute('src') ?? '') !== null || img.closest('figure[data-pending]') !== null;

/** Whether the clipboard holds a piece of an editor of ours. Many others mark what they copy in the same way: in theirs the pictures lie elsewhere. */
const isOurs = (root: Element): boolean => root.querySelector('[data-pm-slice]') !== null && [...root.querySelectorAll('img')].every(isHere);

/**
 * What was copied from Word, Google Docs, WordPress or a web page, as the structure of our posts: headings, lists, quotes,
 * links, emphasis and pictures stay, looks go. Pictures are held (`hold`) until they are here. What was copied in an editor
 * of ours stays as it is. Nothing that it gives runs or loads anything.
 */
export function cleanPasted(html: string, hold: Hold): string {
  const root = inertBody(html);
  if (isOurs(root)) {
    allowPasted(root);
    return root.innerHTML;
  }
  dropForged(root);
  dropNoise(root);
  wordLists(root);
  joinedLists(root);
  stylesAsTags(root);
  settlePictures(root, hold);
  const isLine = ![...root.childNodes].some((node) => isBlock(node) || (isElementNode(node) && [...node.querySelectorAll('*')].some(isBlock)));
  unwrapBoxes(root);
  dropNames(root);
  if (!isLine || root.querySelector('br + br')) settleTop(root);
  settleLines(root);
  settleLists(root);
  allowPasted(root);
  return root.innerHTML;
}

/** The list of lib/text, with the marks of pictures that are on their way. */
function allowPasted(root: Element): void {
  const held = [...root.querySelectorAll('figure[data-pending]')].map((figure) => [figure, figure.getAttribute('data-pending') ?? '', figure.getAttribute('data-from')] as const);
  const slice = root.querySelector('[data-pm-slice]');
  const mark = slice?.getAttribute('data-pm-slice') ?? null;
  allowOnly(root);
  for (const [figure, pending, from] of held) {
    figure.setAttribute('data-pending', pending);
    if (from && /^https?:/.test(from)) figure.setAttribute('data-from', from);
  }
  if (mark !== null && slice?.isConnected) slice.setAttribute('data-pm-slice', mark);
}

/** Plain text in paragraphs: an empty line parts two, a line's end breaks a line. */
export const plainParagraphs = (text: string): string[][] =>
  text.replace(/\r\n?/g, '\n').split(/\n[\t ]*\n\s*/).map((part) => part.split('\n').map((line) => line.trimEnd())).filter((lines) => lines.some((line) => line !== ''));
