import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allowOnly } from '@/components/editor/allow';
import { toDocument, toHtml } from '@/components/editor/load';
import { editorSchema } from '@/components/editor/schema';
import { postHtml } from '@/lib/text/post-html';
import { SAMPLE_POSTS } from '@/prisma/sample-posts';
import { hostileText } from '../../unit/text/hostile';
import { asWritten, showing } from './showing';

const PICTURE = `/media/${'ab'.repeat(32)}.jpg`;
const media = (address: string) => (address.includes('ours') ? { path: PICTURE, kind: 'image' as const, width: 640, height: 480 } : null);
const safe = (source: string) => postHtml(source, { media }).html;
/** Without what the editor remembers of blocks that nobody touched: every block is written anew. */
const writtenAnew = (html: string) => toHtml(editorSchema().nodeFromJSON(toDocument(html).toJSON()));
const names = (html: string) => toDocument(html).children.map((node) => node.type.name);

const exported = ['blog-1.0.xml', 'blog-1.1.xml', 'blog-1.2.xml'].flatMap((name) =>
  [...readFileSync(`tests/support/wxr/${name}`, 'utf8').matchAll(/<content:encoded><!\[CDATA\[([\s\S]*?)\]\]>/g)].map(([, source = '']) => source));

const WRITTEN: [string, string, string[]][] = [
  ['words', '<p>a <strong>b</strong> <em>c</em> <u>d</u> <s>e</s> <code>f</code> <a href="https://x.test/" title="T">g</a><br>h</p>', ['paragraph']],
  ['older words', '<p><b>a</b> <i>b</i> <del>c</del> <small>d</small> <mark>e</mark> <abbr title="E">f</abbr> <span lang="fr">g</span></p>', ['paragraph']],
  ['words in words', '<p><em>a <strong>b</strong></em> <a href="/x"><em>c</em> d</a> <strong><a href="/y">e</a></strong> <a href="/z"><code>f</code></a></p>', ['paragraph']],
  ['two links side by side', '<p><a href="/x">a</a><a href="/x">b</a></p>', ['kept']],
  ['a footnote', '<p>a<sup><a href="#fn" id="r">1</a></sup> H<sub>2</sub>O</p><section class="footnotes"><ol><li id="fn">n</li></ol></section>', ['paragraph', 'kept']],
  ['headings', '<h2 id="top">a</h2><h3>b</h3><h4 class="has-text-align-center">c</h4>', ['heading', 'heading', 'heading']],
  ['a list of words', '<ul><li>a</li><li>b<ol start="3"><li>c</li></ol></li></ul>', ['bulletList']],
  ['a list of paragraphs', '<ol reversed type="a"><li value="4"><p>a</p></li><li><p>b</p><p>c</p></li></ol>', ['orderedList']],
  ['a list with a picture and a table', `<ul><li>a<figure><img src="${PICTURE}" alt="A"></figure></li><li>b<table><tbody><tr><td>c</td></tr></tbody></table></li></ul>`, ['bulletList']],
  ['quotes', '<blockquote><p>a</p><ul><li>b</li></ul><p>c <cite>d</cite></p></blockquote>', ['blockquote']],
  ['code', '<pre><code class="language-c++">a\n\n  b</code></pre><pre>c\n d</pre><pre class="verse">e</pre>', ['codeBlock', 'codeBlock', 'codeBlock']],
  ['code with bold words', '<pre><code>a <strong>b</strong></code></pre>', ['kept']],
  ['a picture', `<figure class="alignwide" id="f"><img src="${PICTURE}" alt="A" width="3" height="2" loading="lazy"><figcaption>b <em>c</em></figcaption></figure>`, ['picture']],
  ['a picture in a link', `<figure class="alignleft"><a href="/p" rel="nofollow"><img src="${PICTURE}" alt=""></a></figure>`, ['picture']],
  ['a picture among words', `<p>a <img src="${PICTURE}" alt="A" width="3" height="2" loading="lazy"> b</p>`, ['paragraph']],
  ['a caption of paragraphs', `<figure><img src="${PICTURE}" alt=""><figcaption><p>a</p><p>b</p></figcaption></figure>`, ['kept']],
  ['a gallery', `<figure class="gallery columns-2"><figure><img src="${PICTURE}" alt=""></figure><figure><img src="${PICTURE}" alt=""></figure></figure>`, ['kept']],
  ['a video', 'https://youtu.be/dQw4w9WgXcQ', ['kept']],
  ['a picture kept elsewhere', '<p><img src="https://x.test/a.jpg" alt="A"></p>', ['kept']],
  ['a table', '<table><caption>a</caption><tbody><tr><th scope="row">b</th><td colspan="2">c</td></tr></tbody></table>', ['kept']],
  ['a fold', '<details open><summary>a</summary><p>b</p></details>', ['kept']],
  ['terms', '<dl><dt>a</dt><dd>b</dd></dl>', ['kept']],
  ['boxes', '<div class="has-text-align-center">a</div><section><p>b</p><h2>c</h2></section>', ['box', 'box']],
  ['a place for links', '<p>a<a id="here"></a> b</p>', ['paragraph']],
  ['readings', '<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>', ['kept']],
  ['a line', '<hr class="alignwide">', ['horizontalRule']],
  ['another script', '<p dir="rtl" lang="he">שלום <bdi>a</bdi></p>', ['paragraph']],
];

