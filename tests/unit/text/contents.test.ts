import { decodeHTML } from 'entities';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withContents } from '@/lib/text/contents';
import { postHtml } from '@/lib/text/post-html';
import { storedHtml } from '@/lib/text/safe-html';

const of = (html: string) => withContents(storedHtml(html));

test('each heading of the text gets an anchor of its words, and is listed with its level', () => {
  const { html, contents } = of('<h2>The first week</h2>\n<p>…</p>\n<h3>Day &amp; <em>night</em></h3>\n<h2>The second week</h2>');
  expect(contents).toEqual([
    { id: 'section-the-first-week', title: 'The first week', level: 2 },
    { id: 'section-day-night', title: 'Day & night', level: 3 },
    { id: 'section-the-second-week', title: 'The second week', level: 2 },
  ]);
  expect(html).toBe('<h2 id="section-the-first-week">The first week</h2>\n<p>…</p>\n<h3 id="section-day-night">Day &amp; <em>night</em></h3>\n<h2 id="section-the-second-week">The second week</h2>');
});

test('a heading that has an anchor keeps it; two of the same words have two', () => {
  const { html, contents } = of('<h2 id="user-content-a">Same</h2><h2>Same</h2><h2 class="x">Same</h2>');
  expect(contents.map(({ id }) => id)).toEqual(['user-content-a', 'section-same', 'section-same-2']);
  expect(html).toBe('<h2 id="user-content-a">Same</h2><h2 id="section-same">Same</h2><h2 id="section-same-2" class="x">Same</h2>');
});

test('a text with few headings stays as it is', () => {
  expect(of('<h2>One</h2><h2>Two</h2>')).toEqual({ html: '<h2>One</h2><h2>Two</h2>', contents: [] });
  expect(of('<h2>One</h2><h2><img src="/media/a.png"></h2><blockquote><h2>Two</h2></blockquote><h2>Three</h2>').contents).toEqual([]);
});

test('headings in quotes and folded parts are not the text’s own', () => {
  expect(of('<h2>A</h2><blockquote><h2>Q</h2></blockquote><details><summary>s</summary><h3>D</h3></details><h2>B</h2><h2>C</h2>').contents.map(({ title }) => title)).toEqual(['A', 'B', 'C']);
});

test('words of other scripts make anchors too, and a heading of signs alone has one', () => {
  expect(of('<h2>שבוע ראשון</h2><h2>第一周</h2><h2>!!!</h2>').contents.map(({ id }) => id)).toEqual(['section-שבוע-ראשון', 'section-第一周', 'section-untitled']);
});

test('whatever a post says, its anchors are each once, and nothing else of it changes', () => {
  const piece = fc.oneof(fc.string().map((words) => `<h2>${words}</h2>`), fc.string().map((words) => `<h3 id="${words}">${words}</h3>`), fc.string().map((words) => `<p>${words}</p>`), fc.constant('<blockquote><h2>x</h2></blockquote>'));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const safe = postHtml(pieces.join('\n')).html;
      const { html, contents } = withContents(safe);
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => decodeHTML(id));
      expect(new Set(ids).size).toBe(ids.length);
      for (const { id } of contents) expect(ids).toContain(id);
      expect(html.replace(/ id="section-[^"]*"/g, '')).toBe(safe);
    }),
  );
});
