import { describe, expect, test } from 'vitest';
import { postHtml } from '../../../lib/text/post-html';

const html = (source: string) => postHtml(source).html;
const paragraph = (words: string) => `<!-- wp:paragraph -->\n<p>${words}</p>\n<!-- /wp:paragraph -->`;
const picture = (href: string, alt = '') => `<figure class="remote-picture"><a class="picture-link" href="${href}" rel="nofollow noopener"><span>Picture${alt && `: ${alt}`}</span> <small>at a.test</small></a></figure>`;

describe('blocks of WordPress', () => {
  test.each([
    ['media and text', '<!-- wp:media-text {"mediaId":5} -->\n<div class="wp-block-media-text alignwide is-stacked-on-mobile"><figure class="wp-block-media-text__media"><img src="https://a.test/1.jpg" alt="A" class="wp-image-5 size-full"/></figure><div class="wp-block-media-text__content"><!-- wp:paragraph {"placeholder":"Content…"} -->\n<p>Beside</p>\n<!-- /wp:paragraph --></div></div>\n<!-- /wp:media-text -->', `<div class="alignwide">${picture('https://a.test/1.jpg', 'A')}<div><p>Beside</p></div></div>`],
    ['a cover', '<!-- wp:cover {"url":"https://a.test/1.jpg","id":35} -->\n<div class="wp-block-cover"><span aria-hidden="true" class="wp-block-cover__background has-background-dim"></span><img class="wp-block-cover__image-background wp-image-35" alt="" src="https://a.test/1.jpg" data-object-fit="cover"/><div class="wp-block-cover__inner-container"><!-- wp:paragraph {"align":"center"} -->\n<p class="has-text-align-center">Over it</p>\n<!-- /wp:paragraph --></div></div>\n<!-- /wp:cover -->', `<div>${picture('https://a.test/1.jpg')}<div><p class="has-text-align-center">Over it</p></div></div>`],
    ['a cover of the first blocks', '<!-- wp:cover-image {"url":"https://a.test/1.jpg","id":34} -->\n<section class="wp-block-cover-image has-background-dim" style="background-image:url(https://a.test/1.jpg)"><h2>Over it</h2></section>\n<!-- /wp:cover-image -->', `<section>${picture('https://a.test/1.jpg')}<h2>Over it</h2></section>`],
    ['a file', '<!-- wp:file {"href":"https://a.test/x.pdf","showDownloadButton":true} -->\n<div class="wp-block-file"><object class="wp-block-file__embed" data="https://a.test/x.pdf" type="application/pdf" aria-label="x"></object><a id="wp-block-file--media-1" href="https://a.test/x.pdf">The plan</a><a href="https://a.test/x.pdf" class="wp-block-file__button" download aria-describedby="wp-block-file--media-1">Download</a></div>\n<!-- /wp:file -->', '<div><a href="https://a.test/x.pdf" rel="noopener" id="user-content-wp-block-file--media-1">The plan</a></div>'],
    ['columns', '<div class="wp-block-columns"><!-- wp:column -->\n<div class="wp-block-column"><p>a</p></div>\n<!-- /wp:column -->\n<!-- wp:column -->\n<div class="wp-block-column"><p>b</p></div>\n<!-- /wp:column --></div>', '<div><div><p>a</p></div><div><p>b</p></div></div>'],
    ['a pullquote', '<figure class="wp-block-pullquote"><blockquote><p>a</p><cite>b</cite></blockquote></figure>', '<figure><blockquote><p>a</p><p><cite>b</cite></p></blockquote></figure>'],
    ['verse', '<!-- wp:verse -->\n<pre class="wp-block-verse">a\n  b</pre>\n<!-- /wp:verse -->', '<pre class="verse">a\n  b</pre>'],
    ['a table', '<figure class="wp-block-table"><table class="has-fixed-layout"><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table><figcaption class="wp-element-caption">c</figcaption></figure>', '<figure><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table><figcaption>c</figcaption></figure>'],
    ['a list', '<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>a<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>b</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list --></li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->', '<ul><li>a<ul><li>b</li></ul></li></ul>'],
    ['details', '<!-- wp:details -->\n<details class="wp-block-details"><summary>a</summary><!-- wp:paragraph -->\n<p>b</p>\n<!-- /wp:paragraph --></details>\n<!-- /wp:details -->', '<details><summary>a</summary><p>b</p></details>'],
    ['an accordion', '<div role="group" class="wp-block-accordion"><div class="wp-block-accordion-item"><h3 class="wp-block-accordion-heading"><button class="wp-block-accordion-heading__toggle"><span class="wp-block-accordion-heading__toggle-title">a</span><span class="wp-block-accordion-heading__toggle-icon" aria-hidden="true">+</span></button></h3><div class="wp-block-accordion-panel"><p>b</p></div></div></div>', '<div><div><h2><span>a</span></h2><div><p>b</p></div></div></div>'],
    ['buttons', '<div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link" href="https://a.test/">Go</a></div></div>', '<div><div><a href="https://a.test/" rel="noopener">Go</a></div></div>'],
    ['a separator and a gap', '<hr class="wp-block-separator has-alpha-channel-opacity"/><div style="height:100px" aria-hidden="true" class="wp-block-spacer"></div>', '<hr>'],
    ['pages of one post', `${paragraph('a')}\n<!-- wp:nextpage -->\n<!--nextpage-->\n<!-- /wp:nextpage -->\n${paragraph('b')}`, '<p>a</p>\n<hr>\n<p>b</p>'],
    ['an embed that says its address only', '<!-- wp:embed {"url":"https://social.test/1?a=b\\u0026c","type":"rich"} /-->', '<p><a href="https://social.test/1?a=b&amp;c" rel="noopener">social.test</a></p>'],
    ['a film of WordPress.com', '<!-- wp:videopress/video {"guid":"AbC123"} /-->', '<p><a href="https://videopress.com/v/AbC123" rel="noopener">videopress.com</a></p>'],
    ['links to other places', '<ul class="wp-block-social-links"><!-- wp:social-link {"url":"https://m.test/@a","service":"mastodon"} /--></ul>', '<ul><li><a href="https://m.test/@a" rel="noopener">Mastodon</a></li></ul>'],
    ['a formula', '<div class="wp-block-math"><math display="block"><semantics><mi>x</mi><annotation encoding="application/x-tex">x &lt; 2</annotation></semantics></math></div>', '<div><code class="language-latex">x &lt; 2</code></div>'],
  ])('%s', (_, source, shown) => {
    expect(html(source)).toBe(shown);
    expect(postHtml(source).unusable).toEqual([]);
  });

  test.each([
    ['a form', '<!-- wp:jetpack/contact-form {"subject":"x"} -->\n<div class="wp-block-jetpack-contact-form"><!-- wp:jetpack/field-name {"required":true} /-->\n<!-- wp:jetpack/field-textarea {"label":"Message"} /-->\n<!-- wp:jetpack/button {"element":"button","text":"Send"} /--></div>\n<!-- /wp:jetpack/contact-form -->', ['a contact form']],
    ['a form kept elsewhere', '<!-- wp:jetpack/contact-form {"ref":7} /-->', ['a contact form']],
    ['lists of posts', '<!-- wp:latest-posts {"n":3} /--><!-- wp:core/archives /-->', ['a list of posts']],
    ['a block nobody knows', '<!-- wp:acme/fancy {"a":"--\\u003e"} /-->', ['the block “acme/fancy”']],
    ['a pattern of the theme', '<!-- wp:pattern {"slug":"theme/hero"} /-->', ['a pattern of the theme']],
  ])('%s becomes nothing and is listed once', (_, source, unusable) => {
    expect(postHtml(source)).toMatchObject({ html: '', unusable });
  });
});

