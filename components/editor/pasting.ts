import { Extension, type Editor } from '@tiptap/core';
import { Fragment, Slice, type Node as DocumentNode, type ResolvedPos } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import type { EditorProps } from '@tiptap/pm/view';
import { inertBody } from './allow';
import { embedLine, insertBlocks, insertPending, loneVideo } from './insert';
import { toBlocks } from './load';
import { cleanPasted, plainParagraphs } from './paste';
import type { Works } from './works';

const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];

/** Word and Excel put a picture of their text beside it: that is none. */
function isOnlyPicture(html: string): boolean {
  if (html.trim() === '') return true;
  const body = inertBody(html);
  return body.querySelector('img') !== null && body.textContent?.trim() === '' && body.querySelectorAll('img').length === 1;
}

function plainSlice(text: string, context: ResolvedPos): Slice {
  const { schema } = context.doc.type;
  const marks = context.marks();
  const blocks = plainParagraphs(text).map((lines) => schema.node('paragraph', null, lines.flatMap((line, i): DocumentNode[] => [...(i > 0 ? [schema.node('hardBreak')] : []), ...(line ? [schema.text(line, marks)] : [])])));
  return Slice.maxOpen(Fragment.from(blocks));
}

/** The lines of what is pasted that are a video's address and nothing else. */
function videoLines(slice: Slice): string[] {
  const found: string[] = [];
  slice.content.forEach((node) => {
    const address = node.type.name === 'paragraph' ? loneVideo(node.textContent) : null;
    if (address) found.push(address);
  });
  return found;
}

const isEmptyLine = ({ state: { selection } }: Editor): boolean => selection.empty && selection.$from.depth === 1 && selection.$from.parent.type.name === 'paragraph' && selection.$from.parent.childCount === 0;

/** What was copied out of WordPress's code editor: the server knows all of its blocks. */
async function pasteBlocks(editor: Editor, source: string, clean: Works['clean']): Promise<void> {
  const html = await clean(source).catch(() => cleanPasted(source, () => ''));
  if (!editor.isDestroyed) insertBlocks(editor, toBlocks(html, editor.schema));
}

function pasteText(editor: Editor, text: string, { clean }: Works): boolean {
  if (!/^\s*<!--\s*wp:/.test(text)) return false;
  void pasteBlocks(editor, text, clean);
  return true;
}

function props(editor: Editor, works: Works): EditorProps {
  const embedAll = (addresses: string[]) => {
    for (const address of addresses) void embedLine(editor, address, works.embed);
  };
  return {
    transformPastedHTML: (html) => cleanPasted(html, (address) => works.uploads.addAddress(address)),
    clipboardTextParser: (text, context) => plainSlice(text, context),
    handlePaste(_view, { clipboardData }, slice) {
      const [html, text, files] = [clipboardData?.getData('text/html') ?? '', clipboardData?.getData('text/plain') ?? '', filesOf(clipboardData)];
      if (files.length > 0 && isOnlyPicture(html)) {
        insertPending(editor, files.map((file) => works.uploads.addFile(file)));
        return true;
      }
      if (editor.isActive('codeBlock')) return false;
      if (pasteText(editor, text, works)) return true;
      const videos = loneVideo(text) && !isEmptyLine(editor) ? [] : videoLines(slice);
      if (videos.length > 0) queueMicrotask(() => embedAll(videos));
      return false;
    },
    handleDrop(view, event, _slice, moved) {
      const files = filesOf(event.dataTransfer);
      if (moved || files.length === 0) return false;
      event.preventDefault();
      const found = view.posAtCoords({ left: event.clientX, top: event.clientY });
      const resolved = found ? view.state.doc.resolve(found.pos) : null;
      const at = resolved ? (resolved.depth === 0 ? resolved.pos : resolved.after(1)) : view.state.doc.content.size;
      insertPending(editor, files.map((file) => works.uploads.addFile(file)), at);
      return true;
    },
    handleDOMEvents: {
      // Tab goes on to what stands after the editor; lists are indented by their buttons and by Ctrl and a bracket.
      keydown: (_view, event) => event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey,
    },
  };
}

/** How the editor takes what is pasted and dropped. */
export const pasting = (works: Works) =>
  Extension.create({
    name: 'pasting',
    priority: 1_000,
    addProseMirrorPlugins() {
      return [new Plugin({ props: props(this.editor, works) })];
    },
  });
