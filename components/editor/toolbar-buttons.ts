import type { Editor } from '@tiptap/core';
import {
  Bold, Code, Heading2, Heading3, Heading4, Italic, List, ListIndentDecrease, ListIndentIncrease, ListOrdered, type LucideIcon, Minus, Redo2, SquareCode, Strikethrough, TextQuote, Underline, Undo2,
} from 'lucide-react';
import type { Message } from '@/lib/words/t';

/** What its name is called in the catalogue. */
type Tool<M = Message> = M extends `editor.tools.${infer Name}` ? Name : never;
/** `isOn`: null for an act that is no state. */
export type ToolbarButton = { name: Tool; keys?: string; Icon: LucideIcon; run: (editor: Editor) => void; isOn: ((editor: Editor) => boolean) | null; can?: (editor: Editor) => boolean };

const chain = (editor: Editor) => editor.chain().focus();
const heading = (level: 2 | 3 | 4, name: Tool, Icon: LucideIcon): ToolbarButton => ({
  name, keys: `Ctrl+Alt+${level}`, Icon, run: (editor) => chain(editor).toggleHeading({ level }).run(), isOn: (editor) => editor.isActive('heading', { level }),
});

export const WORDS: ToolbarButton[] = [
  { name: 'bold', keys: 'Ctrl+B', Icon: Bold, run: (editor) => chain(editor).toggleBold().run(), isOn: (editor) => editor.isActive('bold') },
  { name: 'italic', keys: 'Ctrl+I', Icon: Italic, run: (editor) => chain(editor).toggleItalic().run(), isOn: (editor) => editor.isActive('italic') },
  { name: 'underline', keys: 'Ctrl+U', Icon: Underline, run: (editor) => chain(editor).toggleUnderline().run(), isOn: (editor) => editor.isActive('underline') },
  { name: 'strike', keys: 'Ctrl+Shift+S', Icon: Strikethrough, run: (editor) => chain(editor).toggleStrike().run(), isOn: (editor) => editor.isActive('strike') },
  { name: 'code', keys: 'Ctrl+E', Icon: Code, run: (editor) => chain(editor).toggleMark('code').run(), isOn: (editor) => editor.isActive('code') },
];

export const BLOCKS: ToolbarButton[] = [
  heading(2, 'heading', Heading2),
  heading(3, 'smallerHeading', Heading3),
  heading(4, 'smallestHeading', Heading4),
];

export const LISTS: ToolbarButton[] = [
  { name: 'bulletList', keys: 'Ctrl+Shift+8', Icon: List, run: (editor) => chain(editor).toggleBulletList().run(), isOn: (editor) => editor.isActive('bulletList') },
  { name: 'numberedList', keys: 'Ctrl+Shift+7', Icon: ListOrdered, run: (editor) => chain(editor).toggleOrderedList().run(), isOn: (editor) => editor.isActive('orderedList') },
  { name: 'indent', keys: 'Ctrl+]', Icon: ListIndentIncrease, run: (editor) => chain(editor).sinkListItem('listItem').run(), isOn: null, can: (editor) => editor.can().sinkListItem('listItem') },
  { name: 'outdent', keys: 'Ctrl+[', Icon: ListIndentDecrease, run: (editor) => chain(editor).liftListItem('listItem').run(), isOn: null, can: (editor) => editor.can().liftListItem('listItem') },
  { name: 'quote', keys: 'Ctrl+Shift+B', Icon: TextQuote, run: (editor) => chain(editor).toggleBlockquote().run(), isOn: (editor) => editor.isActive('blockquote') },
  { name: 'codeBlock', keys: 'Ctrl+Alt+C', Icon: SquareCode, run: (editor) => chain(editor).toggleCodeBlock().run(), isOn: (editor) => editor.isActive('codeBlock') },
  { name: 'line', Icon: Minus, run: (editor) => chain(editor).setHorizontalRule().run(), isOn: null },
];

export const STEPS: ToolbarButton[] = [
  { name: 'undo', keys: 'Ctrl+Z', Icon: Undo2, run: (editor) => chain(editor).undo().run(), isOn: null, can: (editor) => editor.can().undo() },
  { name: 'redo', keys: 'Ctrl+Shift+Z', Icon: Redo2, run: (editor) => chain(editor).redo().run(), isOn: null, can: (editor) => editor.can().redo() },
];
