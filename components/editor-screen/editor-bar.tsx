'use client';

import type { ReactNode } from 'react';
import type { Saved } from '@/lib/posts/post-form';
import { wallClockIn } from '@/lib/site/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { Button } from '@/components/ui/button';
import { stateName } from '@/components/posts/post-words';
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
        <a className="editor-back" href="/admin/posts">All posts</a>
        <span className={`desk-post-state desk-post-state--${saved.state}`}>{stateName(saved.state)}</span>
        {saved.path && !said?.path && <a className="editor-view" href={saved.path} target="_blank" rel="noopener">View on the blog</a>}
        <span className="editor-line">
          <span role="status">{said && !said.isAlert ? <>{said.words}{said.path && <> <a href={said.path} target="_blank" rel="noopener">View it on the blog</a></>}</> : line}</span>
          {line === 'Saved' && !said && savedAt && <span className="editor-clock">at {wallClockIn(new Date(savedAt), site.timeZone).slice(11)}</span>}
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
  const main = isDraft ? { words: 'Publish', run: onPublish } : { words: 'Update', run: onUpdate };
  return (
    <>
      <Button quiet {...given(onPreview)}>Preview</Button>
      {isDraft && <Button quiet {...given(onSave)}>Save draft</Button>}
      {isDraft && <Button quiet {...given(onSchedule)}>Schedule</Button>}
      {state === 'scheduled' && <Button quiet {...given(onPublish)}>Publish</Button>}
      <Button {...given(main.run)} aria-describedby="what-happens">{main.words}</Button>
    </>
  );
}
