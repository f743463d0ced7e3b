'use client';

import type { Editor } from '@tiptap/core';
import { EditorState } from '@tiptap/pm/state';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { UploadedMedia } from '@/lib/media/schema';
import { t } from '@/lib/words/t';
import { AddressDialog, wholeAddress } from './address-dialog';
import { EditorToolbar } from './editor-toolbar';
import { embedLine, fileHtml, insertBlocks, loneVideo, shownPicture } from './insert';
import { adoptLoaded, toBlocks, toDocument, toHtml } from './load';
import { useChanges } from './use-changes';
import { windowExtensions, type Asks } from './window-extensions';
import { Works, type Given } from './works';

export type PostEditorHandle = {
  /** Puts another text in its place; there is no way back to the one before. Tells nobody. */
  setHtml: (html: string) => void;
  /** The text as it is now, whatever was typed last. */
  getHtml: () => string;
  focus: () => void;
  /** Pictures that are still on their way: until they are here the text is without them. */
  countComing: () => number;
};

type Props = Given & {
  /** Safe HTML, as lib/text makes it. Read once: `setHtml` changes it later. */
  html: string;
  label: string;
  /** Called when the writer pauses and when the editor is left. */
  onChange: (html: string) => void;
  /** Lets the writer choose from the library; null: nothing was chosen. */
  pick: () => Promise<UploadedMedia | null>;
  ref?: Ref<PostEditorHandle>;
};

type Asked = 'link' | 'video' | null;

function load(editor: Editor, html: string): void {
  const doc = toDocument(html, editor.schema);
  editor.view.updateState(EditorState.create({ doc, plugins: editor.state.plugins }));
  // The toolbar looks at the state with each transaction.
  editor.view.dispatch(editor.state.tr);
}

/** The editor of a post's text: what it does not know stays in it as it is. */
export function PostEditor(props: Props) {
  const { html, label, onChange, pick, ref } = props;
  const [asked, setAsked] = useState<Asked>(null);
  const toolbar = useRef<HTMLDivElement>(null);
  const [works] = useState(() => new Works(props));
  useEffect(() => works.take(props));
  const [asks] = useState<Asks>(() => ({ link: () => setAsked('link'), toolbar: () => toolbar.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus() }));
  const [loaded] = useState(() => (typeof document === 'undefined' ? null : toDocument(html)));
  const editor = useEditor({
    immediatelyRender: false,
    injectCSS: false,
    shouldRerenderOnTransaction: false,
    extensions: windowExtensions(works, asks),
    content: loaded?.toJSON() ?? '',
    editorProps: { attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, class: 'prose post-text' } },
    onCreate: ({ editor: made }) => { if (loaded) adoptLoaded(made.state.doc, loaded); },
  }, []);
  useEffect(() => () => works.uploads.close(), [works]);
  const { flush, settle, say } = useChanges(editor, onChange);
  const [source, setSource] = useState<string | null>(null);
  const [state, setState] = useState<'here' | 'reading' | 'failed'>('here');
  // Raised by a text from outside: HTML that is still being read is of the one before.
  const texts = useRef(0);
  const current = () => source ?? (editor && !editor.isDestroyed ? toHtml(editor.state.doc) : html);
  useImperativeHandle(ref, () => ({
    setHtml: (text) => {
      texts.current += 1;
      if (source !== null) setSource(text);
      if (editor) load(editor, text);
      settle(text);
    },
    getHtml: () => {
      flush();
      return current();
    },
    focus: () => void editor?.commands.focus(),
    countComing: () => works.uploads.count,
  }));
  const turn = () => {
    if (source === null) {
      flush();
      return setSource(current());
    }
    setState('reading');
    const asked = texts.current;
    return void works.clean(source).then((safe) => {
      if (editor && texts.current === asked) editor.view.dispatch(editor.state.tr.replaceWith(0, editor.state.doc.content.size, toBlocks(safe, editor.schema)).setMeta('preventAutolink', true));
      setSource(null);
      setState('here');
    }, () => setState('failed'));
  };
  const picture = async () => {
    const media = await pick();
    if (!media || !editor) return;
    insertBlocks(editor, media.kind === 'image' ? [editor.schema.node('picture', shownPicture(media))] : toBlocks(fileHtml(media), editor.schema));
  };
  return (
    <div className="post-editor">
      <EditorToolbar key={editor ? 'ready' : 'waiting'} editor={editor} place={toolbar} isHtml={source !== null} isBusy={state === 'reading'} link={() => setAsked('link')} picture={() => void picture()} video={() => setAsked('video')} turn={turn} />
      {state === 'failed' && <p className="form-alert" role="alert">{t('editor.text.staysHtml')}</p>}
      {source !== null && (
        <textarea
          className="post-source" aria-label={label} spellCheck={false} value={source} readOnly={state === 'reading'}
          onChange={({ target }) => {
            setSource(target.value);
            say(target.value);
          }}
        />
      )}
      <div hidden={source !== null}><EditorContent editor={editor} /></div>
      {editor && asked && <Asking editor={editor} asked={asked} works={works} close={() => setAsked(null)} />}
    </div>
  );
}

type AskingProps = { editor: Editor; asked: NonNullable<Asked>; works: Works; close: () => void };

function Asking({ editor, asked, works, close }: AskingProps) {
  const done = () => {
    close();
    editor.commands.focus();
  };
  if (asked === 'video') {
    const save = (typed: string) => {
      const address = loneVideo(typed);
      if (!address) return t('editor.ask.noVideo');
      insertBlocks(editor, [editor.schema.node('paragraph', null, [editor.schema.text(address)])]);
      void embedLine(editor, address, works.embed);
      done();
      return null;
    };
    return <AddressDialog title={t('editor.ask.video')} label={t('editor.ask.videoAddress')} hint={t('editor.ask.videoHint')} address="" apply={t('editor.ask.insert')} close={done} save={save} />;
  }
  const known = String(editor.getAttributes('link').href ?? '');
  const save = (typed: string) => {
    const href = wholeAddress(typed);
    if (!href) return t('editor.ask.noAddress');
    const { empty } = editor.state.selection;
    const chain = editor.chain().focus().extendMarkRange('link');
    if (empty && !known) chain.insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
    done();
    return null;
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetLink().run();
    done();
  };
  return <AddressDialog title={known ? t('editor.ask.editLink') : t('editor.ask.link')} label={t('editor.ask.linkAddress')} hint={t('editor.ask.linkHint')} address={known} apply={t('editor.ask.apply')} close={done} save={save} {...(known && { remove })} />;
}
