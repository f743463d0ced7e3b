import type { ElementContent, Root } from 'hast';
import { LinkifyIt } from 'linkify-it';
import { SKIP, visit } from 'unist-util-visit';
import { element, text } from './html-tree';

/** A word longer than this is no address that anyone wrote, and costly to search. */
const MAX_WORD_CHARS = 2_048;

const finder = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false, maxLength: MAX_WORD_CHARS });
finder.add('ftp:', null).add('mailto:', null).add('//', null);

/** Cuts a text into its addresses, as links, and what stands between them. */
function linked(value: string): ElementContent[] {
  const parts: ElementContent[] = [];
  let from = 0;
  for (const match of finder.match(value) ?? []) {
    // Without http(s) only what begins with www. is meant as an address: `end.So` is a slip of the space bar.
    if (!match.schema && !/^www\./i.test(match.raw)) continue;
    if (match.index > from) parts.push(text(value.slice(from, match.index)));
    parts.push(element('a', { href: match.url }, [text(match.raw)]));
    from = match.lastIndex;
  }
  if (from < value.length) parts.push(text(value.slice(from)));
  return parts;
}

const words = new RegExp(`(\\S{${MAX_WORD_CHARS},})`);

/**
 * Makes links of the bare addresses (http, https, www.) in a tree's texts, outside of links and code.
 * E-mail addresses stay text: a link would hand them to harvesters.
 */
export function linkBareAddresses(tree: Root): void {
  visit(tree, (node, index, parent) => {
    if (node.type === 'element' && ['a', 'code', 'pre'].includes(node.tagName)) return SKIP;
    if (node.type !== 'text' || !parent || index === undefined) return;
    if (!/https?:|www\./i.test(node.value)) return;
    const parts = node.value.split(words).flatMap((part, i) => (i % 2 ? [text(part)] : linked(part)));
    parent.children.splice(index, 1, ...parts);
    return [SKIP, index + parts.length];
  });
}
