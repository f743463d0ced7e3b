'use client';

import type { ReactNode } from 'react';
import type { Saved } from '@/lib/posts/post-form';
import { wallClockIn } from '@/lib/site/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { Button } from '@/components/ui/button';
import { stateName } from '@/components/posts/post-words';
import { t } from '@/lib/words/t';
import type { Said } from './use-editor';

type Props = {
  saved: Pick<Saved, 'state' | 'path' | 'isAhead'>;
  /** Where what is typed is, and what an act has come to. */
  line: string;
  said: Said | null;
  /** When it was saved last; empty: not since the page was opened. */
  savedAt: string;
  site: SiteLocale;
  children: ReactNode;
};

/** The top of the editor: how the post stands, where what is typed is, and what can be done. */
export function EditorBar({ saved, line, said, savedAt, site, children }: Props) {
  return (
    <div className="editor-bar">
      <div className="editor-facts">
        <a className="editor-back" href="/admin/posts">{t('editor.bar.allPosts')}</a>
        <span className={`desk-post-state desk-post-state--${saved.state}`}>{stateName(saved.state)}</span>
        {saved.path && !said?.path && <a className="editor-view" href={saved.path} target="_blank" rel="noopener">{t('editor.bar.view')}</a>}
        <span className="editor-line">
          <span role="status">{said && !said.isAlert ? <>{said.words}{said.path && <> <a href={said.path} target="_blank" rel="noopener">{t('editor.bar.viewIt')}</a></>}</> : line}</span>
          {line === t('editor.saving.saved') && !said && savedAt && <span className="editor-clock">{t('editor.bar.savedAt', { time: wallClockIn(new Date(savedAt), site.timeZone).slice(11) })}</span>}
        </span>
      </div>
      <div className="editor-acts">{children}</div>
    </div>
  );
}

type ActsProps = {
  saved: Pick<Saved, 'state' | 'isAhead'>;
  isBusy: boolean;
  onPreview: () => void;
  onSave: () => void;
  onSchedule: () => void;
  onPublish: () => void;
  onUpdate: () => void;
};

/** The buttons of a post, by how far it has come. */
export function EditorActs({ saved: { state }, isBusy, onPreview, onSave, onSchedule, onPublish, onUpdate }: ActsProps) {
  const isDraft = state === 'draft';
  const given = (run: () => void) => ({ type: 'button' as const, busy: isBusy, onClick: run });
  const main = isDraft ? { words: t('editor.bar.publish'), run: onPublish } : { words: t('editor.bar.update'), run: onUpdate };
  return (
    <>
      <Button quiet {...given(onPreview)}>{t('editor.bar.preview')}</Button>
      {isDraft && <Button quiet {...given(onSave)}>{t('editor.bar.saveDraft')}</Button>}
      {isDraft && <Button quiet {...given(onSchedule)}>{t('editor.bar.schedule')}</Button>}
      {state === 'scheduled' && <Button quiet {...given(onPublish)}>{t('editor.bar.publish')}</Button>}
      <Button {...given(main.run)} aria-describedby="what-happens">{main.words}</Button>
    </>
  );
}