describe('reusable blocks', () => {
  const blocks = new Map([['1', paragraph('One')], ['2', `<!-- wp:block {"ref":1} /-->\n${paragraph('two')}`], ['3', `${paragraph('a')}<!-- wp:block {"ref":4} /-->`], ['4', '<!-- wp:block {"ref":3} /-->']]);
  const filled = (source: string) => postHtml(source, { blocks });

  test('stand where they are named, those inside of others too', () => {
    expect(filled(`${paragraph('x')}\n<!-- wp:block {"ref":2} /-->\n<!-- wp:core/block {"ref":1} /-->`)).toMatchObject({ html: '<p>x</p>\n<p>One</p>\n<p>two</p>\n<p>One</p>', unusable: [] });
  });

  test('that are not in the file are listed', () => {
    expect(filled('<!-- wp:block {"ref":99} /-->a')).toMatchObject({ html: '<p>a</p>', unusable: ['a reusable block that is not in the file'] });
  });

  test('stand once where they hold themselves', () => {
    expect(filled('<!-- wp:block {"ref":3} /-->')).toMatchObject({ html: '<p>a</p>', unusable: ['a reusable block inside of itself, or of too many others'] });
  });

  test('that would grow without end are cut', () => {
    const ten = (ref: number) => `${'x'.repeat(500)}\n\n`.concat(`<!-- wp:block {"ref":${ref}} /-->`.repeat(10));
    const growing = new Map([1, 2, 3, 4, 5, 6, 7, 8].map((ref) => [`${ref}`, ten(ref + 1)]));
    const made = postHtml('<!-- wp:block {"ref":1} /-->', { blocks: growing });
    expect(made.html.length).toBeLessThan(1_100_000);
    expect(made.unusable).toContain('a reusable block inside of itself, or of too many others');
  });

  test('with words of this post’s own are listed', () => {
    expect(filled('<!-- wp:block {"ref":1,"content":{"Title":{"content":"Mine"}}} /-->').unusable).toEqual(['words of this post’s own in a reusable block']);
  });
});

