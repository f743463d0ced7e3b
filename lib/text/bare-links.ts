import type { ElementContent, Root } from 'hast';
import { LinkifyIt } from 'linkify-it';
import { SKIP, visit } from 'unist-util-visit';
import { element, text } from './html-tree';

/** A word longer than this is no address that anyone wrote, and costly to search. */
const MAX_WORD_CHARS = 2_048;

const web = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false, maxLength: MAX_WORD_CHARS });
web.add('ftp:', null).add('mailto:', null).add('//', null);

/** How much of the text at `at`, right behind `www.`, belongs to an address; 0 when it is none. */
function restOfWwwAddress(text: string, at: number): number {
  if (/[\p{L}\p{N}.@/:-]/u.test(text[at - 5] ?? '')) return 0;
  const scheme = 'http://www.';
  const match = web.matchAtStart(scheme + text.slice(at, at + MAX_WORD_CHARS));
  return match && /^http:\/\/www\.[^/?#:.]+\.[^/?#:.]/i.test(match.raw) ? match.raw.length - scheme.length : 0;
}

const finder = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false, maxLength: MAX_WORD_CHARS });
finder.add('ftp:', null).add('mailto:', null).add('//', null);
finder.add('www.', {
  validate: restOfWwwAddress,
  normalize: (match) => {
    match.url = `http://${match.url}`;
  },
});

/** Cuts a text into its addresses, as links, and what stands between them. */
function linked(value: string): ElementContent[] {
  const parts: ElementContent[] = [];
  let from = 0;
  for (const match of finder.match(value) ?? []) {
    if (match.index > from) parts.push(text(value.slice(from, match.index)));
    parts.push(element('a', { href: match.url }, [text(match.raw)]));
    from = match.lastIndex;
  }
  if (from < value.length) parts.push(text(value.slice(from)));
  return parts;
}

const words = new RegExp(`(\\S{${MAX_WORD_CHARS},})`);

/**
 * Makes links of the bare addresses in a tree's texts, outside of links and code: http, https and what begins with
 * `www.`, for `end.So` is a slip of the space bar.
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
