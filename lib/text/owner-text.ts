import { visit } from 'unist-util-visit';
import { commentHtml } from './comment-text';
import { printHtml, readHtml } from './html-tree';
import type { SafeHtml } from './safe-html';

/**
 * Safe HTML of what an owner writes about the blog, in the little Markdown of comments: the same elements, but its links
 * are the blog's own word, and carry `rel="noopener"` alone. Pure; never throws.
 */
export function ownerHtml(source: string): SafeHtml {
  const tree = readHtml(commentHtml(source, 'markdown'));
  visit(tree, 'element', (node) => {
    if (node.tagName === 'a') node.properties.rel = ['noopener'];
  });
  return printHtml(tree);
}
