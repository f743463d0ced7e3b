import { describe, expect, test } from 'vitest';
import { postHtml } from '../../../lib/text/post-html';
import type { Attachment } from '../../../lib/text/shortcodes';

const ID = 'dQw4w9WgXcQ';
const picture = (href: string, host: string, alt = '') =>
  `<a class="picture-link" href="${href}" rel="nofollow noopener"><span>Picture${alt && `: ${alt}`}</span> <small>at ${host}</small></a>`;
const figure = (inner: string, more = '') => `<figure class="remote-picture${more}">${inner}</figure>`;
const youtube = (query = '', watch = '', title = '') =>
  `<figure class="video"><a class="load-video" data-load="video" data-player="https://www.youtube-nocookie.com/embed/${ID}${query}" href="https://www.youtube.com/watch?v=${ID}${watch}" rel="nofollow noopener"><span>Play video on YouTube${title}</span></a></figure>`;
const vimeo = '<figure class="video"><a class="load-video" data-load="video" data-player="https://player.vimeo.com/video/76979871" href="https://vimeo.com/76979871" rel="nofollow noopener"><span>Play video on Vimeo</span></a></figure>';
const html = (source: string) => postHtml(source).html;

describe('classic text', () => {
  test.each([
    ['lines', 'a\nb\n\nc', '<p>a<br>b</p>\n<p>c</p>'],
    ['blocks among lines', 'a\n<h2>b</h2>\nc\n<hr />\nd', '<p>a</p>\n<h2>b</h2>\n<p>c</p>\n<hr>\n<p>d</p>'],
    ['emphasis over a blank line', '<em>a\n\nb</em>', '<p><em>a</em></p>\n<p><em>b</em></p>'],
    ['preformatted text', '<pre>a\n\n  b</pre>\nc', '<pre>a\n\n  b</pre>\n<p>c</p>'],
    ['a table', '<table>\n<tr>\n<td>a\nb</td>\n</tr>\n</table>', '<table><tbody><tr><td>a<br>b</td></tr></tbody></table>'],
    ['a list', '<ol start="2">\n<li>a</li>\n<li>b\n\nc</li>\n</ol>', '<ol start="2"><li>a</li><li><p>b</p><p>c</p></li></ol>'],
    ['definitions', '<dl><dt>a</dt><dd>b</dd></dl>', '<dl><dt>a</dt><dd>b</dd></dl>'],
    ['a quote', '<blockquote>a\n\nb <cite>c</cite></blockquote>', '<blockquote><p>a</p><p>b <cite>c</cite></p></blockquote>'],
    ['a first heading', '<h1>a</h1>', '<h2>a</h2>'],
    ['headings that leave out levels', '<h4>a</h4><h4>b</h4><h6>c</h6><h5>d</h5><h3>e</h3>', '<h2>a</h2>\n<h2>b</h2>\n<h3>c</h3>\n<h3>d</h3>\n<h2>e</h2>'],
    ['a fold', '<details><summary>a</summary>b</details>', '<details><summary>a</summary>b</details>'],
    ['marks', 'a<sup>1</sup> <ins>b</ins> <strike>c</strike>', '<p>a<sup>1</sup> <ins>b</ins> <s>c</s></p>'],
    ['readings', '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>', '<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>'],
    ['readings of a block', '<ruby><blockquote>漢<rt>kan</rt></blockquote></ruby>', '<blockquote><p>漢kan</p></blockquote>'],
    ['a carriage return by reference', 'a&#13;\nb<pre>&#13;c</pre>', '<p>a<br>b</p>\n<pre>c</pre>'],
    ['alignment', '<p style="text-align: center;color:red" class="x">a</p>', '<p class="has-text-align-center">a</p>'],
    ['more and next page', 'a<!--more-->\n\nb<!--nextpage-->\n\nc', '<p>a</p>\n<p>b</p>\n<hr>\n<p>c</p>'],
    ['nothing', '', ''],
  ])('%s', (_, source, shown) => expect(html(source)).toBe(shown));
});

