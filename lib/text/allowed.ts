import type { Schema } from 'hast-util-sanitize';

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
  protocols: { href: ['http', 'https'] },
  strip: stripped,
  allowComments: false,
  allowDoctypes: false,
};

const safeClasses: [string, ...RegExp[]] = ['className', /^(align(left|right|center|wide|full|none)|language-[\w+#-]+)$/];

/** What a post may hold. Nothing in it makes a browser load anything but pictures of our own. */
export const postSchema: Schema = {
  tagNames: [
    'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'cite', 'q', 'pre',
    'code', 'kbd', 'samp', 'var', 'figure', 'figcaption', 'img', 'table', 'caption', 'colgroup', 'col', 'thead', 'tbody',
    'tfoot', 'tr', 'th', 'td', 'details', 'summary', 'sup', 'sub', 'mark', 'ins', 'del', 's', 'abbr', 'a', 'b', 'strong',
    'i', 'em', 'u', 'small', 'span', 'div', 'section', 'aside', 'time', 'dfn', 'ruby', 'rt', 'rp', 'bdi', 'bdo', 'wbr',
  ],
  attributes: {
    '*': ['id', safeClasses, 'lang', 'dir', 'title'],
    a: ['href', 'rel'],
    ol: ['start', 'reversed', 'type'],
    li: ['value'],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan', 'scope'],
    time: ['dateTime'],
    details: ['open'],
  },
  protocols: { href: ['http', 'https', 'mailto', 'tel'] },
  strip: stripped,
  clobber: ['id'],
  clobberPrefix: 'user-content-',
  allowComments: false,
  allowDoctypes: false,
};
