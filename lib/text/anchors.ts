import type { Root } from 'hast';
import { visit } from 'unist-util-visit';
import { property } from './html-tree';
import { isStandIn } from './pictures';
import { isRelative, parseUrl, webUrl } from './links';

/** Before every id from outside: no post can take the place of `comment-…` or of anything else of the page. */
export const ANCHOR_PREFIX = 'user-content-';

const prefixed = (id: string): string => (id.startsWith(ANCHOR_PREFIX) ? id : ANCHOR_PREFIX + id);

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Gives the ids their prefix, each once, and leads the links inside of the post there. Links to other places of the page stay. */
export function prefixAnchors(tree: Root): void {
  const ids = new Set<string>();
  visit(tree, 'element', (node) => {
    const id = property(node, 'id').trim();
    delete node.properties.id;
    if (!id || /\s/.test(id) || ids.has(prefixed(id))) return;
    ids.add(prefixed(id));
    node.properties.id = prefixed(id);
  });
  visit(tree, 'element', (node) => {
    const href = property(node, 'href');
    if (node.tagName !== 'a' || !href.startsWith('#')) return;
    const target = prefixed(decoded(href.slice(1)));
    if (ids.has(target)) node.properties.href = `#${target}`;
  });
}

const keptRel = new Set(['nofollow', 'ugc', 'sponsored']);

/** Cleans the links of a post: where they may lead, and `rel="noopener"` on those that leave the blog. */
export function markPostLinks(tree: Root): void {
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName !== 'a' || isStandIn(node) || !parent || index === undefined) return;
    const { id } = node.properties;
    const href = property(node, 'href').trim();
    const isFine = href !== '' && (webUrl(href) || isRelative(href) || /^(?:mailto|tel):$/.test(parseUrl(href)?.protocol ?? ''));
    if (!isFine && !id) {
      parent.children.splice(index, 1, ...node.children);
      return index;
    }
    const rel = property(node, 'rel').split(/\s+/).filter((word) => keptRel.has(word));
    if (webUrl(href)) rel.push('noopener');
    const title = property(node, 'title');
    const { ariaLabel } = node.properties;
    node.properties = {
      ...(id ? { id } : {}), ...(isFine ? { href } : {}), ...(rel.length > 0 ? { rel } : {}), ...(title ? { title } : {}), ...(ariaLabel ? { ariaLabel } : {}),
    };
  });
}
