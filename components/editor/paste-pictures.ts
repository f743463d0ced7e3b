import { playerOf } from '@/lib/text/players';
import { keptMediaPath } from '@/lib/text/own-media';
import { webUrl } from '@/lib/text/links';
import { tagOf } from './blocks';

/** Takes a picture of the clipboard on its way here, by its address (`https:` or `data:`); gives the name it has until it comes. */
export type Hold = (address: string) => string;

const isCounter = (img: Element): boolean => /^[01](?:px)?$/.test(img.getAttribute('width') ?? '') || /^[01](?:px)?$/.test(img.getAttribute('height') ?? '');
const isSmiley = (img: Element): boolean => /(?:^|\s)(?:emoji|wp-smiley|an1)(?:\s|$)/.test(img.className) || /\/images\/core\/emoji\/|\/emoji\//.test(img.getAttribute('src') ?? '');

const addressOf = (img: Element): string => {
  const lazy = ['data-src', 'data-lazy-src', 'data-orig-file', 'data-large-file'].map((name) => img.getAttribute(name) ?? '').find((value) => webUrl(value));
  const src = img.getAttribute('src') ?? '';
  return /^data:image\/(?:gif|svg)/.test(src) && lazy ? lazy : src || lazy || '';
};

function settlePicture(img: Element, hold: Hold): void {
  const address = addressOf(img);
  const alt = img.getAttribute('alt') ?? '';
  if (isCounter(img)) return img.remove();
  if (isSmiley(img)) return img.replaceWith(alt);
  const isData = /^data:image\//i.test(address);
  const web = webUrl(address);
  if (keptMediaPath(address) === null && !isData && !web) return img.remove();
  const figure = img.closest('figure') ?? img.ownerDocument.createElement('figure');
  if (!figure.isConnected && !figure.parentNode) {
    const link = img.parentElement && tagOf(img.parentElement) === 'a' ? img.parentElement : null;
    const place = link ?? img;
    place.replaceWith(figure);
    figure.append(img);
  } else img.closest('a')?.replaceWith(img);
  for (const name of ['src', 'srcset', 'sizes', 'style', 'class']) if (name !== 'src' || keptMediaPath(address) === null) img.removeAttribute(name);
  if (keptMediaPath(address) !== null) return;
  for (const name of ['width', 'height']) img.removeAttribute(name);
  figure.setAttribute('data-pending', hold(isData ? address : (web?.href ?? address)));
  if (web && !isData) figure.setAttribute('data-from', web.href);
}

/** A figure shows one picture; the figures of a gallery stand by themselves. */
function partGalleries(root: Element): void {
  for (const figure of [...root.querySelectorAll('figure')]) {
    if (figure.querySelectorAll('img').length > 1) figure.replaceWith(...figure.childNodes);
  }
}

/** Makes a line of a video's address of whatever showed it. */
function videosAsLines(root: Element): void {
  for (const node of root.querySelectorAll('iframe, figure.wp-block-embed, figure[class*="wp-block-embed"]')) {
    const words = node.textContent?.trim() ?? '';
    const address = tagOf(node) === 'iframe' ? (node.getAttribute('src') ?? '') : (/https?:\/\/\S+/.exec(words)?.[0] ?? node.querySelector('iframe')?.getAttribute('src') ?? '');
    const line = node.ownerDocument.createElement('p');
    const shown = playerOf(address)?.watch ?? webUrl(address)?.href;
    if (shown) line.textContent = shown;
    node.replaceWith(...(shown ? [line] : []));
  }
}

/** A figure stands between paragraphs: the one around it is cut in two. */
function takeOut(figure: Element): void {
  const line = figure.closest('p, h1, h2, h3, h4, h5, h6');
  if (!line) return;
  const range = figure.ownerDocument.createRange();
  range.setStartAfter(figure);
  range.setEndAfter(line);
  const rest = range.extractContents();
  line.after(figure, rest);
  for (const part of [line, figure.nextElementSibling]) if (part && part !== figure && !part.textContent?.trim() && !part.querySelector('img')) part.remove();
}

/** Every picture in a figure of its own, on its way here if it is elsewhere; players as the addresses of what they play. */
export function settlePictures(root: Element, hold: Hold): void {
  videosAsLines(root);
  for (const picture of root.querySelectorAll('picture')) picture.replaceWith(...picture.querySelectorAll('img'));
  partGalleries(root);
  for (const img of [...root.querySelectorAll('img')]) settlePicture(img, hold);
  for (const figure of [...root.querySelectorAll('figure')]) takeOut(figure);
}
