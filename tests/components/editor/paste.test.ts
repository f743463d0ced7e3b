import { DOMParser as SchemaParser } from '@tiptap/pm/model';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { postSchema } from '@/lib/text/allowed';
import { toHtml } from '@/components/editor/load';
import { cleanPasted, plainParagraphs } from '@/components/editor/paste';
import { editorSchema } from '@/components/editor/schema';
import { hostileText } from '../../unit/text/hostile';

let held: string[] = [];
beforeEach(() => {
  held = [];
});
const hold = (address: string) => `p${held.push(address)}`;

/** As the editor takes it: cleaned, and read by its structure. */
function pasted(html: string): string {
  const { body } = new DOMParser().parseFromString(`<body>${cleanPasted(html, hold)}`, 'text/html');
  return toHtml(SchemaParser.fromSchema(editorSchema()).parse(body));
}

// Shapes as they are on the clipboard: Word 2016 and later in Chrome and Edge, Word for the web, Google Docs, Gutenberg.
const WORD_HEAD = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15"><style><!--
 /* Font Definitions */ @font-face {font-family:"Cambria Math";} p.MsoNormal {margin:0cm; font-size:11.0pt;} @list l0:level1 {mso-level-number-format:bullet;}
--></style><!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:"Table Normal";}</style><![endif]--></head><body lang=EN-GB style='tab-interval:36.0pt;word-wrap:break-word'>`;
const word = (body: string) => `${WORD_HEAD}<!--StartFragment-->${body}<!--EndFragment--></body></html>`;
const item = (level: number, mark: string, text: string, at = 'Middle') => `<p class=MsoListParagraphCxSp${at} style='margin-left:${36 * level}.0pt;mso-add-space:auto;text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span lang=EN-GB style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=EN-GB>${text}<o:p></o:p></span></p>`;

describe('from Word', () => {
  test('text keeps its headings and emphasis and loses its looks', () => {
    expect(pasted(word(`<p class=MsoTitle>My title</p><h1>First<o:p></o:p></h1><p class=MsoNormal style='margin-bottom:8.0pt'>A <b style='mso-bidi-font-weight:normal'>bold</b> and <i style='mso-bidi-font-style:normal'>slanted</i> <span style='color:red;mso-themecolor:accent1'>red</span> word.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal align=center style='text-align:center'>In the <u>middle</u></p><p class=MsoQuote>Said<o:p></o:p></p>`)))
      .toBe('<h2>My title</h2>\n<h2>First</h2>\n<p>A <strong>bold</strong> and <em>slanted</em> red word.</p>\n<p class="has-text-align-center">In the <u>middle</u></p>\n<blockquote><p>Said</p></blockquote>');
  });

  test('paragraphs that are list items become lists, nested as they were', () => {
    expect(pasted(word(`<p class=MsoNormal>Before</p>${item(1, '·', 'one', 'First')}\n${item(2, 'o', 'inner')}\n${item(2, 'o', 'inner two')}\n${item(1, '·', 'two', 'Last')}<p class=MsoNormal>Between</p>${item(1, '3.', 'third', 'First')}${item(2, 'a)', 'sub')}${item(1, '4.', 'fourth', 'Last')}`)))
      .toBe('<p>Before</p>\n<ul><li>one<ul><li>inner</li><li>inner two</li></ul></li><li>two</li></ul>\n<p>Between</p>\n<ol start="3"><li>third<ol><li>sub</li></ol></li><li>fourth</li></ol>');
  });

  test('a list that begins deep or changes its kind loses no item', () => {
    expect(pasted(word(`${item(2, 'o', 'deep', 'First')}${item(1, '·', 'up')}${item(1, '1.', 'other', 'Last')}`))).toBe('<ul><li>deep</li><li>up</li></ul>\n<ol><li>other</li></ol>');
  });

  test('pictures that only that computer has are left out; tables stay', () => {
    expect(pasted(word('<p class=MsoNormal><img width=624 height=416 src="file:///C:/Users/me/AppData/Local/Temp/msohtmlclip1/01/clip_image002.jpg" v:shapes="Picture_x0020_1">After</p><table class=MsoTableGrid border=1 style="border-collapse:collapse"><tr><td width=100 valign=top style="border:solid"><p class=MsoNormal>cell<o:p></o:p></p></td></tr></table>')))
      .toBe('<p>After</p>\n<table><tbody><tr><td><p>cell</p></td></tr></tbody></table>');
    expect(held).toEqual([]);
  });

  test('on the web every item has a list of its own', () => {
    const one = (text: string) => `<div class="ListContainerWrapper SCXW1 BCX0"><ul class="BulletListStyle1 SCXW1 BCX0" role="list"><li class="OutlineElement Ltr SCXW1" role="listitem" data-aria-level="1"><p class="Paragraph SCXW1" style="font-weight:normal"><span class="TextRun SCXW1"><span class="NormalTextRun">${text}</span></span><span class="EOP">&nbsp;</span></p></li></ul></div>`;
    expect(pasted(one('one') + one('two')).replaceAll('\u00a0', '').replaceAll('&nbsp;', '')).toBe('<ul><li>one</li><li>two</li></ul>');
  });
});

