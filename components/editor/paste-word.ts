import { isElementNode } from './allow';
import { tagOf } from './blocks';

const styleOf = (node: Element): string => node.getAttribute('style') ?? '';
const levelOf = (node: Node): number => {
  if (!isElementNode(node) || !/^(?:p|h[1-6]|div)$/.test(tagOf(node))) return 0;
  return Number(/mso-list:\s*\S+\s+level(\d+)/i.exec(styleOf(node))?.[1] ?? 0);
};

type Item = { level: number; isOrdered: boolean; start: number; nodes: Node[] };

/** An item as Word writes it: its mark is text, in a span that says so. */
function readItem(paragraph: Element, level: number): Item {
  const marks = [...paragraph.querySelectorAll('[style*="mso-list"]')].filter((node) => /mso-list:\s*ignore/i.test(styleOf(node)));
  const mark = marks.map((node) => node.textContent ?? '').join('').replace(/\s/g, '');
  for (const node of marks) node.remove();
  const isOrdered = /^\(?(?:\d+|[a-z]|[ivxlc]+)[.)]/i.test(mark);
  return { level, isOrdered, start: Number(/\d+/.exec(mark)?.[0] ?? 1), nodes: [...paragraph.childNodes] };
}

function buildLists(document: Document, items: Item[]): Element[] {
  const tops: Element[] = [];
  const open: Array<{ level: number; list: Element }> = [];
  for (const { level, isOrdered, start, nodes } of items) {
    while (open.length > 1 && open.at(-1)!.level > level) open.pop();
    let top = open.at(-1);
    if (top && top.level > level) top.level = level;
    const isOther = top?.level === level && tagOf(top.list) !== (isOrdered ? 'ol' : 'ul');
    if (isOther) open.pop();
    if (!top || isOther || level > top.level) {
      const list = document.createElement(isOrdered ? 'ol' : 'ul');
      if (isOrdered && start > 1) list.setAttribute('start', String(start));
      const holder = open.at(-1)?.list.lastElementChild;
      if (holder) holder.append(list);
      else tops.push(list);
      open.push((top = { level, list }));
    }
    const item = document.createElement('li');
    item.append(...nodes);
    top.list.append(item);
  }
  return tops;
}

/** Makes lists of the paragraphs that Word calls list items, nested as they were. Changes the tree. */
export function wordLists(root: Element): void {
  const done = new Set<Node>();
  for (const first of [...root.querySelectorAll('[style*="mso-list"]')]) {
    if (levelOf(first) === 0 || done.has(first)) continue;
    const run: Element[] = [];
    for (let node: Node | null = first; node; node = node.nextSibling) {
      if (isElementNode(node) && levelOf(node) > 0) run.push(node);
      else if (isElementNode(node) || node.textContent?.trim()) break;
    }
    for (const node of run) done.add(node);
    const lists = buildLists(root.ownerDocument, run.map((node) => readItem(node, levelOf(node))));
    first.before(...lists);
    for (const node of run) node.remove();
  }
}

/** The web's Word puts every item into a list of its own. */
export function joinedLists(root: Element): void {
  for (const box of root.querySelectorAll('.ListContainerWrapper')) box.replaceWith(...box.childNodes);
  for (const list of root.querySelectorAll('ul[class*="ListStyle"], ol[class*="ListStyle"]')) {
    const before = list.previousElementSibling;
    if (before && before.tagName === list.tagName && /ListStyle/.test(before.className)) {
      before.append(...list.childNodes);
      list.remove();
    }
  }
}
