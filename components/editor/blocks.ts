import { isElementNode } from './allow';

const BLOCKS = new Set([
  'address', 'article', 'aside', 'audio', 'blockquote', 'center', 'details', 'dd', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form',
  'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'summary', 'table', 'ul', 'caption', 'colgroup',
  'tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'video',
]);

export const tagOf = (node: Node): string => (isElementNode(node) ? node.tagName.toLowerCase() : '');

/** Whether a node stands on lines of its own. */
export const isBlock = (node: Node): boolean => BLOCKS.has(tagOf(node));

export const isBlankText = (node: Node): boolean => node.nodeType === 3 && !/[^\t\n\f\r ]/.test(node.nodeValue ?? '');

/** The boxes in which text may stand without a paragraph. */
export const isLoose = (node: Node): boolean => ['li', 'div', 'section', 'aside'].includes(tagOf(node));

const parts = (node: Element): HTMLElement[] | null => {
  const shown = [...node.childNodes].filter((child) => !isBlankText(child));
  return shown.every(isElementNode) ? shown : null;
};

/** The picture of a figure that shows one picture of ours, in a link or not, with a caption of words or none; null for any other figure. */
export function pictureOf(figure: Element): { img: HTMLElement; link: HTMLElement | null; caption: HTMLElement | null } | null {
  const [shown, caption, ...more] = parts(figure) ?? [];
  if (!shown || more.length > 0 || (caption && (tagOf(caption) !== 'figcaption' || [...caption.querySelectorAll('*')].some(isBlock)))) return null;
  const inside = tagOf(shown) === 'a' && !shown.hasAttribute('data-load') ? [...shown.childNodes] : [];
  const [img] = tagOf(shown) === 'img' ? [shown] : inside.length === 1 ? inside : [];
  if (!isElementNode(img) || tagOf(img) !== 'img') return null;
  return { img, link: shown === img ? null : shown, caption: caption ?? null };
}

const collapse = (node: Node): void => {
  for (const child of node.childNodes) {
    if (child.nodeType === 3) child.nodeValue = (child.nodeValue ?? '').replace(/[\t\n\f\r ]+/g, ' ');
    else collapse(child);
  }
};

/** Takes white space off both ends of a run of nodes. */
function trimRun(run: Node[]): Node[] {
  for (const end of ['start', 'end'] as const) {
    for (;;) {
      const node = end === 'start' ? run[0] : run.at(-1);
      if (!node || node.nodeType !== 3) break;
      const value = node.nodeValue ?? '';
      node.nodeValue = end === 'start' ? value.replace(/^ +/, '') : value.replace(/(?<! ) +$/, '');
      if (node.nodeValue !== '') break;
      node.parentNode?.removeChild(node);
      if (end === 'start') run.shift();
      else run.pop();
    }
  }
  return run;
}

/** The children as blocks and as runs of words between them, without the white space that shows nothing. */
export function runsOf(parent: Element): Array<{ block: Element } | { run: Node[] }> {
  const out: Array<{ block: Element } | { run: Node[] }> = [];
  let run: Node[] = [];
  const flush = () => {
    const trimmed = trimRun(run);
    if (trimmed.length > 0) out.push({ run: trimmed });
    run = [];
  };
  for (const node of [...parent.childNodes]) {
    if (isElementNode(node) && isBlock(node)) {
      flush();
      out.push({ block: node });
    } else if (node.nodeType === 8) node.remove();
    else run.push(node);
  }
  flush();
  return out;
}

function settleBlock(block: Element): void {
  const tag = tagOf(block);
  if (['ul', 'ol', 'blockquote', 'li', 'div', 'section', 'aside'].includes(tag)) return settle(block);
  const words = tag === 'figure' ? (pictureOf(block)?.caption ?? null) : /^(?:p|h[1-6])$/.test(tag) ? block : null;
  if (tag === 'figure' && pictureOf(block)) for (const node of [...block.childNodes]) if (isBlankText(node)) node.remove();
  if (words) {
    collapse(words);
    trimRun([...words.childNodes]);
  }
}

/**
 * Makes a tree ready for the editor's schema: text of a list's item or of a box in paragraphs, the white space that shows
 * nothing gone. A paragraph that really stood there is marked (`data-loose`), so that `toHtml` tells the two apart.
 * What the schema keeps whole is left as it is.
 */
export function settle(parent: Element): void {
  for (const child of parent.childNodes) {
    if (child.nodeType === 3) child.nodeValue = (child.nodeValue ?? '').replace(/[\t\n\f\r ]+/g, ' ');
    else if (!isBlock(child)) collapse(child);
  }
  const isList = ['ul', 'ol'].includes(tagOf(parent));
  for (const one of runsOf(parent)) {
    if ('block' in one) {
      if (isLoose(parent) && tagOf(one.block) === 'p') one.block.setAttribute('data-loose', '');
      settleBlock(one.block);
    } else if (!isList) {
      const paragraph = parent.ownerDocument.createElement('p');
      parent.insertBefore(paragraph, one.run[0] ?? null);
      paragraph.append(...one.run);
    }
  }
}