const SPAN = 'font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;font-variant:normal;vertical-align:baseline;white-space:pre-wrap;';
const span = (text: string, style = 'font-weight:400;font-style:normal;text-decoration:none;') => `<span style="${SPAN}${style}">${text}</span>`;
const docs = (body: string) => `<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-d75a90f6-8c07-deca-96cb-4b79c9ad7a7f">${body}</b><br class="Apple-interchange-newline">`;

describe('from Google Docs', () => {
  test('what its spans say of their words stays, and not all of it is bold', () => {
    expect(pasted(docs(`<h1 dir="ltr" style="line-height:1.38;"><span style="${SPAN}font-weight:400;">Title</span></h1><p dir="ltr" style="line-height:1.38;">${span('plain ')}${span('bold', 'font-weight:700;font-style:normal;text-decoration:none;')}${span(' and ')}${span('slanted', 'font-weight:400;font-style:italic;text-decoration:none;')}${span(' ')}${span('struck', 'font-weight:400;text-decoration:line-through;')}</p><br /><p dir="ltr"><a href="https://example.com/" style="text-decoration:none;">${span('a link', 'font-weight:400;text-decoration:underline;-webkit-text-decoration-skip:none;')}</a></p>`)))
      .toBe('<h2>Title</h2>\n<p>plain <strong>bold</strong> and <em>slanted</em> <s>struck</s></p>\n<p><a href="https://example.com/">a link</a></p>');
  });

  test('lists in lists stand in their items', () => {
    const li = (text: string, level: number) => `<li dir="ltr" style="list-style-type:disc;" aria-level="${level}"><p dir="ltr" style="line-height:1.38;" role="presentation">${span(text)}</p></li>`;
    expect(pasted(docs(`<ul style="margin-top:0;">${li('one', 1)}<ul>${li('inner', 2)}</ul>${li('two', 1)}</ul>`))).toBe('<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>');
  });

  test('a piece of a line stays a piece of a line', () => {
    expect(cleanPasted(docs(`${span('a ')}${span('b', 'font-weight:700;')}`), hold)).toBe('a <strong>b</strong>');
  });

  test('its pictures are on their way here, and are links until then', () => {
    expect(pasted(docs(`<p dir="ltr">${span('x')}<span style="border:none;display:inline-block;"><img src="https://lh7-rt.googleusercontent.com/docsz/AD_4nX?key=1" width="602" height="401" alt="A hill" /></span>${span('y')}</p>`)))
      .toBe('<p>x</p>\n<p><a href="https://lh7-rt.googleusercontent.com/docsz/AD_4nX?key=1">A hill</a></p>\n<p>y</p>');
    expect(held).toEqual(['https://lh7-rt.googleusercontent.com/docsz/AD_4nX?key=1']);
  });
});

describe('from WordPress', () => {
  test('blocks become ours without their comments and classes', () => {
    expect(pasted(`<!-- wp:heading {"level":3} --><h3 class="wp-block-heading" id="h-x">Head</h3><!-- /wp:heading --><!-- wp:paragraph {"align":"center"} --><p class="has-text-align-center has-large-font-size">Text<br>next</p><!-- /wp:paragraph --><!-- wp:list --><ul class="wp-block-list"><!-- wp:list-item --><li>one</li><!-- /wp:list-item --></ul><!-- /wp:list --><!-- wp:quote --><blockquote class="wp-block-quote is-layout-flow"><p>Said</p><cite>Her</cite></blockquote><!-- /wp:quote --><!-- wp:code --><pre class="wp-block-code"><code>a
  b</code></pre><!-- /wp:code --><!-- wp:separator --><hr class="wp-block-separator has-alpha-channel-opacity"/><!-- /wp:separator -->`))
      .toBe('<h3>Head</h3>\n<p class="has-text-align-center">Text<br>next</p>\n<ul><li>one</li></ul>\n<blockquote><p>Said</p><p><cite>Her</cite></p></blockquote>\n<pre><code>a\n  b</code></pre>\n<hr>');
  });

  test('pictures keep their words and place, and galleries all of theirs', () => {
    expect(pasted('<figure class="wp-block-image alignwide size-large"><a href="https://old.test/a.jpg"><img src="https://old.test/a-300x200.jpg" srcset="https://old.test/a.jpg 2x" alt="A" class="wp-image-7"/></a><figcaption class="wp-element-caption">Below</figcaption></figure><figure class="wp-block-gallery has-nested-images"><figure class="wp-block-image"><img src="https://old.test/b.jpg" alt="B"></figure><figure class="wp-block-image"><img src="https://old.test/c.jpg" alt="C"></figure></figure>'))
      .toBe('<p><a href="https://old.test/a-300x200.jpg">A</a> Below</p>\n<p><a href="https://old.test/b.jpg">B</a></p>\n<p><a href="https://old.test/c.jpg">C</a></p>');
    expect(held).toHaveLength(3);
  });

  test('a video is the line of its address', () => {
    expect(pasted('<figure class="wp-block-embed is-type-video is-provider-youtube"><div class="wp-block-embed__wrapper">\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n</div></figure><p>a</p><iframe src="https://player.vimeo.com/video/76979871"></iframe>'))
      .toBe('<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>\n<p>a</p>\n<p>https://vimeo.com/76979871</p>');
  });
});

