import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SAMPLE_POSTS } from '../../prisma/sample-posts';
import { postHtml } from '../../lib/text/post-html';
import type { SafeHtml } from '../../lib/text/safe-html';

const SHA = 'a'.repeat(64);
const picture = `<img src="/media/${SHA}.jpg" alt="A lamp" width="800" height="600">`;

/** Texts with everything that a post may hold, each kind where it is usual and where it is not. */
const SOURCES: Record<string, string> = {
  'paragraphs, breaks and marks': '<p>One <strong>two <em>three</em></strong> <u>four</u> <s>five</s> <del>six</del> <ins>seven</ins> <mark>eight</mark> <code>nine</code> H<sub>2</sub>O m<sup>2</sup></p><p>a<br>b<br><br>c</p>',
  'rarer marks': '<p><b>b</b> <i>i</i> <small>s</small> <kbd>Ctrl</kbd> <samp>s</samp> <var>v</var> <q>q</q> <cite>c</cite> <dfn title="D">d</dfn> <abbr title="World Wide Web">WWW</abbr> <time datetime="2020-01-01">then</time> <bdi>x</bdi> <bdo dir="rtl">y</bdo> <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> long<wbr>word</p>',
  'links': '<p><a href="https://a.test/?a=1&amp;b=2#c">one</a> <a href="mailto:me@a.test">mail</a> <a href="tel:+491234">call</a> <a href="/posts/x">here</a> <a href="#part">part</a> <a href="https://a.test" title="T" rel="sponsored nofollow">rel</a> <a href="https://a.test"><strong>bold</strong> and not</a></p>',
  'anchors': '<h2 id="part">A part</h2><p id="p1">Text</p><ul id="l"><li id="x">x</li></ul><p><span id="here"></span>Here</p><a id="lone"></a>',
  'headings': '<h2>Two</h2><h3>Three <em>em</em></h3><h4>Four</h4><h5>Five</h5><h6>Six</h6><h2 class="has-text-align-center"><a href="https://a.test">A link</a></h2>',
  'lists': '<ul><li>a<ul><li>b<ol start="3" type="a" reversed><li value="7">c</li></ol></li></ul></li><li><p>d</p><p>e</p></li><li><blockquote><p>f</p></blockquote></li></ul><ol start="0"><li>z</li></ol>',
  'definitions': '<dl><dt>Term</dt><dd>What it is</dd><dd><p>And more</p></dd></dl>',
  'quotes': '<blockquote><p>a</p><p>b</p><cite>c</cite></blockquote><blockquote class="has-text-align-right"><p>r</p></blockquote><figure class="wp-block-pullquote"><blockquote><p>a</p><cite>b</cite></blockquote></figure>',
  'code': '<pre><code class="language-js">if (a &lt; b) {\n\n  return "x";\t// tab\n}</code></pre><pre>plain\n  two <strong>bold</strong></pre><pre class="wp-block-verse">a\n   b</pre>',
  'tables': '<figure class="wp-block-table alignwide"><table><caption>C</caption><thead><tr><th scope="col">a</th><th colspan="2">b</th></tr></thead><tbody><tr><td rowspan="2">c</td><td>d<br>e</td><td><ul><li>f</li></ul></td></tr><tr><td>g</td><td><p>h</p><p>i</p></td></tr></tbody><tfoot><tr><td>j</td><td>k</td><td>l</td></tr></tfoot></table><figcaption>Under</figcaption></figure><table><tr><td>bare</td></tr></table>',
  'own pictures': `<figure class="wp-block-image alignwide">${picture}<figcaption>Words <em>below</em> <a href="https://a.test">link</a></figcaption></figure><p>In ${picture} the line</p><figure><a href="https://a.test/full"><img src="/media/${SHA}.png" alt=""></a></figure>`,
  'galleries': `<figure class="wp-block-gallery columns-2"><figure>${picture}<figcaption>1</figcaption></figure><figure><img src="/media/${SHA}.webp" alt="Two"></figure><figcaption>All</figcaption></figure>`,
  'pictures of elsewhere': '<p><img src="https://a.test/1.jpg" alt="One"></p><figure class="alignright"><img src="https://a.test/2.jpg"><figcaption>Two</figcaption></figure><p>Text <img src="https://a.test/3.jpg" alt="Three"> text</p>',
  'films': '<figure class="wp-block-embed aligncenter"><iframe src="https://www.youtube.com/embed/abcdefghijk" title="A film"></iframe><figcaption>Seen</figcaption></figure>\n\nhttps://vimeo.com/12345\n\n<p><a href="https://youtu.be/abcdefghijk">a film in words</a></p>',
  'sounds': `<audio controls src="/media/${SHA}.mp3"></audio><figure><video controls src="/media/${SHA}.mp4" poster="/media/${SHA}.jpg" width="640" height="360"></video><figcaption>A film</figcaption></figure><p>[audio mp3="https://a.test/a.mp3"]</p>`,
  'boxes': '<div class="alignfull"><div><p>a</p></div><div><h2>b</h2><p>c</p></div></div><section><p>s</p></section><aside><p>t</p></aside><div>bare words</div><details open><summary>More</summary><p>Hidden</p></details>',
  'lines between': '<p>a</p><hr><p>b</p><hr class="alignwide"><p>c</p>',
  'directions and languages': '<p dir="rtl" lang="ar">مرحبا</p><p lang="de">Grüße <span lang="fr">chérie</span></p><blockquote dir="rtl"><p>x</p></blockquote>',
  'alignment': '<p class="has-text-align-center">c</p><p style="text-align:right">r</p><center>m</center>',
  'footnotes': '<p>Text<sup><a href="#n-1" id="n-1-link">1</a></sup></p><ol class="footnotes"><li id="n-1">A note <a href="#n-1-link" aria-label="Back to the text, note 1">↩</a></li></ol>',
  'words that look like shortcodes': '<p>[[gallery ids="1"]] and [[youtube x]] and &#91;contact-form] and &#91;caption]x&#91;/caption]</p><pre><code>&#91;gallery]</code></pre><p>a[0] = [1, 2]; $latex x$ costs $5</p>',
  'words that look like HTML': '<p>&lt;b&gt; &amp;amp; &amp;lt; &quot;q&quot; a &lt; b &amp;&amp; c &gt; d &lt;!-- no comment --&gt; &lt;!--more--&gt;</p>',
  'words that look like Markdown': '<p>**not bold** # not a heading - not a list &gt; not a quote `x` [a](https://a.test)</p><p>- a</p><p>1. b</p><p># c</p>',
  'white space': '<p>a&nbsp;&nbsp;b   c\td</p><p> lead</p><p>trail </p><p>x <strong> y </strong> z</p><p>a\u200bb\u00adc\u2028d</p>',
  'signs': '<p>🙂 👩‍👩‍👧 é e\u0301 漢字 \u202eabc\u202c – “q” … ½</p>',
  'classic text': 'One line\nand the next\n\nA <b>second</b> paragraph\n\n<ul><li>a</li></ul>\nwords after\n\nhttps://a.test/page\n\n<!--more-->\n\nThe rest',
  'blocks of WordPress': '<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div class="wp-block-column"><!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --></div><!-- /wp:column --></div><!-- /wp:columns --><!-- wp:buttons --><div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link" href="https://a.test">Go</a></div></div><!-- /wp:buttons --><!-- wp:spacer --><div style="height:100px" class="wp-block-spacer"></div><!-- /wp:spacer -->',
  'formulas': '<p>$latex e = mc^2$</p><pre>$latex x$</pre><p><code class="language-latex">a_b</code></p>',
  'nothing at all': '',
  'one word': 'word',
};

const sourcesOfExport = (name: string): string[] =>
  [...readFileSync(path.join(import.meta.dirname, 'wxr', name), 'utf8').matchAll(/<content:encoded><!\[CDATA\[([\s\S]*?)\]\]><\/content:encoded>/g)].map(([, text = '']) => text.replaceAll(']]]]><![CDATA[>', ']]>'));

export type Text = { name: string; html: SafeHtml };

/** The safe HTML of posts as the blog keeps them: one of each kind, the sample blog’s, and those of the exports of the tests. */
export function listTexts(): Text[] {
  const exported = ['blog-1.0.xml', 'blog-1.1.xml', 'blog-1.2.xml'].flatMap((name) => sourcesOfExport(name).map((source, index) => [`${name}, ${index}`, source] as const));
  const sample = SAMPLE_POSTS.map(({ slug, html }) => [slug, html] as const);
  return [...Object.entries(SOURCES), ...sample, ...exported].map(([name, source]) => ({ name, html: postHtml(source).html }));
}
