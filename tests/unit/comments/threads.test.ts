import fc from 'fast-check';
import { expect, test } from 'vitest';
import { depthOf } from '@/lib/comments/rules';
import { PAGE_COMMENTS, PAGE_COMMENTS_LIMIT, type CommentNode } from '@/lib/comments/schema';
import { nestRows, paginateThreads, readingOrder, sliceOf, type ThreadRow } from '@/lib/comments/threads';
import { storedHtml } from '@/lib/text/safe-html';

function row(key: string, parent: ThreadRow | null, at: number, isVisible = true): ThreadRow {
  const createdAt = new Date(at * 1000);
  const view = { name: `Name ${key}`, picture: null, website: null, isPostAuthor: false, createdAt, isEdited: false, revision: 1, html: storedHtml('') };
  return { key, parentKey: parent?.key ?? null, id: key, legacyNumber: null, depth: depthOf(parent?.depth ?? null), createdAt, view: isVisible ? view : null };
}

const shape = (nodes: CommentNode[]): unknown[] =>
  nodes.map((node) => [node.kind === 'anchor' ? `(${node.id})` : node.id + (node.inReplyTo ? `→${node.inReplyTo.id}` : ''), ...shape(node.replies)]);

test('replies stand below what they answer, oldest first', () => {
  const a = row('a', null, 1);
  const b = row('b', a, 3);
  const c = row('c', a, 2);
  const d = row('d', b, 4);
  expect(shape(nestRows([d, c, b, a], [a, b, c, d]))).toEqual([['a', ['c'], ['b', ['d']]]]);
});

test('below the fifth level replies stand flat and say whom they answer', () => {
  const chain = [row('1', null, 1)];
  for (let level = 2; level <= 7; level += 1) chain.push(row(String(level), chain.at(-1) ?? null, level));
  expect(shape(nestRows(chain, chain))).toEqual([['1', ['2', ['3', ['4', ['5'], ['6→5'], ['7→6']]]]]]);
});

test('a visible reply to a hidden comment stands below an empty anchor', () => {
  const hidden = row('h', null, 1, false);
  const reply = row('r', hidden, 2);
  expect(shape(nestRows([hidden, reply], [hidden, reply]))).toEqual([['(h)', ['r']]]);
});

const places = (nodes: CommentNode[]): string[] =>
  nodes.flatMap((node) => [...(node.kind === 'comment' && node.place ? [`${node.id}: ${node.place.at}/${node.place.of} to ${node.place.to}, ${node.place.level}`] : []), ...places(node.replies)]);

test('each reply knows which of the visible replies to whom it is, on whatever page it stands', () => {
  const a = row('a', null, 1);
  const [b, hidden, c] = [row('b', a, 2), row('h', a, 3, false), row('c', a, 4)];
  const d = row('d', hidden, 5);
  const all = [a, b, hidden, c, d];
  expect(places(nestRows(all, all))).toEqual(['b: 1/2 to Name a, 2', 'd: 1/1 to null, 3', 'c: 2/2 to Name a, 2']);
  expect(places(nestRows([c], all))).toEqual(['c: 2/2 to Name a, 2']);
});

test('a reply that stands flat is counted among those to the same comment', () => {
  const chain = [row('1', null, 1)];
  for (let level = 2; level <= 6; level += 1) chain.push(row(String(level), chain.at(-1) ?? null, level));
  chain.push(row('7', chain[4] ?? null, 7));
  expect(places(nestRows(chain, chain)).slice(-2)).toEqual(['6: 1/2 to Name 5, 5', '7: 2/2 to Name 5, 5']);
});

test('an empty discussion has one empty page', () => {
  expect(paginateThreads([])).toEqual([[]]);
});

test('whole threads fill pages of about fifty', () => {
  const pages = paginateThreads([30, 15, 20, 120, 1].map((size, at) => ({ rootKey: String(at), size })));
  expect(pages.map((page) => page.map((slice) => slice.rootKey))).toEqual([['0', '1'], ['2'], ['3'], ['4']]);
});

test('a thread of a thousand replies is split into pages of its own', () => {
  const pages = paginateThreads([{ rootKey: 'a', size: 3 }, { rootKey: 'giant', size: 1001 }, { rootKey: 'z', size: 2 }]);
  expect(pages[0]).toEqual([{ rootKey: 'a', from: 0, to: 3 }]);
  expect(pages[1]).toEqual([{ rootKey: 'giant', from: 0, to: 50 }]);
  expect(pages.at(-2)).toEqual([{ rootKey: 'giant', from: 1000, to: 1001 }]);
  expect(pages.at(-1)).toEqual([{ rootKey: 'z', from: 0, to: 2 }]);
});

test('pages hold every comment once, in order, and never more than the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 40 }), (sizes) => {
      const pages = paginateThreads(sizes.map((size, at) => ({ rootKey: String(at), size })));
      const slices = pages.flat();
      const covered = sizes.map((_, at) => slices.filter((slice) => slice.rootKey === String(at)).map((slice) => [slice.from, slice.to]));
      covered.forEach((parts, at) => {
        expect(parts[0]?.[0]).toBe(0);
        expect(parts.at(-1)?.[1]).toBe(sizes[at]);
        parts.slice(1).forEach((part, index) => expect(part[0]).toBe(parts[index]?.[1]));
      });
      for (const page of pages) {
        const total = page.reduce((sum, slice) => sum + slice.to - slice.from, 0);
        expect(total).toBeLessThanOrEqual(PAGE_COMMENTS_LIMIT);
        if (page.length > 1) expect(total).toBeLessThanOrEqual(PAGE_COMMENTS);
      }
    }),
  );
});

/** A random thread: each comment answers an earlier one; some are hidden, but only where something visible stands below. */
const randomThread = fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 60 }).map((choices) => {
  const rows: ThreadRow[] = [row('0', null, 0)];
  choices.forEach(([choice, isHidden], at) => {
    const parent = rows[choice % rows.length] ?? null;
    rows.push(row(String(at + 1), parent, at + 1, !isHidden));
  });
  const hasVisible = (key: string): boolean => rows.some((child) => child.parentKey === key && (child.view !== null || hasVisible(child.key)));
  return rows.filter((candidate) => candidate.view !== null || hasVisible(candidate.key));
});

const flatten = (nodes: CommentNode[]): CommentNode[] => nodes.flatMap((node) => [node, ...flatten(node.replies)]);

test('slices of a thread show every visible comment exactly once, and none stands deeper than five', () => {
  fc.assert(
    fc.property(randomThread, fc.integer({ min: 1, max: 20 }), (rows, step) => {
      const order = readingOrder(rows);
      const visible = order.filter((candidate) => candidate.view !== null).length;
      const shown: string[] = [];
      for (let from = 0; from < visible; from += step) {
        const nodes = nestRows(sliceOf(order, { from, to: Math.min(from + step, visible) }), order);
        shown.push(...flatten(nodes).filter((node) => node.kind === 'comment').map((node) => node.id));
      }
      expect([...shown].sort()).toEqual(order.filter((candidate) => candidate.view).map((candidate) => candidate.id).sort());
      const deepest = (nodes: CommentNode[]): number => Math.max(0, ...nodes.map((node) => 1 + deepest(node.replies)));
      expect(deepest(nestRows(rows, rows))).toBeLessThanOrEqual(5);
    }),
  );
});
