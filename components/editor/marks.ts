import { Mark, markInputRule, mergeAttributes } from '@tiptap/core';

/** Every attribute of an element but those the schema has names of its own for. */
export function otherAttributes(node: HTMLElement, ...known: string[]): Record<string, string> | null {
  const list = [...node.attributes].filter(({ name }) => !known.includes(name) && name !== 'style' && !name.startsWith('on')).map(({ name, value }) => [name, value] as const);
  return list.length > 0 ? Object.fromEntries(list) : null;
}

const readRecord = (value: unknown): Record<string, string> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) : {};

/** Code in a line. Unlike the kit's it may stand in a link or in bold words. */
export const InlineCode = Mark.create({
  name: 'code',
  excludes: '',
  code: true,
  exitable: true,
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: ({ HTMLAttributes }) => ['code', mergeAttributes(HTMLAttributes), 0],
  addKeyboardShortcuts() {
    return { 'Mod-e': () => this.editor.commands.toggleMark(this.name) };
  },
  addInputRules() {
    return [markInputRule({ find: /(?:^|[^`])(`([^`]+)`)$/, type: this.type })];
  },
});

/** Above a link, for the link of a footnote stands in its number. */
export const Raised = Mark.create({
  name: 'raised',
  priority: 1100,
  excludes: 'raised',
  addAttributes: () => ({ tag: { default: 'sup', parseHTML: (node) => node.tagName.toLowerCase(), rendered: false } }),
  parseHTML: () => [{ tag: 'sup' }, { tag: 'sub' }],
  renderHTML: ({ mark, HTMLAttributes }) => [mark.attrs.tag === 'sub' ? 'sub' : 'sup', HTMLAttributes, 0],
});

const PHRASES = ['small', 'mark', 'ins', 'kbd', 'samp', 'var', 'cite', 'q', 'dfn', 'abbr', 'span', 'time', 'bdi', 'bdo'];

/** What else a line may hold: it stays on its words, and the editor makes no new ones. */
export const Phrase = Mark.create({
  name: 'phrase',
  priority: 60,
  excludes: '',
  addAttributes: () => ({
    tag: { default: 'span', parseHTML: (node) => node.tagName.toLowerCase(), rendered: false },
    own: { default: null, parseHTML: (node) => otherAttributes(node, 'class', 'id', 'lang', 'dir', 'data-tag', 'data-loose'), rendered: false },
  }),
  parseHTML: () => PHRASES.map((tag) => ({ tag, getAttrs: (node) => (tag !== 'span' || node.attributes.length > 0) && node.childNodes.length > 0 && null })),
  renderHTML: ({ mark, HTMLAttributes }) => [PHRASES.includes(String(mark.attrs.tag)) ? String(mark.attrs.tag) : 'span', mergeAttributes(readRecord(mark.attrs.own), HTMLAttributes), 0],
});