describe('blocks', () => {
  test.each([
    ['lose their comments and keep their lines', '<!-- wp:paragraph {"a":1} -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->', '<p>a b</p>'],
    ['stand beside classic text', '<!-- wp:heading --><h2 class="wp-block-heading">a</h2><!-- /wp:heading -->\n\nb\nc', '<h2>a</h2>\n<p>b<br>c</p>'],
    ['code', '<!-- wp:code --><pre class="wp-block-code"><code lang="css" class="language-css">a [youtube x]\n\nb</code></pre><!-- /wp:code -->', '<pre><code lang="css" class="language-css">a &#91;youtube x]\n\nb</code></pre>'],
    ['a video', `<!-- wp:embed {"url":"x"} --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://youtu.be/${ID}\n</div></figure><!-- /wp:embed -->`, youtube()],
    ['a video of the first blocks', `<!-- wp:core-embed/youtube --><figure class="wp-block-embed-youtube wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">https://www.youtube.com/watch?v=${ID}</div></figure><!-- /wp:core-embed/youtube -->`, youtube()],
    ['another service', '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">https://social.test/1</div><figcaption>c</figcaption></figure>', '<p><a href="https://social.test/1" rel="noopener">social.test</a></p>\n<p>c</p>'],
    ['a picture', '<figure class="wp-block-image alignwide"><img src="https://a.test/1.jpg" alt="A"/><figcaption>c</figcaption></figure>', figure(`${picture('https://a.test/1.jpg', 'a.test', 'A')}<figcaption>c</figcaption>`, ' alignwide')],
  ])('%s', (_, source, shown) => expect(html(source)).toBe(shown));

  test('that WordPress fills in are listed', () => {
    expect(postHtml('<!-- wp:latest-posts {"n":3} /--><!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->').unusable).toEqual(['a list of posts']);
  });
});

describe('videos', () => {
  test.each([
    [`[youtube https://www.youtube.com/watch?v=${ID}]`, youtube()],
    [`[youtube=http://www.youtube.com/watch?v=${ID}&amp;w=320&amp;h=240]`, youtube()],
    [`[youtube=${ID}]`, youtube()],
    [`[youtube id="${ID}"]`, youtube()],
    [`[youtube id=&#8221;${ID}&#8221;]`, youtube()],
    [`[youtube id=”${ID}”]`, youtube()],
    [`[youtube ${ID}]`, youtube()],
    [`[youtube]https://youtu.be/${ID}[/youtube]`, youtube()],
    [`[embed width="1"]https://youtu.be/${ID}?t=1m30s[/embed]`, youtube('?start=90', '&amp;t=90s')],
    ['[vimeo 76979871]', vimeo],
    ['[vimeo https://vimeo.com/76979871]', vimeo],
    ['[vimeo=https://vimeo.com/76979871]', vimeo],
    ['[vimeo id="76979871" w=3]', vimeo],
    [`https://youtu.be/${ID}`, youtube()],
    [`<p>https://www.youtube.com/watch?v=${ID}&#038;t=5</p>`, youtube('?start=5', '&amp;t=5s')],
    [`a\nhttps://youtu.be/${ID}\nb`, `<p>a</p>\n${youtube()}\n<p>b</p>`],
    [`a https://youtu.be/${ID} b`, `<p>a https://youtu.be/${ID} b</p>`],
    [`<iframe width="1" src="//www.youtube.com/embed/${ID}?start=30" title="T"></iframe>`, youtube('?start=30', '&amp;t=30s', ': T')],
    [`<iframe src="https://www.youtube-nocookie.com/embed/${ID}?list=PLabc"></iframe>`, youtube('?list=PLabc', '&amp;list=PLabc')],
    ['<iframe src="https://player.vimeo.com/video/76979871?title=0"></iframe>', vimeo],
    [`<object><param name="movie" value="http://www.youtube.com/v/${ID}&hl=en"><embed src="http://www.youtube.com/v/${ID}"></object>`, youtube()],
    [`<embed src="http://www.youtube.com/v/${ID}">`, youtube()],
    ['<iframe src="https://maps.test/x" title="Map"></iframe>', '<p><a href="https://maps.test/x" rel="noopener">Map</a></p>'],
    ['<iframe src="https://maps.test/x"></iframe>', '<p><a href="https://maps.test/x" rel="noopener">maps.test</a></p>'],
    ['https://social.test/1', '<p><a href="https://social.test/1" rel="noopener">https://social.test/1</a></p>'],
    ['[wpvideo AbC123]', '<p><a href="https://videopress.com/v/AbC123" rel="noopener">videopress.com</a></p>'],
    ['[audio src="https://a.test/x%20y.mp3"]', '<p><a href="https://a.test/x%20y.mp3" rel="noopener">Audio: x y.mp3</a></p>'],
    ['[video mp4="https://a.test/v.mp4"][/video]', '<p><a href="https://a.test/v.mp4" rel="noopener">Video: v.mp4</a></p>'],
    ['<iframe src="javascript:x"></iframe>', ''],
    ['<a class="load-video" data-load="video" data-player="https://evil.test/" href="https://evil.test/">x</a>', '<p><a href="https://evil.test/" rel="noopener">x</a></p>'],
    [`<a data-load="video" data-player="https://www.youtube-nocookie.com/embed/aaaaaaaaaaa" href="https://youtu.be/${ID}">x</a>`, `<p><a href="https://youtu.be/${ID}" rel="noopener">x</a></p>`],
  ])('%s', (source, shown) => expect(html(source)).toBe(shown));
});

