import * as fc from 'fast-check';
import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { visit } from 'unist-util-visit';

/** Pieces that attacks, WordPress and careless people have written; property tests mix them. */
export const pieces = [
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', '&#106;avascript:alert(1)', 'java\tscript:alert(1)', 'data:text/html,x', 'vbscript:x',
  '<a href="javascript:alert(1)">x</a>', '<a href=" &#14; javascript:alert(1)">x</a>', '<a href="java&#10;script:alert(1)">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD4=">d</a>', '<a href="//evil.test/x">p</a>', '<a href="https://evil.test" onclick="x()">',
  '<img src=x onerror=alert(1)>', '<img src="https://evil.test/p.png" srcset="https://evil.test/2.png 2x">', '<img src="/media/a.jpg">',
  '<img src="/media/../../evil">', '<img src="//evil.test/media/x">', '<img src="\\\\evil.test\\media\\x">', '<img src="/media/\\evil">',
  '<script>alert(1)</script>', '<script src=//evil.test>', '<scr<script>ipt>', '</script>', '<style>@import url(https://evil.test)</style>',
  '<p style="background:url(https://evil.test)">', '<svg onload=alert(1)>', '<svg><a xlink:href="javascript:1">', '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><img src=x onerror=1></template>', '<form action=javascript:1><input name=attributes>', '<base href="https://evil.test/">', '<meta http-equiv=refresh content="0;url=javascript:1">',
  '<iframe src="javascript:alert(1)"></iframe>', '<iframe srcdoc="<script>1</script>"></iframe>', '<iframe src="https://www.youtube.com/embed/abcdefghijk" title="T">', '<iframe src="https://evil.test/">',
  '<object data="javascript:1">', '<embed src="https://evil.test/x.swf">', '<video src="https://evil.test/v.mp4" poster="https://evil.test/p.png" autoplay>', '<audio src=x>', '<source src=x>',
  '<link rel=stylesheet href="https://evil.test">', '<details open ontoggle=1>', '<xmp><img src=x onerror=1></xmp>', '<textarea>', '<title>', '<plaintext>', '<noembed>', '<select><option>', '<marquee>',
  '<table>', '<tr>', '<td>', '</table>', '<b>', '</b>', '<i>', '</i>', '<p>', '</p>', '<div>', '</div>', '<ul>', '<li>', '</ul>', '<blockquote>', '</blockquote>', '<a href="https://a.test/b.jpg">', '</a>', '<h1 id=x>', '</h1>', '<pre>', '</pre>', '<code>', '</code>',
  '<span>', '</span>', '<figure>', '</figure>', '<figcaption>', '<dl>', '<dt>', '<ruby>', '<rt>', '<button>', '<center>', '<font>', '<br>', '<hr>', '<!--', '-->', '--!>', '<!-- wp:paragraph -->', '<!-- /wp:paragraph -->', '<!--more-->', '<![CDATA[', ']]>', '<?php', '?>', '<', '>', '"', "'", '&', '&lt;', '&amp;lt;', '&#13;', '=',
  '<a class="load-video" data-load="video" data-player="https://evil.test/" href="https://evil.test/">', '<a data-load="picture" href="javascript:1">', '<figure class="video">', '<figure class="remote-picture">', '<a class="picture-link" href="https://a.test/1.jpg">', '<a class="picture-link" href="javascript:1">', '<figure class="gallery">', '<div class="gallery columns-3">', '<ul class="wp-block-gallery">', '<dl class="gallery-item">', '$latex x$', '$latex <b>', '$', '<!--nextpage-->', '<!-- wp:block {"ref":1} /-->', '<!-- wp:footnotes /-->', '<sup data-fn="a">', '<!-- wp:embed {"url":"https://a.test/\u003cb"} /-->', '<div class="wp-block-cover" style="background-image:url(https://a.test/1.jpg)">', '<div class="wp-block-file">', '[gallery]', '[latex]', '[/latex]', '[contact-form]', '[/contact-form]', '[foo bar="x"]', '[video mp4="https://a.test/1.mp4" poster="https://a.test/1.jpg"]', '[tweet 1]', '[playlist ids="1"]', '<figure class="audio">', '<audio src="/media/a.mp3" autoplay>', '<video src="/media/a.mp4" poster="https://evil.test/p.png" autoplay preload=auto><track src="https://evil.test/t">', '</video>', '<a class="load-video" data-load="video" data-player="https://www.youtube-nocookie.com/embed/abcdefghijk" href="https://youtu.be/abcdefghijk"><img src="https://evil.test/p.png">', '<img src="https://a.test/1-150x150.jpg" data-orig-file="https://a.test/1.jpg" class="wp-image-1">', '<a href="https://a.test/wp-content/uploads/x.pdf">', '<audio src="https://a.test/1.mp3">', 'https://a.test/1.mp4', '<a id="comment-1" name="body">', '<a href="#x">',
  '[caption align="alignleft"]', '[/caption]', '[caption]<img src="https://a.test/1.jpg" alt="z"> words[/caption]', '[youtube https://youtu.be/abcdefghijk]', '[youtube=abcdefghijk]', '[[youtube x]]', '[code]', '[/code]', '[gallery ids="1,2"]', '[embed]', '[/embed]', '[', ']', '[audio src="javascript:1"]', '[[', ']]', '[vimeo 12345]',
  'https://youtu.be/abcdefghijk', 'https://a.test/x', 'www.a.test', 'me@a.test', 'http://', '\n', '\n\n', ' ', '\t', '\r\n', '\0', '\ud800', '\udfff', 'x', 'words of a reader', '\u00a0', 'é', '🙂', '\u2028',
  '*', '**', '_', '`', '```', '> ', '- ', '1. ', '1986. ', '# ', '[a](https://a.test)', '[a](javascript:1)', '![a](https://a.test/i.png)', '<https://a.test>', '<javascript:1>', '[r]: https://a.test', '[r]', '\\', '---', '***', '    ', '~~~', '](', '[*![', '*](https://b.test)',
];

