import fc from 'fast-check';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toHast } from 'mdast-util-to-hast';
import { expect, test } from 'vitest';
import { commentHtml } from '@/lib/text/comment-text';
import { markdownOf } from '@/lib/text/markdown';
import { plainText } from '@/lib/text/plain';
import { postHtml } from '@/lib/text/post-html';
import { storedHtml } from '@/lib/text/safe-html';

const same = (address: string) => address;
const shown = (markdown: string) => toHtml(toHast(fromMarkdown(markdown), { allowDangerousHtml: true }), { allowDangerousHtml: true });
// Words alone: Markdown keeps no white space that nobody sees.
const words = (html: string) => plainText(html).replace(/\s+/g, '');

test('what Markdown has a sign for is written by it', () => {
  const html = '<h2>Lamps</h2><p>A <em>small</em> and <strong>kind</strong> <a href="https://a.example/">light</a>,<br>on.</p><ul><li>One</li><li>Two</li></ul><blockquote><p>Quoted</p></blockquote><pre><code>x &lt; y</code></pre><hr>';
  expect(markdownOf(storedHtml(html), same)).toBe('## Lamps\n\nA *small* and **kind** [light](https://a.example/),\\\non.\n\n- One\n- Two\n\n> Quoted\n\n```\nx < y\n```\n\n---\n');
});

test('what it has none for stays HTML, and the words inside stay words', () => {
  const table = '<table><tbody><tr><td>a*b*</td></tr></tbody></table>';
  expect(markdownOf(storedHtml(table), same).trim()).toBe(table);
  expect(markdownOf(storedHtml('<p>H<sub>2</sub>O and <del>*no*</del></p>'), same).trim()).toBe('H<sub>2</sub>O and <del>\\*no\\*</del>');
});

test('pictures and links get their new addresses', () => {
  const html = '<p><img src="/media/a.jpg" alt="A lamp"> <a href="/posts/x">x</a></p><figure><img src="/media/b.jpg" alt="B"><figcaption>Words</figcaption></figure>';
  const markdown = markdownOf(storedHtml(html), (address) => `..${address}`);
  expect(markdown).toContain('![A lamp](../media/a.jpg) [x](../posts/x)');
  expect(markdown).toContain('<img src="../media/b.jpg" alt="B">');
});

const pieces = ['*a*', '_b_', '**', '# x', '- y', '1. z', '> q', '`c`', '[l](https://a.example)', '<b>bold</b>', '<i> it </i>', '<table><tr><td>t</td></tr></table>', '<del>d</del>', '<sup>s</sup>', '<ul><li>one<ul><li>two</li></ul></li></ul>', '<pre>p\n\n  q</pre>', '<figure><img src="https://a.example/a.jpg" alt="pic"><figcaption>cap</figcaption></figure>', '&amp;lt;', '&lt;x&gt;', '\\', '***', '---', '===', '\n', '\n\n', ' ', '|', '~', '!', '[', ']', '(', ')', '&', 'word', 'é', '💚', '<blockquote>bq</blockquote>', '<h3>h</h3>', '<em>e</em>', '<strong>s</strong>', '<br>', '<details><summary>more</summary>less</details>', '<dl><dt>t</dt><dd>d</dd></dl>', '<mark>m</mark>', 'a_b_c', '+ p', '\t', '[caption]x[/caption]', '<ol start="5"><li>x</li></ol>'];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''));

test('every word of a post or comment is there once the Markdown is read again', () => {
  fc.assert(fc.property(text, (source) => {
    for (const html of [postHtml(source).html, commentHtml(source, 'markdown'), commentHtml(source, 'html')]) expect(words(shown(markdownOf(html, same)))).toBe(words(html));
  }), { numRuns: 600 });
});