describe('footnotes', () => {
  const mark = '<sup data-fn="n-1" class="fn"><a href="#n-1" id="n-1-link">1</a></sup>';
  const source = `${paragraph(`Text${mark}`)}\n<!-- wp:footnotes /-->\n${paragraph('after')}`;
  const text = '<p>Text<sup><a href="#user-content-n-1" id="user-content-n-1-link">1</a></sup></p>';
  const list = '<ol class="footnotes"><li id="user-content-n-1">A <em>note</em> <a href="#user-content-n-1-link" aria-label="Back to the text, note 1">↩</a></li></ol>';
  const footnotes = JSON.stringify([{ id: 'n-1', content: 'A <em>note</em>' }]);

  test('stand in their place, and lead there and back', () => {
    expect(postHtml(source, { footnotes })).toMatchObject({ html: `${text}\n${list}\n<p>after</p>`, unusable: [] });
  });

  test('stand at the end where the text has no place for them', () => {
    expect(postHtml(paragraph(`Text${mark}`), { footnotes }).html).toBe(`${text}\n${list}`);
  });

  test.each(['', '[]', 'null', '{', '[1,{"id":"a b","content":"x"}]'])('are listed when their words are %j', (json) => {
    expect(postHtml(source, { footnotes: json })).toMatchObject({ unusable: ['footnotes whose words are not in the file'] });
  });
});

describe('shortcodes of WordPress and its plugins', () => {
  test.each([
    ['[contact-form to="a@b.test"][contact-field label="Name" type="name" required="1" /][/contact-form]', 'a contact form'],
    ['[contact-field label="Name" type="name" /]', 'a contact form'],
    ['[wpforms id="3"]', 'a contact form'],
    ['[polldaddy poll=123]', 'a poll'],
    ['[crowdsignal poll=123]', 'a poll'],
    ['[subscribe]', 'a form to subscribe'],
    ['[recent_posts]', 'a list of posts'],
    ['[archives limit=10]', 'a list of posts'],
    ['[sitemap]', 'a list of all pages'],
    ['[jetpack-related-posts]', 'related posts'],
  ])('%s becomes nothing and is listed', (source, what) => {
    expect(postHtml(`a ${source}`)).toMatchObject({ html: '<p>a</p>', unusable: [what] });
  });

  test.each([
    ['[foo bar="x"]', ['the shortcode “[foo]”']],
    ['[foo bar=&quot;x&quot;]', ['the shortcode “[foo]”']],
    ['[foo]x[/foo] [foo]y[/foo]', ['the shortcode “[foo]”']],
    ['[sic] [1] [he said = nothing] [/x] [foo]', []],
  ])('%s stays text; what looks like a shortcode is listed', (source, unusable) => {
    expect(postHtml(source).unusable).toEqual(unusable);
    expect(html(source)).toBe(`<p>${source.replaceAll('&quot;', '"')}</p>`);
  });

  test.each([
    ['[gview file="https://a.test/x.pdf"]', '<p><a href="https://a.test/x.pdf" rel="noopener">x.pdf</a></p>'],
    ['[googleapps domain="docs" dir="document/d/1/pub" query="embedded=true" /]', '<p><a href="https://docs.google.com/document/d/1/pub?embedded=true" rel="noopener">docs.google.com</a></p>'],
    ['[tweet 123]', '<p><a href="https://twitter.com/i/status/123" rel="noopener">twitter.com</a></p>'],
    ['[soundcloud url="https://a.test/t" params="x"]', '<p><a href="https://a.test/t" rel="noopener">a.test</a></p>'],
    ['[protected-iframe id="x" info="https://a.test/map"]', '<p><a href="https://a.test/map" rel="noopener">a.test</a></p>'],
  ])('%s becomes a link to what it showed', (source, shown) => expect(postHtml(source)).toMatchObject({ html: shown, unusable: [] }));

  test.each([
    ['$latex e^{i\\pi} = -1$ and [latex]x < y[/latex]', '<p><code class="language-latex">e^{i\\pi} = -1</code> and <code class="language-latex">x &lt; y</code></p>'],
    ['<code>$latex x$</code>', '<p><code>$latex x$</code></p>'],
    ['It cost $5 or $6', '<p>It cost $5 or $6</p>'],
  ])('a formula is code: %s', (source, shown) => expect(html(source)).toBe(shown));
});

test('a long text of any one piece takes no more than its length', () => {
  const pieces = [
    '[foo bar="x"]', '[/foo]', '[foo]', '[x1]', '<!-- wp:block {"ref":1} /-->', '<!-- wp:block {', '<math>', '<annotation x-tex', '$latex ', '<sup data-fn="a">', '<img src="https://a.test/1.jpg">',
    '<a class="wp-block-file__button" href="x">y</a>', '<div class="gallery">', '[gallery]', '[audio src="https://a.test/1.mp3"]', '<div style="background-image:url(" class="wp-block-cover">',
  ];
  const time = (source: string) => {
    const started = performance.now();
    postHtml(source, { blocks: new Map([['1', 'x'.repeat(1_000)]]) });
    return performance.now() - started;
  };
  for (const piece of pieces) {
    const [short, long] = [2_000, 16_000].map((length) => Math.min(...[1, 2].map(() => time(piece.repeat(length / piece.length)))));
    // Eight times as long; the square of it would be sixty-four times.
    expect([piece, long! < 40 * short! + 100]).toEqual([piece, true]);
  }
});
