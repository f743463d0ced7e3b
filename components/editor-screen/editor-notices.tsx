'use client';

import { Button } from '@/components/ui/button';
import type { KeptCopy } from '@/lib/posts/editor-wire';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { ConflictNotice, CopyNotice, Notice, WindowsNotice } from './notices';
import { isUnsaved, type Saving } from './saving';
import type { Said } from './use-editor';

type Props = {
  saving: Saving;
  said: Said | null;
  site: SiteLocale;
  copies: readonly KeptCopy[];
  windows: { hasOwn: boolean; people: readonly string[]; savedElsewhere: boolean };
  /** What this window has seen of the post. */
  seen: string;
  seeHref: string;
  isBusy: boolean;
  isInTrash: boolean;
  onTake: (copy: KeptCopy) => void;
  onLetGo: (copy: KeptCopy) => void;
  onLoad: () => void;
  onOverrule: (seen: string) => void;
  onRestore: () => void;
};

/** What there is to say above the text: the weightiest first, nothing where all is well. */
export function EditorNotices({ saving, said, site, copies, windows, seen, seeHref, isBusy, isInTrash, onTake, onLetGo, onLoad, onOverrule, onRestore }: Props) {
  const { trouble, canKeep } = saving;
  const [copy] = copies;
  if (isInTrash) {
    return <div className="editor-notices"><Notice acts={<Button quiet type="button" busy={isBusy} onClick={onRestore}>{t('editor.notices.undo')}</Button>}><p>{t('editor.notices.inTrash')}</p></Notice></div>;
  }
  return (
    <div className="editor-notices">
      {said?.isAlert && <Notice isAlert><p>{said.words}</p></Notice>}
      {trouble?.kind === 'conflict' && <ConflictNotice message={trouble.message} seen={trouble.seen} seeHref={seeHref} isBusy={isBusy} onLoad={onLoad} onOverrule={onOverrule} />}
      {trouble?.kind === 'gone' && <Notice isAlert><p>{trouble.message} {t('editor.notices.typedIsKept')}</p></Notice>}
      {trouble?.kind === 'signed-out' && <Notice isAlert><p>{t.rich('editor.notices.signInAgain', { link: (words) => <a href="/sign-in" target="_blank" rel="noopener">{words}</a> })}</p></Notice>}
      {copy && <CopyNotice copy={copy} more={copies.length - 1} isElsewhere={copy.seen !== '' && copy.seen !== seen} site={site} onTake={onTake} onLetGo={onLetGo} />}
      {windows.savedElsewhere && trouble?.kind !== 'conflict' && !isUnsaved(saving) && saving.sending === null && (
        <Notice acts={<Button quiet type="button" busy={isBusy} onClick={onLoad}>{t('editor.notices.load')}</Button>}><p>{t('editor.notices.savedElsewhere')}</p></Notice>
      )}
      <WindowsNotice hasOwn={windows.hasOwn} people={windows.people} />
      {!canKeep && <Notice><p>{t('editor.notices.cannotKeep')}</p></Notice>}
    </div>
  );
}
