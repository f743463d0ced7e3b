'use client';

import { useEffect, useRef, useState } from 'react';
import { PostEditor, type PostEditorHandle } from '@/components/editor/post-editor';
import { Button } from '@/components/ui/button';
import { revisionsPath } from '@/lib/posts/editor-requests';
import { TITLE_MAX_CHARACTERS } from '@/lib/posts/post-form';
import { t } from '@/lib/words/t';
import { EditorActs, EditorBar } from './editor-bar';
import { EditorNotices } from './editor-notices';
import { missingFor, publishAct, updateAct } from './editor-words';
import { Panel } from './panel';
import { AT_FIELD, audienceField, PASSWORD_FIELD } from './panel-audience';
import { PanelFrame } from './panel-frame';
import { lineOf } from './saving';
import { useCopies } from './use-copies';
import { useEditor, type EditorProps } from './use-editor';
import { useOtherTexts } from './use-other-texts';
import { useTextTools } from './use-text-tools';
import { useTyping } from './use-typing';
import { useWindows } from './use-windows';

const FIELDS = { password: PASSWORD_FIELD, at: AT_FIELD };
/** After the first round of a click the panel is there. */
const focusField = (id: string) => requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(id)?.focus()));

/** Where a post is written: title, text, everything beside them, and what becomes of it. */
export function PostDesk(props: EditorProps) {
  const { view, person, tab, site, actions } = props;
  const text = useRef<PostEditorHandle>(null);
  const place = useRef<HTMLDivElement>(null);
  const editor = useEditor(props, text);
  const { saver, shown: { id, fields, saved, saving }, choice, said, isBusy, isThere } = editor;
  const windows = useWindows({ person: person.id, tab, post: id, isThere, seen: saved.seen });
  const copies = useCopies({ person: person.id, tab, post: id, isNew: view.saved.seen === '', saved: view.fields, listOwn: windows.listOwn });
  const [previewPath, setPreviewPath] = useState(view.previewPath);
  const [isPanelOpen, setPanelOpen] = useState(false);
  const [isInTrash, setInTrash] = useState(false);
  const others = useOtherTexts({ view, person, tab, actions, editor, copies, text });
  const tools = useTextTools(actions);
  const typing = useTyping(text);
  const { tellSaved } = windows;
  useEffect(() => {
    if (saved.seen !== '' && saved.seen !== view.saved.seen) tellSaved(id, saved.seen);
  }, [id, saved.seen, view.saved.seen, tellSaved]);

  const guarded = (to: 'publish' | 'schedule' | 'update', run: () => void) => {
    if (text.current?.countComing()) return editor.say({ words: t('editor.screen.picturesComing'), path: null, isAlert: true });
    const missing = missingFor(to, choice);
    if (!missing) return run();
    setPanelOpen(true);
    editor.miss(missing);
    focusField(missing.field === 'audience' ? audienceField(choice.audience) : FIELDS[missing.field]);
  };
  const save = async () => {
    const failed = await editor.run(async () => (await saver.flush()) ?? { ok: true, value: null });
    if (failed.ok) editor.say({ words: t('editor.saving.saved'), path: null, isAlert: false });
  };
  /** Where the link is then, null: there is none; undefined: it was not done. */
  const setPreview = async (isOn: boolean, isNew = false) => {
    const done = await editor.run(async () => {
      if (isNew) await actions.preview({ id, isOn: false });
      return actions.preview({ id: saver.shown.id, isOn });
    });
    if (done.ok) setPreviewPath(done.value.path);
    return done.ok ? done.value.path : undefined;
  };
  const preview = async () => {
    // Opened at once: a browser blocks a window that comes later than the click.
    const shown = window.open('', '_blank');
    const failed = await editor.run(async () => (await saver.flush()) ?? { ok: true, value: null });
    const path = failed.ok ? (previewPath ?? (await setPreview(true))) : null;
    if (!path) return shown?.close();
    if (shown) shown.location.replace(path);
    else editor.say({ words: t('editor.screen.previewBlocked'), path, isAlert: false });
  };
  /** An act of the panel: what it comes to is said beside the text, which a narrow panel hides. */
  const outside = (run: () => Promise<unknown>) => () => {
    setPanelOpen(false);
    void run();
  };
  const trash = async (isOn: boolean) => {
    if (isOn) await saver.flush();
    const done = await editor.run(() => (isOn ? actions.trash(id) : actions.restore(id)));
    if (!done.ok) return;
    setInTrash(isOn);
    if (!isOn) await others.loadTheirs();
  };

  return (
    <>
      <EditorBar saved={saved} line={lineOf(saving)} said={said} savedAt={saving.savedAt} site={site}>
        <EditorActs
          saved={saved} isBusy={isBusy || isInTrash} onPreview={() => void preview()} onSave={() => void save()}
          onSchedule={() => guarded('schedule', () => void editor.act({ to: 'scheduled', at: choice.at }))}
          onPublish={() => guarded('publish', () => void editor.act(publishAct(choice)))}
          onUpdate={() => guarded('update', () => void editor.act(updateAct(choice, saved)))}
        />
        <Button quiet type="button" className="editor-settings" aria-haspopup="dialog" onClick={() => setPanelOpen(true)}>{t('editor.bar.settings')}</Button>
      </EditorBar>
      <div className="editor-columns">
        <div className="editor-main">
          <EditorNotices
            saving={saving} said={said} site={site} copies={copies.copies} windows={windows} seen={saved.seen} seeHref={revisionsPath(id)} isBusy={isBusy} isInTrash={isInTrash}
            onTake={others.takeUp} onLetGo={copies.letGo} onLoad={() => void others.loadTheirs()} onOverrule={saver.overrule.bind(saver)} onRestore={() => void trash(false)}
          />
          <div className="editor-title">
            <label htmlFor="post-title">{t('editor.screen.title')}</label>
            <textarea
              id="post-title" rows={1} maxLength={TITLE_MAX_CHARACTERS} value={fields.title} autoFocus={view.saved.seen === ''}
              onChange={({ target }) => editor.change({ title: target.value.replace(/\n/g, ' ') })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                event.preventDefault();
                // The editor takes the focus a frame later: what is typed by then would stand in the title.
                place.current?.querySelector<HTMLElement>('.post-source, .post-text')?.focus();
                text.current?.focus();
              }}
            />
          </div>
          <div ref={place} onInput={typing}><PostEditor ref={text} html={view.fields.html} label={t('editor.screen.body')} onChange={(html) => editor.change({ html })} {...tools.given} /></div>
        </div>
        <PanelFrame isOpen={isPanelOpen} onClose={() => setPanelOpen(false)}>
          <Panel
            view={view} site={site} actions={actions} editor={editor} previewPath={previewPath} onPreview={async (isOn) => (await setPreview(isOn, isOn)) !== undefined}
            onDraft={outside(() => editor.act({ to: 'draft' }))} onDiscard={outside(others.discard)} onTrash={outside(() => trash(true))}
          />
        </PanelFrame>
      </div>
      {tools.dialog}
    </>
  );
}
