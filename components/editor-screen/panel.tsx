'use client';

import { useEffect, useState } from 'react';
import { DetailsNote } from '@/components/posts/details-note';
import { Button } from '@/components/ui/button';
import { revisionsPath } from '@/lib/posts/editor-requests';
import type { DetailOfPost } from '@/lib/posts/private-details';
import { t } from '@/lib/words/t';
import type { EditorActions } from './editor-actions';
import { whatHappens } from './editor-words';
import { PanelAddress } from './panel-address';
import { PanelAudience } from './panel-audience';
import { PanelCover, type CoverPaths } from './panel-cover';
import { PanelDiscussion, type DiscussionOfPost } from './panel-discussion';
import { PanelPart } from './panel-part';
import { PanelPreview } from './panel-preview';
import { PanelTerms } from './panel-terms';
import type { EditorProps, useEditor } from './use-editor';

type Editor = ReturnType<typeof useEditor>;

type Props = Pick<EditorProps, 'view' | 'site' | 'actions'> & {
  editor: Editor;
  previewPath: string | null;
  onPreview: (on: boolean) => Promise<boolean>;
  onDraft: () => void;
  onDiscard: () => void;
  onTrash: () => void;
};

/** Everything about a post beside its title and text. */
export function Panel({ view, site, actions, editor, previewPath, onPreview, onDraft, onDiscard, onTrash }: Props) {
  const { shown: { id, fields, saved }, choice, missing, isThere, isBusy, change } = editor;
  const [paths, setPaths] = useState<CoverPaths>(view.fields.cover && view.coverPath ? { [view.fields.cover.assetId]: view.coverPath } : {});
  const { discussion, load, save } = useDiscussion(id, actions);
  const details = useDetails(isThere ? saved.seen : '', id, actions);
  const isOut = saved.state !== 'draft' && saved.state !== 'scheduled';
  return (
    <div className="editor-panel">
      <PanelPart id="panel-state" name={t('editor.panel.publishing')} isOpen>
        <p className="what-happens" id="what-happens">{whatHappens(choice, saved, saved.path ?? placeOf(view.kind, fields.slug || saved.slug))}</p>
        {saved.isAhead && <p className="panel-ahead">{t('editor.panel.ahead')} <Button quiet type="button" busy={isBusy} onClick={onDiscard}>{t('editor.panel.discard')}</Button></p>}
        <PanelAudience choice={choice} saved={saved} site={site} missing={missing} onChoose={editor.choose} />
        {view.kind === 'post' && (
          <label className="check"><input type="checkbox" checked={fields.sticky} onChange={({ target }) => change({ sticky: target.checked })} /><span>{t('editor.panel.keepAtTop')}</span></label>
        )}
        {(isOut || saved.state === 'scheduled') && <div className="panel-acts"><Button quiet type="button" busy={isBusy} onClick={onDraft}>{t('editor.panel.toDraft')}</Button></div>}
        <DetailsNote details={details} isPublished={isOut} />
      </PanelPart>
      <PanelPart id="panel-address" name={t('editor.panel.address')} isOpen><PanelAddress kind={view.kind} fields={fields} saved={saved} onChange={change} /></PanelPart>
      <PanelPart id="panel-cover" name={t('editor.panel.cover')} isOpen={fields.cover !== null}>
        <PanelCover cover={fields.cover} path={fields.cover ? paths[fields.cover.assetId] : undefined} onChange={(cover) => change({ cover })} onChosen={({ id: asset, path }) => setPaths((before) => ({ ...before, [asset]: path }))} />
      </PanelPart>
      {view.kind === 'post' && <PanelPart id="panel-terms" name={t('editor.panel.terms')}><PanelTerms fields={fields} known={view} onChange={change} /></PanelPart>}
      {view.kind === 'post' && <PanelPart id="panel-discussion" name={t('editor.panel.discussion')} onOpen={() => void (isThere && load())}><PanelDiscussion discussion={discussion} isThere={isThere} site={site} save={save} /></PanelPart>}
      <PanelPart id="panel-preview" name={t('editor.panel.preview')}><PanelPreview path={previewPath} isBusy={isBusy} onSet={onPreview} /></PanelPart>
      {isThere && (
        <PanelPart id="panel-more" name={t('editor.panel.more')}>
          <p><a href={revisionsPath(id)}>{view.revisions > 1 ? t('editor.panel.versions', { count: view.revisions }) : t('editor.panel.earlier')}</a></p>
          <div className="panel-acts"><Button quiet type="button" busy={isBusy} onClick={onTrash}>{t('editor.panel.trash')}</Button></div>
        </PanelPart>
      )}
    </div>
  );
}

/** Where it would be; null while that is not known. */
const placeOf = (kind: 'post' | 'page', slug: string): string | null => (slug === '' ? null : kind === 'post' ? `/posts/${slug}` : `/${slug}`);

/** The form of the discussion, read when it is opened, and anew after it has saved. */
function useDiscussion(id: string, actions: EditorActions) {
  const [discussion, setDiscussion] = useState<DiscussionOfPost | null>(null);
  const load = async () => setDiscussion(await actions.discussion(id).catch(() => null));
  const save: Parameters<typeof PanelDiscussion>[0]['save'] = async (state, form) => {
    const next = await actions.saveDiscussion(id, state, form);
    await load();
    return next;
  };
  return { discussion, load, save };
}

/** What the saved text shows that is not for everyone; asked for quietly after saves. `seen`: empty while nothing is saved. */
function useDetails(seen: string, id: string, { details }: EditorActions): DetailOfPost[] {
  const [found, setFound] = useState<DetailOfPost[]>([]);
  useEffect(() => {
    if (seen === '') return;
    let isGone = false;
    details(id).then((now) => { if (!isGone) setFound(now); }, () => undefined);
    return () => {
      isGone = true;
    };
  }, [seen, id, details]);
  return found;
}
