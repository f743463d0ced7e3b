import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState } from 'react';
import type { LibraryMedia, LibraryPage, MediaAsked, OwnMediaKind, UploadedMedia } from '@/lib/media/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { listMedia } from './list-media';
import { MediaTile } from './media-tile';
import { UploadField } from './upload-field';
import { UploadList } from './upload-list';
import { useUploads } from './use-uploads';
import type { uploadMedia } from './upload-media';

type Props = {
  open: boolean;
  onClose: () => void;
  /** One was chosen, or has just been uploaded here. */
  onChoose: (media: UploadedMedia) => void;
  /** What may be chosen; everything by default. */
  kinds?: OwnMediaKind[];
  title?: string;
  list?: typeof listMedia;
  upload?: typeof uploadMedia;
};

const ACCEPT: Record<OwnMediaKind, string> = { image: 'image/*', video: 'video/*', audio: 'audio/*', file: '' };

/** A dialog that chooses a file from the library, or takes a new one. */
export function MediaPicker({ open, onClose, ...inside }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog media-picker">
          <Dialog.Title className="dialog-title">{inside.title ?? t('media.picker.title')}</Dialog.Title>
          <Picker {...inside} />
          <div className="dialog-acts"><Dialog.Close render={<Button quiet type="button" />}>{t('media.picker.cancel')}</Dialog.Close></div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Found = { asked: MediaAsked; media: LibraryMedia[]; hasMore: boolean };

/** The library page by page: `more` puts the next one below. */
function useLibrary(kind: MediaAsked['kind'], list: typeof listMedia) {
  const [asked, setAsked] = useState<MediaAsked>({ page: 1, q: '', kind });
  const [found, setFound] = useState<Found | null>(null);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    const late = new AbortController();
    const take = ({ media, hasMore }: LibraryPage) => {
      setLost(false);
      setFound((before) => ({ asked, media: asked.page > 1 && before ? [...before.media, ...media] : media, hasMore }));
    };
    list(asked, late.signal).then((page) => { if (!late.signal.aborted) take(page); }, () => { if (!late.signal.aborted) setLost(true); });
    return () => late.abort();
  }, [asked, list]);
  return { found, isLost, q: asked.q, look: (q: string) => setAsked({ page: 1, q, kind }), more: () => setAsked({ ...asked, page: asked.page + 1 }) };
}

function Picker({ onChoose, kinds, list = listMedia, upload }: Omit<Props, 'open' | 'onClose'>) {
  const { found, isLost, look, more } = useLibrary(kinds?.length === 1 ? (kinds[0] ?? '') : '', list);
  const [typed, setTyped] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const { uploads, add, tryAgain, remove } = useUploads((media) => {
    if (!kinds || kinds.includes(media.kind)) return onChoose(media);
    setRefusal((kinds[0] ?? 'image') === 'image' ? t('media.picker.noPicture') : t('media.picker.otherKind'));
  }, upload);
  const accept = kinds?.every((kind) => ACCEPT[kind] !== '') ? kinds.map((kind) => ACCEPT[kind]).join(',') : undefined;
  return (
    <>
      <UploadField onFiles={(files) => { setRefusal(null); add(files); }} {...(accept && { accept })} />
      <UploadList uploads={uploads} onAgain={tryAgain} onRemove={remove} />
      {refusal && <p className="status-bar status-bar--alert" role="alert">{refusal}</p>}
      <form className="media-search" role="search" onSubmit={(event) => { event.preventDefault(); look(typed.trim()); }}>
        <div className="field">
          <label htmlFor="media-picker-search">{t('media.library.searchLabel')}</label>
          <input id="media-picker-search" type="search" value={typed} maxLength={200} onChange={({ target }) => setTyped(target.value)} />
        </div>
        <Button quiet>{t('media.library.search')}</Button>
      </form>
      {isLost && <p className="status-bar status-bar--alert" role="alert">{t('media.picker.noAnswer')}</p>}
      <p className="sr-only" role="status">{found ? countWords(found) : ''}</p>
      {found && found.media.length === 0 && <p className="media-none">{found.asked.q ? t('media.picker.noneNamedSo') : t('media.picker.noneYet')}</p>}
      {found && found.media.length > 0 && <Grid media={found.media.filter((one) => !kinds || kinds.includes(one.kind))} onChoose={onChoose} />}
      {found?.hasMore && <Button quiet type="button" onClick={more}>{t('media.picker.more')}</Button>}
    </>
  );
}

const countWords = ({ media, hasMore }: Found): string => (hasMore ? t('media.picker.countAndMore', { count: media.length }) : t('media.picker.count', { count: media.length }));

function Grid({ media, onChoose }: { media: LibraryMedia[]; onChoose: (media: UploadedMedia) => void }) {
  return (
    <ul className="media-grid" aria-label={t('media.library.name')}>
      {media.map((one) => (
        <li key={one.id}>
          <button type="button" className="media-choice" aria-label={one.alt || one.name ? t('media.picker.choose', { name: one.alt || one.name }) : t('media.picker.chooseUnnamed')} title={one.name} onClick={() => onChoose(one)}>
            <MediaTile media={one} />
          </button>
        </li>
      ))}
    </ul>
  );
}
