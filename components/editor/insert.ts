import type { Editor } from '@tiptap/core';
import { Slice, Fragment, type Node as DocumentNode } from '@tiptap/pm/model';
import { Selection } from '@tiptap/pm/state';
import { playerOf } from '@/lib/text/players';
import type { UploadedMedia } from '@/lib/media/schema';
import { t } from '@/lib/words/t';
import { inertBody } from './allow';
import { toBlocks } from './load';

/** What a picture's node says of a kept file. */
export const shownPicture = ({ path, width, height, alt }: UploadedMedia) => ({
  src: path, alt, width: width === null ? null : String(width), height: height === null ? null : String(height), loading: 'lazy', pending: null, from: null,
});

const escaped = (text: string): string => {
  const { ownerDocument: document } = inertBody('');
  const holder = document.createElement('p');
  holder.textContent = text;
  return holder.innerHTML;
};

/** The HTML of a kept file that is no picture: a player, or a link. */
export function fileHtml({ path, kind, name }: UploadedMedia): string {
  const words = escaped(name || t('editor.text.unnamedFile'));
  const link = `<a href="${path}">${words}</a>`;
  if (kind === 'audio') return `<figure class="audio"><audio controls="" preload="none" src="${path}"></audio><figcaption>${link}</figcaption></figure>`;
  if (kind === 'video') return `<figure class="film"><video controls="" preload="none" src="${path}"></video><figcaption>${link}</figcaption></figure>`;
  return `<p>${link}</p>`;
}

/** Puts blocks where the cursor is, in place of an empty paragraph; or at a place between two blocks. The cursor stands after them. */
export function insertBlocks(editor: Editor, blocks: DocumentNode[], at?: number): void {
  const { state, view } = editor;
  const { from, to } = at === undefined ? placeOf(editor) : { from: at, to: at };
  const tr = state.tr.replace(from, to, new Slice(Fragment.from(blocks), 0, 0));
  const end = tr.mapping.map(from, 1);
  if (end === tr.doc.content.size) tr.insert(end, state.schema.node('paragraph'));
  view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(end), 1)).scrollIntoView());
}

/** The empty paragraph in which the cursor is, else the end of the outermost block around it. */
function placeOf({ state }: Editor): { from: number; to: number } {
  const { $to } = state.selection;
  if ($to.depth === 0) return { from: $to.pos, to: $to.pos };
  const isEmpty = $to.depth === 1 && $to.parent.type.name === 'paragraph' && $to.parent.childCount === 0;
  return isEmpty ? { from: $to.before(1), to: $to.after(1) } : { from: $to.after(1), to: $to.after(1) };
}

/** Pictures, or whatever else was chosen or dropped: each is on its way from now on. */
export function insertPending(editor: Editor, ids: string[], at?: number): void {
  insertBlocks(editor, ids.map((pending) => editor.schema.node('picture', { pending, alt: '' })), at);
}

/** The paragraph at the top of the document whose only text is this address. */
function findLine(editor: Editor, address: string): { from: number; node: DocumentNode } | null {
  let found: { from: number; node: DocumentNode } | null = null;
  editor.state.doc.forEach((node, from) => {
    if (!found && node.type.name === 'paragraph' && node.textContent.trim() === address) found = { from, node };
  });
  return found;
}

/** The video's address of a line that says nothing else; null for any other. */
export function loneVideo(text: string): string | null {
  const address = /^\s*(https?:\/\/\S+)\s*$/.exec(text)?.[1];
  return address && playerOf(address) ? address : null;
}

/** Puts a video in place of the line that is its address, once the server has made its figure. The line stays if it cannot. */
export async function embedLine(editor: Editor, address: string, embed: (address: string) => Promise<string | null>): Promise<boolean> {
  const html = await embed(address).catch(() => null);
  const line = html && !editor.isDestroyed ? findLine(editor, address) : null;
  if (!html || !line) return false;
  const blocks = toBlocks(html, editor.schema);
  editor.view.dispatch(editor.state.tr.replaceWith(line.from, line.from + line.node.nodeSize, blocks));
  return true;
}
