import { sanitize } from 'hast-util-sanitize';
import { visit } from 'unist-util-visit';
import { commentSchema } from './allowed';
import { cleanText } from './clean';
import { readHtml, printHtml } from './html-tree';
import { readMarkdown } from './comment-markdown';
import { READER_REL } from './links';
import type { SafeHtml } from './safe-html';

/**
 * Safe HTML of a comment. `markdown` is what readers type; `html` is a comment that came from WordPress.
 * Every link carries `rel="nofollow ugc noopener"`; nothing loads by itself; the result may be empty. Never throws.
 */
export function commentHtml(source: string, format: 'markdown' | 'html'): SafeHtml {
  const text = cleanText(source);
  const tree = sanitize(format === 'markdown' ? readMarkdown(text) : readHtml(text), commentSchema);
  if (tree.type !== 'root') return printHtml({ type: 'root', children: [] });
  visit(tree, 'element', (node) => {
    if (node.tagName === 'a' && node.properties.href) node.properties.rel = READER_REL;
  });
  return printHtml(tree);
}

/** How many links a reader sees in the text: WordPress's rule counts `<a href>` in what is shown. */
export function countLinks(html: SafeHtml): number {
  let count = 0;
  visit(readHtml(html), 'element', (node) => {
    if (node.tagName === 'a' && node.properties.href !== undefined) count++;
  });
  return count;
}