describe('a post opened and saved', () => {
  test.each(WRITTEN)('is the same: %s', (_, source, blocks) => {
    const html = safe(source);
    expect(names(html)).toEqual(blocks);
    expect(asWritten(toHtml(toDocument(html)))).toBe(asWritten(html));
    expect(showing(safe(writtenAnew(html)))).toEqual(showing(html));
  });

  test.each([...SAMPLE_POSTS.map(({ title, html }) => [title, html] as const), ...exported.map((source, i) => [`export ${i}`, source] as const)])('shows what it showed: %s', (_, source) => {
    const html = safe(source);
    expect(asWritten(toHtml(toDocument(html)))).toBe(asWritten(html));
    expect(showing(safe(writtenAnew(html)))).toEqual(showing(html));
  });

  test('shows what it showed, whatever it was made from', () => {
    fc.assert(fc.property(hostileText, (source) => {
      const html = safe(source);
      const before = showing(html);
      expect(showing(toHtml(toDocument(html)))).toEqual(before);
      expect(showing(writtenAnew(html))).toEqual(before);
      expect(showing(safe(writtenAnew(html)))).toEqual(before);
    }), { numRuns: 150 });
  }, 120_000);

  test('is held by the browser to the list that made it safe, and loses nothing by it', () => {
    fc.assert(fc.property(hostileText, (source) => {
      const { body } = new DOMParser().parseFromString(`<body>${safe(source)}`, 'text/html');
      const before = body.innerHTML;
      allowOnly(body);
      expect(body.innerHTML).toBe(before);
    }), { numRuns: 150 });
  }, 120_000);

  test('is empty when it was', () => {
    expect(toHtml(toDocument(''))).toBe('');
  });
});

describe('a change', () => {
  test('leaves words in brackets words, whatever they were to WordPress', () => {
    const schema = editorSchema();
    const typed = schema.node('doc', null, [schema.node('paragraph', null, schema.text('[gallery ids="1"] and [[caption]x[/caption]] [1] [sic]'))]);
    expect(showing(safe(toHtml(typed))).words).toBe('[gallery ids="1"] and [[caption]x[/caption]] [1] [sic]');
    const html = safe('<p>Write <code>&#91;youtube x]</code></p>');
    expect(safe(toHtml(toDocument(html)))).toBe(html);
  });

  test('of one block leaves all others to the letter', () => {
    const html = '<p>a  b</p>\n<table><tbody><tr><td>c</td></tr></tbody></table>\n<p><em><strong>d</strong></em></p>';
    const doc = toDocument(html);
    const schema = editorSchema();
    const changed = doc.replace(1, 1, schema.node('paragraph', null, schema.text('new ')).slice(0));
    expect(toHtml(changed)).toBe('<p>new a b</p>\n<table><tbody><tr><td>c</td></tr></tbody></table>\n<p><em><strong>d</strong></em></p>');
  });

  test('writes no paragraph that shows nothing, and no address of this window', () => {
    const schema = editorSchema();
    const doc = schema.node('doc', null, [
      schema.node('paragraph'),
      schema.node('picture', { pending: 'x', alt: 'A' }),
      schema.node('picture', { pending: 'y', from: 'https://x.test/a.jpg', alt: 'A "b"' }, schema.text('words')),
    ]);
    expect(toHtml(doc)).toBe('<p><a href="https://x.test/a.jpg">A "b"</a> words</p>');
  });
});