describe('pictures', () => {
  const one = picture('https://a.test/1.jpg', 'a.test', 'A');
  test.each([
    ['alone', '<img class="alignleft" src="https://a.test/1.jpg" alt="A">', figure(one, ' alignleft')],
    ['in a line', 'x <img src="https://a.test/1.jpg" alt="A"> y', `<p>x ${one} y</p>`],
    ['on a line of its own', 'x\n<img src="https://a.test/1.jpg" alt="A">\ny', `<p>x</p>\n${figure(one)}\n<p>y</p>`],
    ['in a link to its full size', '<a href="https://a.test/1.jpg"><img src="https://a.test/1-150x150.jpg" alt="A"></a>', figure(one)],
    ['in a link to a page', '<a href="https://b.test/"><img src="https://a.test/1.jpg" alt="A"></a>', figure(`${one}<figcaption><a href="https://b.test/" rel="noopener">b.test</a></figcaption>`)],
    ['of a lazy loader', '<img src="data:image/gif;base64,R0" data-src="https://a.test/1.jpg" alt="A"><noscript><img src="https://a.test/1.jpg" alt="A"></noscript>', figure(one)],
    ['by srcset', '<img srcset="https://a.test/0.jpg 300w, https://a.test/1.jpg 900w" alt="A">', figure(one)],
    ['of ours', '<img src="/media/1.jpg" alt="A" width="3" height="4" srcset="https://a.test/x 2x" onerror="x">', '<figure><img src="/media/1.jpg" alt="A" width="3" height="4" loading="lazy"></figure>'],
    ['not quite of ours', '<img src="/media/../x.jpg" alt="A">', '<p>A</p>'],
    ['captioned', '[caption id="a_1" align="alignright" width="300"]<a href="https://a.test/1.jpg"><img src="https://a.test/s.jpg" alt="A" /></a> The <em>words</em>[/caption]', figure(`${one}<figcaption>The <em>words</em></figcaption>`, ' alignright')],
    ['captioned by attribute', '[wp_caption align="alignnone" caption="It’s"]<img src="https://a.test/1.jpg" alt="A">[/wp_caption]', figure(`${one}<figcaption>It’s</figcaption>`, ' alignnone')],
    ['captioned in HTML', '<div class="wp-caption alignleft" style="width:3px"><img src="https://a.test/1.jpg" alt="A"><p class="wp-caption-text">c</p></div>', figure(`${one}<figcaption>c</figcaption>`, ' alignleft')],
    ['that are smileys', 'a <img class="emoji" src="https://s.w.org/x.png" alt="🙂">', '<p>a 🙂</p>'],
    ['that count readers', 'a<img src="https://stats.test/b.gif" width="1" height="1">', '<p>a</p>'],
  ])('%s', (_, source, shown) => expect(html(source)).toBe(shown));

  test('a gallery shows the pictures that are known', () => {
    const attachments = new Map([['7', { url: 'https://a.test/1.jpg', alt: 'A', caption: '<c>' }]]);
    const { html: shown, unusable } = postHtml('[gallery ids="7,8"]', { attachments });
    expect(shown).toBe(figure(`${one}<figcaption>&lt;c></figcaption>`));
    expect(unusable).toEqual(['pictures of a gallery whose addresses are not known']);
    const ofThePost = new Map<string, Attachment>([...attachments, ['9', { url: 'https://a.test/2.jpg', alt: '', caption: '', attached: true }]]);
    expect(postHtml('[gallery]', { attachments: ofThePost })).toMatchObject({ html: figure(picture('https://a.test/2.jpg', 'a.test')), unusable: [] });
    expect(html('[gallery ids="1,2"]')).toBe('<p>A gallery of 2 pictures stood here.</p>');
  });
});

