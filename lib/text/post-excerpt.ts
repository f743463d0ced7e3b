import type { Element, Nodes, Root } from 'hast';
import { isElement } from './html-tree';
import { isStandIn } from './pictures';
import { textOf } from './plain';

const EXCERPT_WORDS = 50;
const MAX_MORE_CHARS = 2_000;

const isWords = (node: Nodes): boolean =>
  !(isElement(node, 'figure', 'pre', 'table', 'audio', 'video') || (isElement(node, 'a') && isStandIn(node)));

/** The nodes up to the first `<!--more-->`; `found` says whether there was one. */
function untilMore(children: Element['children']): { kept: Element['children']; found: boolean } {
  const kept: Element['children'] = [];
  for (const node of children) {
    if (node.type === 'comment' && /^more(?:\s|$)/.test(node.value)) return { kept, found: true };
    if (!isElement(node)) kept.push(node);
    else {
      const inner = untilMore(node.children);
      kept.push({ ...node, children: inner.kept });
      if (inner.found) return { kept, found: true };
    }
  }
  return { kept, found: false };
}

const loneAddressLine = /^\s*https?:\/\/\S+\s*$/gm;

/** The words before `<!--more-->` as plain text; empty when there is no such mark, or nothing before it. */
export function textBeforeMore(tree: Root): string {
  const { kept, found } = untilMore(tree.children as Element['children']);
  if (!found) return '';
  const words = textOf({ type: 'root', children: kept }, isWords, (value) => value.replace(loneAddressLine, ' '));
  return words.length > MAX_MORE_CHARS ? `${words.slice(0, MAX_MORE_CHARS).replace(/\S*$/, '').trim()}…` : words;
}

/** About the first fifty words of a post, without those on pictures and players. */
export function firstWords(tree: Root): string {
  const words = textOf(tree, isWords).split(' ');
  return words.length > EXCERPT_WORDS ? `${words.slice(0, EXCERPT_WORDS).join(' ').replace(/[,;:]$/, '')}…` : words.join(' ');
}
