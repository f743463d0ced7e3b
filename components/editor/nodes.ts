import { Extension, mergeAttributes, Node } from '@tiptap/core';
import { inertBody } from './allow';
import { pictureOf } from './blocks';

const PLAIN_MARKS = ['bold', 'italic', 'strike', 'underline', 'code', 'raised', 'phrase'];
const BLOCKS = ['paragraph', 'heading', 'bulletList', 'orderedList', 'listItem', 'blockquote', 'codeBlock', 'horizontalRule', 'picture', 'box'];

const written = (name: string, keepOnSplit = true) => ({
  default: null,
  keepOnSplit,
  parseHTML: (node: HTMLElement) => node.getAttribute(name) || null,
});
const flag = (name: string) => ({
  default: false,
  parseHTML: (node: HTMLElement) => node.hasAttribute(name),
  renderHTML: (attributes: Record<string, unknown>) => (attributes[name.replace('data-', '')] ? { [name]: '' } : {}),
});
/** Which of two elements of the same look it was; `toHtml` writes that one again. */
const tagInstead = (usual: string) => ({
  default: null,
  parseHTML: (node: HTMLElement) => (/^(?:b|i|del)$/i.test(node.tagName) && node.tagName.toLowerCase() !== usual ? node.tagName.toLowerCase() : null),
  renderHTML: ({ tag }: Record<string, unknown>) => (typeof tag === 'string' ? { 'data-tag': tag } : {}),
});

/** What safe HTML says of its elements besides what they are: nothing of it is lost when a post is opened. */
export const WrittenAttributes = Extension.create({
  name: 'writtenAttributes',
  addGlobalAttributes: () => [
    { types: [...BLOCKS, ...PLAIN_MARKS], attributes: { id: written('id', false), class: written('class'), lang: written('lang'), dir: written('dir') } },
    { types: ['link'], attributes: { id: written('id', false), lang: written('lang'), dir: written('dir'), 'aria-label': written('aria-label', false) } },
    { types: ['paragraph'], attributes: { loose: flag('data-loose') } },
    { types: ['orderedList'], attributes: { reversed: { ...flag('reversed') } } },
    { types: ['listItem'], attributes: { value: written('value', false) } },
    { types: ['bold'], attributes: { tag: tagInstead('strong') } },
    { types: ['italic'], attributes: { tag: tagInstead('em') } },
    { types: ['strike'], attributes: { tag: tagInstead('s') } },
    { types: ['codeBlock'], attributes: { bare: { default: false, parseHTML: (node) => node.firstElementChild?.tagName !== 'CODE', renderHTML: ({ bare }) => (bare ? { 'data-bare': '' } : {}) } } },
  ],
});

/** A box of an old post: its text is edited like any other. */
export const Box = Node.create({
  name: 'box',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => ({ tag: { default: 'div', parseHTML: (node) => node.tagName.toLowerCase(), rendered: false } }),
  parseHTML: () => ['div', 'section', 'aside'].map((tag) => ({ tag, getAttrs: (node) => !node.matches('.gallery, .footnotes') && node.childNodes.length > 0 && null })),
  renderHTML: ({ node, HTMLAttributes }) => [['section', 'aside'].includes(String(node.attrs.tag)) ? String(node.attrs.tag) : 'div', HTMLAttributes, 0],
});

/** A picture in its figure. `pending`: it is on its way (uploads.ts) and has no `src` yet; `from`: where it lies meanwhile. */
export const Picture = Node.create({
  name: 'picture',
  group: 'block',
  content: 'inline*',
  marks: '_',
  isolating: true,
  draggable: true,
  selectable: true,
  addAttributes() {
    const onImg = (name: string) => ({ default: null, rendered: false, parseHTML: (node: HTMLElement) => pictureOf(node)?.img.getAttribute(name) ?? null });
    const onLink = (name: string) => ({ default: null, rendered: false, parseHTML: (node: HTMLElement) => pictureOf(node)?.link?.getAttribute(name) ?? null });
    const onFigure = (name: string) => ({ default: null, rendered: false, parseHTML: (node: HTMLElement) => node.getAttribute(name) });
    return {
      src: onImg('src'), alt: onImg('alt'), width: onImg('width'), height: onImg('height'), loading: onImg('loading'),
      href: onLink('href'), rel: onLink('rel'), title: onLink('title'), 'aria-label': onLink('aria-label'),
      pending: onFigure('data-pending'), from: onFigure('data-from'),
    };
  },
  parseHTML: () => [{ tag: 'figure', priority: 60, contentElement: (node) => pictureOf(node)?.caption ?? node.ownerDocument.createElement('figcaption'), getAttrs: (node) => !node.matches('.gallery, .video') && pictureOf(node) !== null && null }],
  renderHTML({ node, HTMLAttributes }) {
    const { src, alt, width, height, loading, href, rel, title, 'aria-label': label, pending, from } = node.attrs;
    const img = ['img', { src, alt, width, height, loading }] as const;
    const shown = href ? (['a', { href, rel, title, 'aria-label': label }, img] as const) : img;
    return ['figure', mergeAttributes(HTMLAttributes, { 'data-pending': pending, 'data-from': from }), shown, ['figcaption', 0]];
  },
});

/** A picture among words. */
export const InlinePicture = Node.create({
  name: 'inlinePicture',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => Object.fromEntries(['src', 'alt', 'width', 'height', 'loading', 'class', 'id', 'lang', 'dir'].map((name) => [name, { default: null, parseHTML: (node: HTMLElement) => node.getAttribute(name) }])),
  parseHTML: () => [{ tag: 'img[src^="/media/"]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
});

/** A place to which a link leads, with no words in it. */
export const Anchor = Node.create({
  name: 'anchor',
  group: 'inline',
  inline: true,
  selectable: false,
  atom: true,
  addAttributes: () => ({ tag: { default: 'a', parseHTML: (node) => node.tagName.toLowerCase(), rendered: false }, id: { default: null } }),
  parseHTML: () => ['a[id]', 'span[id]'].map((tag) => ({ tag, priority: 80, getAttrs: (node) => node.childNodes.length === 0 && node.attributes.length === 1 && null })),
  renderHTML: ({ node, HTMLAttributes }) => [node.attrs.tag === 'span' ? 'span' : 'a', HTMLAttributes],
});

/** Whatever else a post holds: shown as it is, saved as it was. */
export const Kept = Node.create({
  name: 'kept',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ html: { default: '', rendered: false, parseHTML: (node) => node.getAttribute('data-kept') ?? node.outerHTML } }),
  parseHTML: () => [{ tag: 'table, dl, details, div, section, aside, audio, video, figure', priority: 10 }],
  renderHTML: ({ node }) => inertBody(String(node.attrs.html)).firstElementChild ?? ['p'],
});