/** Any text: pieces mixed with each other and with random characters. */
export const hostileText = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) }), { maxLength: 14 })
  .map((parts) => parts.join(''));

const loading = new Set([
  'img', 'script', 'style', 'link', 'iframe', 'frame', 'object', 'embed', 'audio', 'video', 'source', 'track', 'svg', 'math', 'base', 'meta', 'form',
  'input', 'button', 'template', 'noscript', 'textarea', 'title', 'xmp', 'plaintext', 'select', 'portal', 'body', 'html',
]);

/** What a browser would take from the HTML that it never should, in words; empty for safe HTML. */
export function dangersIn(html: string, allowed: { elements: ReadonlySet<string>; attributes: ReadonlySet<string>; protocols: RegExp }): string[] {
  const dangers: string[] = [];
  visit(fromHtml(html, { fragment: true }), (node) => {
    if (node.type === 'comment' || node.type === 'doctype') dangers.push(node.type);
    if (node.type !== 'element') return;
    dangers.push(...dangersOf(node, allowed));
  });
  return dangers;
}

const own = /^\/media\/\w[\w.-]*$/;

/** A picture, sound or film of ours; the latter two load nothing before someone plays them. */
function isOwnFile({ tagName, properties, children }: Element): boolean {
  const { src, poster, preload, controls } = properties;
  if (!own.test(String(src)) || (poster !== undefined && !own.test(String(poster)))) return false;
  return tagName === 'img' || ((tagName === 'audio' || tagName === 'video') && preload === 'none' && controls === true && children.length === 0);
}

function dangersOf(node: Element, allowed: Parameters<typeof dangersIn>[1]): string[] {
  const out: string[] = [];
  if ((loading.has(node.tagName) && !isOwnFile(node)) || !allowed.elements.has(node.tagName)) out.push(`<${node.tagName}>`);
  for (const [name, value] of Object.entries(node.properties)) {
    if (!allowed.attributes.has(name)) out.push(`${node.tagName}.${name}`);
    if (name === 'id' && !String(value).startsWith('user-content-')) out.push(`id ${String(value)}`);
    if (name !== 'href') continue;
    const { protocol } = new URL(String(value), 'https://here.test');
    if (!allowed.protocols.test(protocol)) out.push(`${protocol} in href`);
  }
  return out;
}

/** The players that links of the HTML would load. Text that looks like such a link loads nothing. */
export function playersIn(html: string): string[] {
  const players: string[] = [];
  visit(fromHtml(html, { fragment: true }), 'element', ({ properties }) => {
    if (properties.dataPlayer !== undefined) players.push(String(properties.dataPlayer));
  });
  return players;
}

/** The HTML after a browser has read it and written it again. Differences are where attacks by mutation begin. */
export const reread = (html: string): string => toHtml(fromHtml(html, { fragment: true }) as Root, { characterReferences: { useNamedReferences: true } });
