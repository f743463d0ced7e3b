import type { Schema } from 'hast-util-sanitize';
import { LINK_NAMES } from './kept-words';
import { OWN_PATH } from './own-media';

const stripped = [
  'script', 'style', 'title', 'template', 'textarea', 'select', 'button', 'iframe', 'object', 'noembed', 'noframes',
  'xmp', 'svg', 'math', 'head', 'audio', 'video', 'canvas', 'map', 'datalist', 'frameset', 'applet',
];

/** What a comment may hold: the words of WordPress's comments, with what our own Markdown and pictures write. */
export const commentSchema: Schema = {
  tagNames: [
    'a', 'b', 'strong', 'i', 'em', 'blockquote', 'cite', 'code', 'pre', 'p', 'br', 'ul', 'ol', 'li', 'del', 's', 'q',
    'abbr', 'acronym',
  ],
  attributes: { a: ['href', 'rel'], abbr: ['title'], acronym: ['title'], ol: ['start'] },
  ancestors: { li: ['ul', 'ol'] },
  protocols: { href: ['http', 'https'] },
  strip: stripped,
  required: {},
  clobber: [],
  allowComments: false,
  allowDoctypes: false,
};

const classes: [string, ...Array<string | RegExp>] = [
  'className', /^align(?:left|right|center|wide|full|none)$/, /^has-text-align-(?:left|right|center)$/, /^language-[\w+#-]+$/,
  'remote-picture', 'picture-link', 'video', 'load-video', 'audio', 'film', 'gallery', /^columns-[1-9]$/, 'verse', 'footnotes',
];
const player = /^https:\/\/(?:www\.youtube-nocookie\.com\/embed\/[\w-]+(?:\?[\w=&-]*)?|player\.vimeo\.com\/video\/\d+(?:\?h=[\da-f]+)?)$/;
const inTable = ['table'];

/** What a post may hold. Nothing of it makes a browser load anything but files of our own. */
export const postSchema: Schema = {
  tagNames: [
    'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'cite', 'q', 'pre',
    'code', 'kbd', 'samp', 'var', 'figure', 'figcaption', 'img', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td',
    'details', 'summary', 'sup', 'sub', 'mark', 'ins', 'del', 's', 'abbr', 'a', 'b', 'strong', 'i', 'em', 'u', 'small', 'span',
    'div', 'section', 'aside', 'time', 'dfn', 'ruby', 'rt', 'rp', 'bdi', 'bdo', 'wbr', 'audio', 'video',
  ],
  attributes: {
    '*': ['id', classes, ['lang', /^[\w-]{1,35}$/], ['dir', 'ltr', 'rtl', 'auto']],
    a: ['href', ['rel', 'nofollow', 'ugc', 'sponsored', 'noopener'], 'title', ['dataLoad', 'video'], ['dataPlayer', player], ['ariaLabel', LINK_NAMES]],
    audio: ['controls', ['preload', 'none'], ['src', OWN_PATH]],
    video: ['controls', ['preload', 'none'], ['src', OWN_PATH], ['poster', OWN_PATH], 'width', 'height'],
    img: [['src', OWN_PATH], 'alt', 'width', 'height', ['loading', 'lazy']],
    abbr: ['title'],
    dfn: ['title'],
    ol: ['start', 'reversed', ['type', '1', 'a', 'A', 'i', 'I']],
    li: ['value'],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan', ['scope', 'row', 'col', 'rowgroup', 'colgroup']],
    time: ['dateTime'],
    details: ['open'],
  },
  ancestors: {
    caption: inTable, thead: inTable, tbody: inTable, tfoot: inTable, tr: inTable, th: inTable, td: inTable,
    li: ['ul', 'ol'], dt: ['dl'], dd: ['dl'], summary: ['details'], rt: ['ruby'], rp: ['ruby'],
  },
  protocols: { href: ['http', 'https', 'mailto', 'tel'] },
  strip: stripped.filter((name) => name !== 'audio' && name !== 'video'),
  required: {},
  clobber: [],
  allowComments: false,
  allowDoctypes: false,
};
