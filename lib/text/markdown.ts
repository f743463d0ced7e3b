import type { Element, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { toMdast, type Handle } from 'hast-util-to-mdast';
import { toMarkdown } from 'mdast-util-to-markdown';
import { visit } from 'unist-util-visit';
import { readHtml } from './html-tree';
import type { SafeHtml } from './safe-html';

/** Where an address leads once the text stands somewhere else. */
export type Readdress = (address: string) => string;

// What Markdown has no sign for: blocks stay whole, and between inline tags stands Markdown.
const BLOCKS = ['table', 'figure', 'details', 'dl', 'iframe', 'video', 'audio'];
const INLINE = ['del', 's', 'ins', 'u', 'sub', 'sup', 'mark', 'kbd', 'small', 'abbr', 'cite', 'dfn', 'q', 'samp', 'var', 'time', 'bdi', 'bdo', 'ruby', 'rt', 'rp'];

// `div`: where the tag itself begins no block of HTML. An empty line would end one.
const block: Handle = (_state, node: Element) => {
  const html = toHtml(node).replace(/\n(?=[^\S\n]*\n)/g, '\n&#10;');
  return { type: 'html', value: node.tagName === 'video' || node.tagName === 'audio' ? `<div>${html}</div>` : html };
};

const inline: Handle = (state, node: Element) => {
  const [open = '', close = ''] = toHtml({ ...node, children: [{ type: 'text', value: '\0' }] }).split(/\0|&#x0;/);
  return [{ type: 'html', value: open }, ...state.all(node), { type: 'html', value: close }];
};

const handlers: Record<string, Handle> = Object.fromEntries([...BLOCKS.map((name) => [name, block] as const), ...INLINE.map((name) => [name, inline] as const)]);

function changeAddresses(tree: Root, readdress: Readdress): void {
  visit(tree, 'element', ({ properties }) => {
    for (const name of ['href', 'src', 'poster']) if (typeof properties[name] === 'string') properties[name] = readdress(properties[name]);
    delete properties.srcSet;
  });
}

/**
 * Safe HTML as Markdown (CommonMark) with the same words; what Markdown cannot say stays HTML. `readdress` gives the new
 * address of each link and picture. Pure; never throws for what lib/text has made.
 */
export function markdownOf(html: SafeHtml, readdress: Readdress): string {
  const tree = readHtml(html);
  changeAddresses(tree, readdress);
  return toMarkdown(toMdast(tree, { handlers }), { bullet: '-', emphasis: '*', rule: '-', fences: true });
}
