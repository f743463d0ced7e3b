import type { Nodes, Root } from 'hast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { newlineToBreak } from 'mdast-util-newline-to-break';
import { toHast } from 'mdast-util-to-hast';

// What a comment has no use for stays as it was typed.
const notUsed = [
  'codeIndented', 'headingAtx', 'setextUnderline', 'htmlFlow', 'htmlText', 'definition', 'characterReference',
];

/** Reads the little Markdown of comments: emphasis, links, quotes, lists, code; a newline is a break. */
export function readMarkdown(source: string): Root {
  const tree = fromMarkdown(source, { extensions: [{ disable: { null: notUsed } }] });
  newlineToBreak(tree);
  const html: Nodes = toHast(tree);
  return html.type === 'root' ? html : { type: 'root', children: [] };
}
