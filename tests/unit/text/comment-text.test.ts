import { describe, expect, test } from 'vitest';
import { commentHtml, readLinks } from '../../../lib/text/comment-text';
import { storedHtml } from '../../../lib/text/safe-html';

const link = (href: string, words = href) => `<a href="${href}" rel="nofollow ugc noopener">${words}</a>`;

describe('what a reader types', () => {
  test.each([
    ['plain words', 'Hello', '<p>Hello</p>'],
    ['nothing', '', ''],
    ['white space', ' \n\n\t', ''],
    ['emphasis', '*so* and **very**', '<p><em>so</em> and <strong>very</strong></p>'],
    ['a newline', 'a\nb', '<p>a<br>\nb</p>'],
    ['paragraphs', 'a\n\n\nb', '<p>a</p>\n<p>b</p>'],
    ['a quote', '> you said\n> this', '<blockquote><p>you said<br>\nthis</p></blockquote>'],
    ['a list', '- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['a counted list', '3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['a year at the start', '1986. A good year', '<p>1986. A good year</p>'],
    ['inline code', '`<b>`', '<p><code>&lt;b></code></p>'],
    ['fenced code', '```js\na < b\n```', '<pre><code>a &lt; b\n</code></pre>'],
    ['HTML', '<b>x</b> <script>y</script>', '<p>&lt;b>x&lt;/b> &lt;script>y&lt;/script></p>'],
    ['a comment in HTML', '<!-- x -->', '<p>&lt;!-- x --></p>'],
    ['an entity', '&lt; &amp; &#106;', '<p>&amp;lt; &amp;amp; &amp;#106;</p>'],
    ['a heading', '# a\n\nb\n===\n\nc\n---', '<p># a</p>\n<p>b<br>\n===</p>\n<p>c</p>\n<p>---</p>'],
    ['a rule', '***', '<p>***</p>'],
    ['indented words', '     a', '<p>a</p>'],
    ['a table', '| a | b |\n|---|---|', '<p>| a | b |<br>\n|---|---|</p>'],
    ['a definition', '[a]\n\n[a]: x', '<p>[a]</p>\n<p>[a]: x</p>'],
    ['a link', '[a](https://a.test/)', `<p>${link('https://a.test/', 'a')}</p>`],
    ['a link without its scheme', '[a](www.a.test)', `<p>${link('http://www.a.test', 'a')}</p>`],
    ['a link by javascript', '[a](javascript:alert(1))', '<p>[a](javascript:alert(1))</p>'],
    ['a link by a disguised javascript', '[a](JAVA\tscript:x) [b](&#106;avascript:x)', '<p>[a](JAVA\tscript:x) [b](&amp;#106;avascript:x)</p>'],
    ['a link by mail', '[a](mailto:a@b.test)', '<p>[a](mailto:a@b.test)</p>'],
    ['a picture', '![cat](https://a.test/c.png)', `<p>${link('https://a.test/c.png', 'cat')}</p>`],
    ['a picture in a link', '[![cat](https://a.test/c.png)](https://b.test)', `<p>${link('https://b.test', 'cat')}</p>`],
    ['an emphasized picture in a link', '[*![cat](https://a.test/c.png)*](https://b.test)', `<p>${link('https://b.test', '<em>cat</em>')}</p>`],
    ['an address', 'see https://a.test/b_(c).', `<p>see ${link('https://a.test/b_(c)')}.</p>`],
    ['an address with www', 'www.a.test!', `<p>${link('http://www.a.test', 'www.a.test')}!</p>`],
    ['an address in brackets', '<https://a.test>', `<p>${link('https://a.test')}</p>`],
    ['an address in code', '`https://a.test`', '<p><code>https://a.test</code></p>'],
    ['a slip of the space bar', 'the end.So it is', '<p>the end.So it is</p>'],
    ['an e-mail address', 'me@a.test', '<p>me@a.test</p>'],
    ['another scheme', 'ftp://a.test magnet:x', '<p>ftp://a.test magnet:x</p>'],
    ['a shortcode', '[youtube https://youtu.be/abcdefghijk]', `<p>[youtube ${link('https://youtu.be/abcdefghijk')}]</p>`],
    ['NUL and lone surrogates', 'a\0b\ud800c', '<p>abc</p>'],
    ['Windows newlines', 'a\r\nb\r\n\r\nc', '<p>a<br>\nb</p>\n<p>c</p>'],
  ])('%s', (_, source, html) => expect(commentHtml(source, 'markdown')).toBe(html));

  test('long text in many passages keeps its code whole', () => {
    const passage = 'Words of a reader.\n\n'.repeat(40);
    const html = commentHtml(`${passage}\`\`\`\nfirst\n\nsecond\n\`\`\`\n\n${passage}`, 'markdown');
    expect(html).toContain('<pre><code>first\n\nsecond\n</code></pre>');
    expect(html.match(/<p>/g)).toHaveLength(80);
  });

  const length = 65_525;
  test.each(['>', '> ', '[', '*', '- ', '1. ', '*_', '[a](', '![', '`', '<', '>\n', '- a\n', '> a\n\n', 'http://', '**a', '\\'])(
    'a whole comment of %j neither overflows nor disappears',
    (unit) => {
      const html = commentHtml(unit.repeat(length / unit.length), 'markdown');
      expect(html.length).toBeLessThan(length * 16);
    },
  );
});

describe('a comment from WordPress', () => {
  test.each([
    ['lines', 'a\nb\n\nc', '<p>a<br>b</p>\n<p>c</p>'],
    ['its own breaks', 'a<br />\nb', '<p>a<br>b</p>'],
    ['its own paragraphs', '<p>a</p>\n\n<p>b\nc</p>', '<p>a</p>\n<p>b<br>c</p>'],
    ['emphasis over a blank line', '<b>a\n\nb</b>', '<p><b>a</b></p>\n<p><b>b</b></p>'],
    ['allowed words', '<em>a</em> <strike>b</strike> <del>c</del> <q>d</q> <abbr title="E">e</abbr>', '<p><em>a</em> b <del>c</del> <q>d</q> <abbr title="E">e</abbr></p>'],
    ['a quote', '<blockquote>a\n\nb</blockquote>c', '<blockquote><p>a</p><p>b</p></blockquote>\n<p>c</p>'],
    ['a list', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>', '<ul><li>a</li><li>b</li></ul>'],
    ['code', '<pre>a\n\n  b</pre>', '<pre>a\n\n  b</pre>'],
    ['blocks', '<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->', '<p>a</p>'],
    ['elements it may not have', '<div class="x">a</div><h2>b</h2>', '<p>a</p>\n<p>b</p>'],
    ['a script', '<script>x</script>a<style>b</style>', '<p>a</p>'],
    ['a link', '<a href="https://a.test" onclick="x()" style="y" class="z" id="w">a</a>', `<p>${link('https://a.test', 'a')}</p>`],
    ['a link by javascript', '<a href="java&#10;script:x">a</a>', '<p>a</p>'],
    ['a relative link', '<a href="/x">a</a>', '<p>a</p>'],
    ['an address', 'https://a.test/?a=1&amp;b=2', `<p>${link('https://a.test/?a=1&amp;b=2')}</p>`],
    ['a picture', '<img src="https://a.test/c.png" alt="cat" onerror="x">', `<p>${link('https://a.test/c.png', 'cat')}</p>`],
    ['a picture in a link', '<a href="https://b.test"><img src="https://a.test/c.png" alt="cat"></a>', `<p>${link('https://b.test', 'cat')}</p>`],
    ['a picture deep in a link', '<a href="https://b.test"><p><b><img src="https://a.test/c.png" alt="cat"></b></p></a>', link('https://b.test', '<p><b>cat</b></p>')],
    ['a picture without words in a link', '<a href="https://b.test"><img src="https://a.test/c.png"></a>', `<p>${link('https://b.test', 'https://a.test/c.png')}</p>`],
    ['a picture in a link by javascript', '<a href="javascript:x"><img src="https://a.test/c.png" alt="cat"></a>', `<p>${link('https://a.test/c.png', 'cat')}</p>`],
    ['a link in a table in a link', '<a href="https://a.test">a<table><td><a href="https://b.test">b</a></table></a>', link('https://a.test', 'a<p>b</p>')],
    ['code after blank lines', '<pre>\n\na\n\nb</pre>', '<pre>a\n\nb</pre>'],
    ['code that begins behind what is dropped', '<pre><font>\n</font>\na</pre>', '<pre>a</pre>'],
    ['a carriage return by reference', 'a&#13;\nb&#xD;c', '<p>a<br>b<br>c</p>'],
    ['blocks in code', '<pre><div>a<div>b</div></div></pre>', '<pre>ab</pre>'],
    ['signs', '1 < 2 & 3', '<p>1 &lt; 2 &amp; 3</p>'],
    ['nothing', '', ''],
  ])('%s', (_, source, html) => expect(commentHtml(source, 'html')).toBe(html));

  test.each(['<b>', '<div>', '<blockquote>', '<a href=x>', '<svg><td>', '<ruby><rt>', '<table><td>', '<b a=1><p>', '<a "', '<!--', '<ul><li>', '<q x=\'>'])(
    'a whole comment of %j neither overflows nor swells',
    (unit) => expect(commentHtml(unit.repeat(65_525 / unit.length), 'html').length).toBeLessThan(500_000),
  );
});

test.each([
  ['', 0],
  ['<p>no link</p>', 0],
  [commentHtml('https://a.test [b](https://b.test) www.c.test me@d.test', 'markdown'), 3],
  [commentHtml('<a href="https://a.test">a</a> <a name="x">b</a> https://c.test', 'html'), 2],
  ['<p>&lt;a href="x"></p>', 0],
])('links in %j: %i', (html, count) => expect(readLinks(storedHtml(html)).hosts.length).toBe(count));

test.each(['markdown', 'html'] as const)('a long run of white space costs no more than as many words (%s)', (format) => {
  const time = (source: string) => {
    const from = performance.now();
    commentHtml(source, format);
    return performance.now() - from;
  };
  const words = time('word '.repeat(13_000));
  for (const space of [' ', '\t']) expect(time(`a${space.repeat(65_000)}b`)).toBeLessThan(words * 5 + 1_000);
});

test('a text of thousands of lines is shown as typed, its addresses linked and its blanks parting paragraphs', () => {
  const html = commentHtml(`*first* <b>line</b>\n\nhttps://example.com/\n${'-\n'.repeat(3_000)}`, 'markdown');
  expect(html).toContain('<p>*first* &lt;b>line&lt;/b></p>');
  expect(html).toContain('<a href="https://example.com/" rel="nofollow ugc noopener">');
  expect(html).not.toContain('<li>');
});
