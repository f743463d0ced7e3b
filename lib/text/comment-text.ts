import type { ElementContent, Root } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { SKIP, visit } from 'unist-util-visit';
import { commentSchema } from './allowed';
import { linkBareAddresses } from './bare-links';
import { cleanText } from './clean';
import { readMarkdown } from './comment-markdown';
import { element, isElement, printHtml, property, readHtml, text } from './html-tree';
import { READER_REL, webUrl } from './links';
import { onlyInline, onOwnLines, settleParagraphs } from './paragraphs';
import { pictureAddress } from './picture-addresses';
import { textOf } from './plain';
import type { SafeHtml } from './safe-html';

/** A picture in a comment never loads: it becomes a link to itself, or its words where it has no address. */
function picturesAsLinks(tree: Root): void {
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName !== 'img' || !parent || index === undefined) return;
    const url = webUrl(pictureAddress(node));
    const words = property(node, 'alt').trim();
    const shown = url ? [element('a', { href: url.href }, [text(words || url.href)])] : words ? [text(words)] : [];
    parent.children.splice(index, 1, ...shown);
    return [SKIP, index + shown.length];
  });
}

// Blocks that a comment does not have: their text still stands in a paragraph of its own.
const asParagraph = new Set([
  'address', 'article', 'aside', 'center', 'div', 'dd', 'dt', 'figcaption', 'figure', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5',
  'h6', 'header', 'main', 'nav', 'section', 'tr',
]);

function readImported(source: string): Root {
  const tree = readHtml(source);
  picturesAsLinks(tree);
  visit(tree, 'element', (node) => {
    if (node.tagName === 'pre') node.children = onlyInline(node.children);
    if (asParagraph.has(node.tagName)) node.tagName = 'p';
  });
  return tree;
}

/**
 * Marks every link. One that leads to no web address gives way to its words, and so does one inside of a link: a
 * browser would end the outer one before it. Sources nest them by pictures, and by tables that a comment does not have.
 */
function markLinks(nodes: ElementContent[], inLink = false): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (!isElement(node)) return [node];
    const isLink = node.tagName === 'a' && !inLink && webUrl(property(node, 'href')) !== null;
    const children = markLinks(node.children, inLink || isLink);
    if (!isLink) return node.tagName === 'a' ? children : [{ ...node, children }];
    return [element('a', { href: property(node, 'href').trim(), rel: READER_REL }, children)];
  });
}

/**
 * Safe HTML of a comment. `markdown` is what readers type (plain text, a little Markdown, everything else as typed);
 * `html` is a comment that came from WordPress (its own few elements, blank lines are paragraphs).
 * Every link goes to http(s) and carries `rel="nofollow ugc noopener"`, bare addresses are linked, no e-mail address
 * is; nothing loads by itself; the result may be empty. Pure; never throws; time about linear for any input.
 */
export function commentHtml(source: string, format: 'markdown' | 'html'): SafeHtml {
  const clean = cleanText(source);
  const read = sanitize(format === 'markdown' ? readMarkdown(clean) : readImported(clean), commentSchema);
  const tree: Root = read.type === 'root' ? read : { type: 'root', children: [] };
  linkBareAddresses(tree);
  const marked = markLinks(tree.children as ElementContent[]);
  tree.children = onOwnLines(settleParagraphs(marked, format === 'html' ? 'typed' : 'plain'));
  return printHtml(tree);
}

/**
 * The links that a reader sees in the text: of each the host that it leads to (WordPress's rule counts the `<a href>` of
 * what is shown), and how much of its words are theirs, 0 to 1 (an address
 * is one word).
 */
export function readLinks(html: SafeHtml): { hosts: string[]; share: number } {
  const tree = readHtml(html);
  const hosts: string[] = [];
  let inLinks = 0;
  visit(tree, 'element', (node) => {
    if (node.tagName !== 'a' || node.properties.href === undefined) return;
    hosts.push(webUrl(property(node, 'href'))?.hostname ?? '');
    inLinks += wordsIn(textOf(node));
    return SKIP;
  });
  const all = wordsIn(textOf(tree));
  return { hosts, share: all === 0 ? 0 : inLinks / all };
}

const wordsIn = (shown: string): number => shown.split(/\s+/).filter((word) => word !== '').length;