describe('shortcodes', () => {
  test.each([
    ['unknown', '[foo bar="1"]x[/foo] [1] [x]', '<p>[foo bar="1"]x[/foo] [1] [x]</p>'],
    ['escaped', '[[gallery ids="1"]] [[caption]a[/caption]]', '<p>&#91;gallery ids="1"] &#91;caption]a&#91;/caption]</p>'],
    ['in pre', '<pre>[gallery]</pre>', '<pre>&#91;gallery]</pre>'],
    ['in code', 'a <code>[youtube x]</code>', '<p>a <code>&#91;youtube x]</code></p>'],
    ['unclosed', '[caption]a', '<p>&#91;caption]a</p>'],
    ['code', '[code]\n<b> & [youtube x]\n\nhttps://youtu.be/x\n[/code]', '<pre><code>&lt;b> &amp; &#91;youtube x]\n\nhttps://youtu.be/x</code></pre>'],
    ['sourcecode', '[sourcecode language="css"]a{}<!--more-->[/sourcecode]', '<pre><code class="language-css">a{}&lt;!--more--></code></pre>'],
    ['code stored escaped', '[code]a &lt; b[/code]', '<pre><code>a &lt; b</code></pre>'],
    ['code that shows a player', '[code]<a data-player="https://evil.test/">[/code]', '<pre><code>&lt;a data-player="https://evil.test/"></code></pre>'],
    ['code with an entity', '[code]<b>&amp;</b>[/code]', '<pre><code>&lt;b>&amp;amp;&lt;/b></code></pre>'],
  ])('%s', (_, source, shown) => expect(html(source)).toBe(shown));
});

describe('links and anchors', () => {
  test.each([
    ['abroad', '<a href="https://a.test" target="_blank" rel="nofollow me">a</a>', '<p><a href="https://a.test" rel="nofollow noopener">a</a></p>'],
    ['at home', '<a href="/x">a</a>', '<p><a href="/x">a</a></p>'],
    ['by mail', '<a href="mailto:a@b.test">a</a>', '<p><a href="mailto:a@b.test">a</a></p>'],
    ['by javascript', '<a href="javascript:x">a</a>', '<p>a</p>'],
    ['to a note', '<sup><a href="#fn1" id="r1">1</a></sup>\n<ol><li id="fn1">n <a href="#r1">↩</a></li></ol>', '<p><sup><a href="#user-content-fn1" id="user-content-r1">1</a></sup></p>\n<ol><li id="user-content-fn1">n <a href="#user-content-r1">↩</a></li></ol>'],
    ['to a comment', '<a href="#comment-3">a</a>', '<p><a href="#comment-3">a</a></p>'],
    ['in place of a comment', '<p id="comment-3">a</p>', '<p id="user-content-comment-3">a</p>'],
  ])('%s', (_, source, shown) => expect(html(source)).toBe(shown));
});

test('what is dropped is listed once', () => {
  expect(postHtml('<script>1</script><script>2</script><style>a</style><form><input></form><object data="https://a.test/x.swf"></object>a')).toMatchObject({
    html: '<p>a</p>',
    unusable: expect.arrayContaining(['a script', 'a style sheet', 'a form', 'an embedded object of a.test']) as string[],
  });
});

test.each([
  ['before the mark', 'One & two\n\n<em>three</em> [foo]<!--more--> four', 'One & two three [foo]'],
  ['before the block of the mark', '<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n<p>two</p>', 'One'],
  ['first words', `${'word '.repeat(60)}`, `${'word '.repeat(50).trim()}…`],
  ['no words of pictures and players', `<img src="https://a.test/1.jpg" alt="A">\n\nhttps://youtu.be/${ID}\n\nText`, 'Text'],
])('the excerpt: %s', (_, source, excerpt) => expect(postHtml(source).excerpt).toBe(excerpt));

// So many arguments of one call are more than the stack has room for.
test.each(['<li>', '<br>', '<b>x</b>', '<!-- wp:html --><hr>', '\n\nx', '<div>x</div>', 'x<img src="/media/a.png">'])('a text of 130 000 times %s is read', (part) => {
  expect(() => postHtml(part.repeat(130_000))).not.toThrow();
}, 60_000);