describe('from a web page', () => {
  test('words, links and emphasis stay, boxes, scripts and looks go', () => {
    expect(pasted('<div class="article"><header><h1 class="t">Title</h1></header><div><span style="font-size:16px">First</span><br><br>Second</div><section><p id="p1" onclick="x()">See <a href="https://example.com/?a=1&amp;b=2" target="_blank" onclick="y()">there</a> or <a href="javascript:alert(1)">nowhere</a>.</p></section><script>alert(1)</script><style>p{}</style><button>Share</button></div>'))
      .toBe('<h2>Title</h2>\n<p>First</p>\n<p>Second</p>\n<p>See <a href="https://example.com/?a=1&amp;b=2">there</a> or nowhere.</p>');
  });

  test('pictures written out are sent here, counters and faces are none', () => {
    expect(pasted('<p>a <img class="emoji" alt="🙂" src="https://s.w.org/images/core/emoji/15/svg/1f642.svg"> b<img src="https://count.test/p.gif" width="1" height="1"></p><p><img src="data:image/png;base64,iVBORw0KGgo=" alt="P"></p>')).toBe('<p>a 🙂 b</p>');
    expect(held).toEqual(['data:image/png;base64,iVBORw0KGgo=']);
  });

  test('a page cannot say that something of it is ours', () => {
    expect(pasted('<figure data-pending="p1" data-from="javascript:alert(1)"><img src="https://x.test/a.jpg" alt="A"></figure><table data-kept="<script>1</script>"><tbody><tr><td>c</td></tr></tbody></table>'))
      .toBe('<p><a href="https://x.test/a.jpg">A</a></p>\n<table><tbody><tr><td>c</td></tr></tbody></table>');
  });
});

test('what was copied in the editor comes back as it was', () => {
  const html = '<p data-pm-slice="1 1 []">a <span lang="fr">b</span></p><section class="footnotes" id="user-content-f"><ol><li>n</li></ol></section>';
  expect(pasted(html)).toBe('<p>a <span lang="fr">b</span></p>\n<section class="footnotes" id="user-content-f"><ol><li>n</li></ol></section>');
});

test('what was copied in another editor of the same make brings its pictures along', () => {
  expect(pasted('<p data-pm-slice="1 1 []">Words</p><figure><img src="https://x.test/a.jpg" alt="A"></figure>')).toBe('<p>Words</p>\n<p><a href="https://x.test/a.jpg">A</a></p>');
  expect(held).toEqual(['https://x.test/a.jpg']);
});

test('plain text keeps its paragraphs and lines', () => {
  expect(plainParagraphs('a\r\nb\r\n\r\n\r\nc\n')).toEqual([['a', 'b'], ['c', '']]);
  expect(plainParagraphs('')).toEqual([]);
});

test('nothing pasted runs or loads anything, whatever it was', () => {
  const allowed = new Set(postSchema.tagNames);
  fc.assert(fc.property(hostileText, fc.boolean(), (text, isOurs) => {
    const { body } = new DOMParser().parseFromString(`<body>${cleanPasted(isOurs ? `<p data-pm-slice="0 0 []">x</p>${text}` : text, hold)}`, 'text/html');
    for (const node of body.querySelectorAll('*')) {
      expect(allowed, node.outerHTML).toContain(node.tagName.toLowerCase());
      for (const { name, value } of node.attributes) {
        expect(name).not.toMatch(/^on|^style$|^srcset$|^srcdoc$/);
        if (name === 'src' || name === 'poster') expect(value).toMatch(/^\/media\/\w[\w.-]*$/);
        if (name === 'href') expect(value.replace(/[\u0000-\u0020]/g, '')).not.toMatch(/^(?:javascript|data|vbscript):/i);
      }
    }
  }), { numRuns: 200 });
}, 120_000);
