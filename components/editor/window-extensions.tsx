import { Extension, textblockTypeInputRule, type Editor, type Extensions } from '@tiptap/core';
import { Placeholder } from '@tiptap/extensions';
import { TextSelection } from '@tiptap/pm/state';
import { ReactNodeViewRenderer } from '@tiptap/react';
import { t } from '@/lib/words/t';
import { embedLine, loneVideo } from './insert';
import { KeptView } from './kept-view';
import { Kept, Picture } from './nodes';
import { pasting } from './pasting';
import { PictureView } from './picture-view';
import { wordsOfPosts } from './schema';
import type { Works } from './works';

export type Asks = { link: () => void; toolbar: () => void };

/** A video's address alone on its line becomes the video with the Enter after it. */
function embedAtEnter(editor: Editor, { embed }: Works): boolean {
  const { $from, empty } = editor.state.selection;
  const address = empty && $from.depth === 1 && $from.parent.type.name === 'paragraph' ? loneVideo($from.parent.textContent) : null;
  if (address && $from.parentOffset === $from.parent.content.size) void embedLine(editor, address, embed);
  return false;
}

/** From a picture's caption the Enter leads on to a line of text. */
function leaveCaption(editor: Editor): boolean {
  const { $from } = editor.state.selection;
  if ($from.parent.type.name !== 'picture') return false;
  const after = $from.after();
  const { tr, schema, doc } = editor.state;
  if (doc.resolve(after).nodeAfter?.type.name !== 'paragraph') tr.insert(after, schema.node('paragraph'));
  editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
}

const keys = (works: Works, asks: Asks) =>
  Extension.create({
    name: 'windowKeys',
    priority: 1_000,
    addKeyboardShortcuts() {
      const { editor } = this;
      return {
        Enter: () => leaveCaption(editor) || embedAtEnter(editor, works),
        'Mod-k': () => (asks.link(), true),
        'Alt-F10': () => (asks.toolbar(), true),
        'Mod-]': () => editor.commands.sinkListItem('listItem'),
        'Mod-[': () => editor.commands.liftListItem('listItem'),
      };
    },
    // A post's title is its first heading: below it `#` means the next.
    addInputRules() {
      const { heading } = this.editor.schema.nodes;
      return heading ? [textblockTypeInputRule({ find: /^#\s$/, type: heading, getAttributes: { level: 2 } })] : [];
    },
  });

/** All that the editor is in a window: its structure, with blocks that can be worked with, and its keys. */
export function windowExtensions(works: Works, asks: Asks): Extensions {
  return [
    ...wordsOfPosts,
    Picture.extend({ addNodeView: () => ReactNodeViewRenderer((props) => <PictureView {...props} uploads={works.uploads} />) }),
    Kept.extend({ addNodeView: () => ReactNodeViewRenderer((props) => <KeptView {...props} clean={works.clean} />) }),
    Placeholder.configure({ placeholder: t('editor.text.placeholder') }),
    keys(works, asks),
    pasting(works),
  ];
}
