import type { RefObject } from 'react';
import type { EditorView } from '@/lib/posts/editor';
import type { KeptCopy } from '@/lib/posts/editor-wire';
import { ok } from '@/lib/result';
import { t } from '@/lib/words/t';
import { keepCopy } from './kept-copies';
import { isUnsaved } from './saving';
import type { useCopies } from './use-copies';
import type { EditorProps, TextEditor, useEditor } from './use-editor';

type Given = Pick<EditorProps, 'view' | 'person' | 'tab' | 'actions'> & {
  editor: ReturnType<typeof useEditor>;
  copies: ReturnType<typeof useCopies>;
  text: RefObject<TextEditor | null>;
};

/** Puts another text in the place of what stands here: a kept one, another window's, what readers see. What was typed and is nowhere else is set aside, and offered. */
export function useOtherTexts({ view, person, tab, actions, editor, copies, text }: Given) {
  const { saver } = editor;
  const setAside = () => {
    const { id, fields, saved: { seen }, saving: { typed } } = saver.shown;
    const copy = { post: id, kind: view.kind, fields, seen, at: new Date().toISOString(), tab: `${tab} aside ${typed}` };
    void keepCopy(person.id, copy).catch(() => undefined);
    copies.add(copy);
  };
  const show = (now: EditorView) => {
    text.current?.getHtml();
    // Only now, and in one go with what takes its place: it may have been typed while the blog was asked.
    if (isUnsaved(saver.shown.saving)) setAside();
    editor.takeOver(now);
  };
  return {
    takeUp: (copy: KeptCopy) => {
      copies.leave(copy);
      text.current?.getHtml();
      if (saver.shown.saving.typed > 0) setAside();
      editor.takeUp(copy);
    },
    loadTheirs: async () => {
      const now = await actions.look(saver.shown.id).catch(() => null);
      if (!now) return editor.say({ words: t('editor.failed.noAnswerOrGone'), path: null, isAlert: true });
      show(now);
    },
    discard: async () => {
      const answer: { now?: EditorView } = {};
      await editor.run(() => saver.act(async (seen) => {
        const done = await actions.discard({ id: saver.shown.id, seen });
        if (!done.ok) return done;
        answer.now = done.value;
        return ok(done.value.saved);
      }));
      if (!answer.now) return;
      show(answer.now);
      editor.say({ words: t('editor.done.discarded'), path: null, isAlert: false });
    },
  };
}
